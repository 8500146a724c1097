"""The demo's register: something to look up in every state, on any day, in any office."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from fakes.dossiers import KEY

from assets.files import office_path
from queue_server.codes.classify import classify
from queue_server.codes.kinds import DossierCode
from queue_server.codes.patterns import Patterns
from queue_server.demo_dossiers import FACTOR, codes, put
from queue_server.dossiers.dossier import Dossier, Status
from queue_server.dossiers.factor import fits
from queue_server.dossiers.lookup import Answer
from queue_server.dossiers.ports import Found
from queue_server.dossiers.standing import standing_of
from queue_server.dossiers.timeliness import Standing
from queue_server.mqtt.dossier_view import looked
from queue_server.office_file.load import load_office


class Book:
    def __init__(self) -> None:
        self.rows: list[tuple[Dossier, tuple[bytes, ...]]] = []

    def begin(self, name: str, now: datetime) -> int:
        return 1

    def add(self, generation: int, rows: Any) -> None:
        self.rows += rows

    def finish(self, generation: int, rows: int, bad: int, now: datetime) -> None:
        assert rows == len(self.rows)

    def abandon(self, generation: int) -> None:
        raise AssertionError


@pytest.mark.parametrize("office", ["commune", "province"])
@pytest.mark.parametrize("days", [0, 41, 100])
def test_every_state_is_there_with_days_around_today(office: str, days: int) -> None:
    config = load_office(office_path(office))
    now = datetime(2026, 11, 20, 2, 0, tzinfo=UTC) + timedelta(days=days)
    book = Book()
    assert put(book, config, KEY, now) == len(book.rows) >= 12
    dossiers = [dossier for dossier, _ in book.rows]
    assert {d.status for d in dossiers} == set(Status)
    listed = codes(config, config.hours.day_of(now))
    assert [d.code for d in dossiers] == [code for code, _ in listed] and len(set(listed)) == len(listed)
    standings = {standing_of(d, config, now).standing for d in dossiers}
    assert {
        Standing.EARLY,
        Standing.ON_TIME,
        Standing.RUNNING,
        Standing.OVERDUE,
        Standing.PAUSED,
    } <= standings
    for dossier, digests in book.rows:
        assert classify(dossier.code, Patterns.of(config.dossiers.patterns)) == DossierCode(dossier.code)
        assert fits(KEY, dossier.code, FACTOR, digests) and "*" in dossier.applicant
        shown = looked(Answer("found", Found(dossier, now, digests)), config, now)
        assert shown.dossier and shown.dossier.received_on is not None
        assert shown.dossier.received_on <= config.hours.day_of(now)


def test_in_the_ward_each_ticket_that_helps_is_offered() -> None:
    config = load_office(office_path("commune"))
    now = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    book = Book()
    put(book, config, KEY, now)
    views = [looked(Answer("found", Found(d, now, ())), config, now).dossier for d, _ in book.rows]
    offered = {view.offer.why for view in views if view and view.offer}
    assert offered == {"collect", "supplement", "pay", "ask"}
    assert codes(config, date(2026, 11, 20))[0][0] == "H99.16-261117-0001"
