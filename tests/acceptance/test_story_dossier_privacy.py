"""A visit with a name and an ID number in it leaves neither behind: nowhere, in no form, not even hashed."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.dossier_office import (
    ASKED,
    CARD,
    ID_NUMBER,
    NAME,
    OFFERED,
    PHONE,
    READY,
    RESULT,
    RESULT_ASKED,
    SCAN,
    TRACK,
    DossierOffice,
    dossier_office,
)
from tests.acceptance.kiosk_glass import DONE, HOME, TICKET, look_for, press, seen
from tests.acceptance.leftovers import leftovers, needles
from tests.acceptance.office_process import until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
PARENTS = ("Đặng Văn Bố", "Lê Thị Mẹ")
"""Family members that newer cards name after the seventh field."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DossierOffice]:
    with dossier_office(tmp_path) as made:
        yield made


def test_a_visit_leaves_no_name_no_number_and_no_hash_of_it(office: DossierOffice, tmp_path: Path) -> None:
    glass = office.real.glass
    press(glass, HOME, TRACK, SCAN.on)
    office.line.send(CARD)
    seen(glass, lambda picture: not SCAN.on(picture), "the card is refused with words")
    office.typed_by_a_scanner(office.receipt(ASKED))
    before = look_for(glass, RESULT_ASKED)
    office.line.send(f"{CARD}|{PARENTS[1]}")
    seen(glass, lambda picture: picture.tobytes() != before.tobytes(), "the card opens the rest")
    press(glass, RESULT_ASKED, OFFERED, TICKET.on).save(tmp_path / "ticket.png")
    until(lambda: len(office.real.printer.mind.slips) == 2, "ticket and guidance are printed")
    press(glass, TICKET, DONE, HOME.on)
    office.line.send(office.receipt(READY))
    look_for(glass, RESULT)

    wanted = needles([NAME, PHONE, ID_NUMBER, *PARENTS, CARD], hashed=[ID_NUMBER, PHONE, ID_NUMBER[-4:]])
    assert leftovers(tmp_path, wanted) == []
    for pid in office.real.process.pids(" server ") + office.real.process.pids("kiosk.main"):
        os.kill(pid, signal.SIGKILL)
    until(office.real.process.healthy, "the server is up again")
    look_for(glass, HOME)
    assert leftovers(tmp_path, wanted) == []
