"""The server is gone at half past nine, ninety people in the hall: the kiosk goes on, and nothing is lost."""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.kiosk_glass import (
    DONE,
    FIRST_SERVICE,
    GOLD,
    GOLD_TINT,
    HOME,
    INK,
    ORDINARY,
    PRIORITY,
    RED,
    SERVICES,
    TAKE_NUMBER,
    TICKET,
    Screen,
    look_for,
    press,
)
from tests.acceptance.office_process import OfficeProcess, journal, until, verified
from tests.acceptance.reading import number_on_kiosk, number_on_slip, slip_of
from tests.acceptance.real_office import RealOffice, real_office

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

OFFLINE = Screen(
    "offline home",
    [((0.056, 0.19), GOLD), ((0.90, 0.245), GOLD_TINT), ((0.30, 0.360), RED), ((0.93, 0.48), RED)],
)
OFFLINE_SERVICES = Screen(
    "offline services", [((0.08, 0.370), INK), ((0.08, 0.494), INK), ((0.08, 0.618), INK)]
)
OFFLINE_TICKET = Screen("offline ticket", [((0.07, 0.52), INK), ((0.93, 0.52), INK), ((0.08, 0.86), RED)])
OWN = [f"A{n:03}" for n in range(901, 910)]


@contextmanager
def nobody_starts_the_server(office: OfficeProcess) -> Iterator[None]:
    os.kill(office.process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(office.process.pid, signal.SIGCONT)


def papers(office: OfficeProcess) -> list[dict[str, Any]]:
    """The kiosk's own journal, as it lies on its disk."""
    (path,) = office.dir.rglob("papers.journal")
    return [json.loads(line.split(" ", 1)[1]) for line in path.read_text("utf-8").splitlines()]


def has_numbers(office: OfficeProcess) -> bool:
    found = list(office.dir.rglob("papers.journal"))
    return bool(found) and any(fact["kind"] == "granted" for fact in papers(office))


def take(office: RealOffice, home: Screen, services: Screen, ticket: Screen) -> str:
    """A citizen's number on the glass; the slip is cut before the next one comes."""
    office.printer.mind.cut.clear()
    press(office.glass, home, TAKE_NUMBER, services.on)
    press(office.glass, services, FIRST_SERVICE, PRIORITY.on)
    shown = press(office.glass, PRIORITY, ORDINARY, ticket.on)
    until(office.printer.mind.cut.is_set, "the slip is cut")
    return number_on_kiosk(shown, [*OWN, *(f"A{n:03}" for n in range(1, 10))])


def test_the_kiosk_goes_on_without_its_server_and_everything_comes_home_once(tmp_path: Path) -> None:
    with real_office(tmp_path) as office:
        assert take(office, HOME, SERVICES, TICKET) == "A001"
        press(office.glass, TICKET, DONE, HOME.on)
        until(lambda: has_numbers(office.process), "the kiosk has numbers of its own")

        with nobody_starts_the_server(office.process):
            office.process.kill_server()
            look_for(office.glass, OFFLINE)
            gone = datetime.now(UTC)
            first = take(office, OFFLINE, OFFLINE_SERVICES, OFFLINE_TICKET)
            press(office.glass, OFFLINE_TICKET, DONE, OFFLINE.on)
            second = take(office, OFFLINE, OFFLINE_SERVICES, OFFLINE_TICKET)
            press(office.glass, OFFLINE_TICKET, DONE, OFFLINE.on)
            back = datetime.now(UTC)
        assert (first, second) == ("A901", "A902")
        slips = [number_on_slip(slip_of(data), [*OWN, "A001"]) for data in office.printer.mind.slips]
        assert slips == ["A001", "A901", "A902"]

        look_for(office.glass, HOME)
        until(lambda: len([f for f in papers(office.process) if f["kind"] == "home"]) == 2, "both are home")
        issued = {e["data"]["number"]: e for e in journal(office.process) if e["type"] == "ticket.issued"}
        assert list(issued) == ["A001", "A901", "A902"]
        for number in (first, second):
            told = issued[number]["data"]
            assert (told["channel"], told["estimated_time"], told["late"]) == ("offline", False, False)
            assert gone <= datetime.fromisoformat(told["issued_at"]) <= back
        outcomes = until(lambda: _outcomes(office.process, 3), "every slip is known")
        # All three came out, above; a very busy machine may hear a proof later than the six seconds it has.
        assert {one["outcome"] for one in outcomes} <= {"printed", "unconfirmed"}
        assert {one["ticket"] for one in outcomes} == {e["data"]["ticket"] for e in issued.values()}
        assert verified(office.process)


def _outcomes(office: OfficeProcess, count: int) -> list[dict[str, Any]] | None:
    found = [event["data"] for event in journal(office) if event["type"] == "slip.outcome"]
    return found if len(found) == count else None
