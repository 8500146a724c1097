"""From a receipt's QR to a ticket in one touch and to the officer who sees the dossier; all of it real."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, expect

from queue_server.office_file.load import load_office
from tests.acceptance.dossier_office import (
    NAME,
    OFFERED,
    READY,
    RESULT,
    SCAN,
    TRACK,
    DossierOffice,
    dossier_office,
    photograph,
)
from tests.acceptance.kiosk_glass import DONE, HOME, TICKET, look_for, press
from tests.acceptance.office_process import journal, until, verified
from tests.acceptance.real_office import (
    Browsers,
    browsers,
    first_sign_in,
    make_account,
    set_own_password,
    sign_in,
)
from tests.acceptance.test_story_touch_to_served import OWN

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DossierOffice]:
    with dossier_office(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def people(playwright: Playwright) -> Iterator[Browsers]:
    with browsers(playwright) as made:
        yield made


def test_a_receipt_is_read_by_line_keys_and_camera_and_its_officer_sees_the_dossier(
    office: DossierOffice, people: Browsers, tmp_path: Path
) -> None:
    glass, receipt = office.real.glass, office.receipt(READY)
    assert receipt.startswith(f"{office.real.base}/h/{READY}?k=")

    look_for(glass, HOME)
    office.line.send(receipt)
    look_for(glass, RESULT).save(tmp_path / "result-by-serial-line.png")
    a_ticket_in_one_touch(office, 1)

    press(glass, HOME, TRACK, SCAN.on).save(tmp_path / "scan.png")
    office.typed_by_a_scanner(receipt)
    look_for(glass, RESULT)
    a_ticket_in_one_touch(office, 2)

    press(glass, HOME, TRACK, SCAN.on)
    photograph(receipt, office.camera / "frame.png")
    look_for(glass, RESULT)
    (office.camera / "frame.png").unlink()
    a_ticket_in_one_touch(office, 3)

    the_officer_sees_the_dossier(office, people, tmp_path)
    assert verified(office.real.process)
    assert people.elsewhere() == set()
    assert people.troubles == []


def a_ticket_in_one_touch(office: DossierOffice, count: int) -> None:
    glass = office.real.glass
    press(glass, RESULT, OFFERED, TICKET.on)
    until(lambda: len(issued(office)) == count, f"ticket {count} is issued")
    assert issued(office)[-1]["data"]["service"] == "nhan-ket-qua"
    until(lambda: len(office.real.printer.mind.slips) == count, f"slip {count}")
    press(glass, TICKET, DONE, HOME.on)


def issued(office: DossierOffice) -> list[dict[str, Any]]:
    return [event for event in journal(office.real.process) if event["type"] == "ticket.issued"]


def the_officer_sees_the_dossier(office: DossierOffice, people: Browsers, folder: Path) -> None:
    """In a real Chromium: the first of the three is called, and what was looked up is there."""
    base = office.real.base
    admin = people.page()
    login, one_time = first_sign_in(office.real.process)
    sign_in(admin, base, login, one_time)
    set_own_password(admin, one_time, OWN)
    given = make_account(admin, base, "lan", "Trần Thị Lan", "officer")
    console = people.page()
    sign_in(console, base, "lan", given)
    set_own_password(console, given, OWN + " lan")
    console.goto(f"{base}/counter")
    console.locator(f'[data-counter="{counter_for(office)}"]').click()
    expect(console.locator(".next-text")).to_have_text("Mở quầy")
    console.keyboard.press("F9")
    expect(console.locator(".next-text")).to_have_text("Gọi số tiếp theo")
    console.keyboard.press("Space")
    expect(console.locator("#dossier-code")).to_have_text(READY)
    panel = console.locator("#dossier")
    expect(panel).to_contain_text("Đã có kết quả")
    expect(panel).to_contain_text("Đ*** T*** H**** L*")
    expect(panel).not_to_contain_text(NAME)
    console.screenshot(path=folder / "officer.png")


def counter_for(office: DossierOffice) -> str:
    """One that takes results."""
    config = load_office(office.file)
    return str(next(counter.id for counter in config.counters if "nhan-ket-qua" in counter.services))
