"""What reports read of the books, on every database: outages, clocks, the system's acts, dossiers on time."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import count

import pytest
from fakes.dossier_book import FRIDAY, config, form
from fakes.fake_clock import FakeClock
from fakes.places import SqlitePlace
from fakes.running import ask, engine_over
from fakes.small_office import command_id, configure, issue

from queue_server.domain import commands as c
from queue_server.domain import ids
from queue_server.domain.ticket import Channel
from queue_server.dossiers.book_reception import Reception, reception
from queue_server.dossiers.dossier import Status, SupplementRequest, When
from queue_server.reports.ports import OnTime, Record
from queue_server.storage.dossier_book import SqlBook
from queue_server.storage.dossiers import SqlRegister
from queue_server.storage.report_books import SqlReportBooks
from queue_server.waits.period import DayRange
from tests.fakes.dossiers import dossier

NOVEMBER = DayRange(date(2026, 11, 1), date(2026, 11, 30))
_n = count(1)


@pytest.fixture(autouse=True)
def tables(sql_place: SqlitePlace) -> None:
    sql_place.database.migrate()


def books(place: SqlitePlace) -> SqlReportBooks:
    return SqlReportBooks(place.database, config)


def at(day: int, clock: str = "") -> When:
    return When(date(2026, 11, day), time.fromisoformat(clock) if clock else None)


def register(place: SqlitePlace, *codes: tuple[str, When | None, When | None], **more: object) -> None:
    """(code, due, done) of one field; the file is finished."""
    book, now = SqlRegister(place.database), datetime.fromisoformat("2026-11-20T02:00:00+00:00")
    generation = book.begin("a file", now)
    rows = [
        replace(dossier(code=code, due=due, done=done), field="Hộ tịch", status=Status.RESULT_READY, **more)  # type: ignore[arg-type]
        for code, due, done in codes
    ]
    book.add(generation, [(row, ()) for row in rows])
    book.finish(generation, len(rows), 0, now)


def test_a_period_without_a_day_has_an_empty_record(sql_place: SqlitePlace) -> None:
    assert books(sql_place).record(NOVEMBER) == Record()


def test_the_record_counts_clock_steps_faults_and_what_the_system_ended(sql_place: SqlitePlace) -> None:
    clock = FakeClock(FRIDAY)
    engine = engine_over(sql_place.journal(), clock)
    engine.start()
    ask(engine, configure())
    ask(engine, issue())
    ask(engine, c.ReportFault(id=command_id(), by=c.SYSTEM, device="in-1", fault="paper=out"))
    clock.advance(timedelta(hours=2))
    clock.advance(timedelta(days=1))
    ask(engine, c.Tick(id=command_id(), by=c.SYSTEM))
    engine.drain(30)
    found = books(sql_place).record(NOVEMBER)
    assert found.faults == {"in-1": 1} and found.ended_by_system == 1
    assert (found.opened_days, found.closed_by_turn, found.clock_steps) == (2, 1, 0)
    assert found.first_seq >= 1 and found.last_seq > found.first_seq and len(found.last_hash) == 64


def test_hours_a_server_was_away_are_those_in_which_the_office_was_open(sql_place: SqlitePlace) -> None:
    clock = FakeClock(FRIDAY)  # 09:30; open 07:30–11:30 and 13:00–17:00
    for boot in ("one", "two"):
        engine = engine_over(sql_place.journal(), clock, boot_id=boot)
        engine.start()
        ask(engine, c.ConfigureOffice(id=command_id(), by=c.SYSTEM, config=config()))
        ask(engine, c.Tick(id=command_id(), by=c.SYSTEM))
        engine.drain(30)
        clock.advance(timedelta(hours=4))
    found = books(sql_place).record(NOVEMBER)
    assert found.starts == 1, "the first was before the day was opened"
    assert timedelta(hours=2, minutes=29) < found.server_away <= timedelta(hours=2, minutes=31)


def test_a_kiosks_outage_lasts_from_its_first_ticket_alone_until_they_are_handed_in(
    sql_place: SqlitePlace,
) -> None:
    engine = engine_over(sql_place.journal(), clock := FakeClock(FRIDAY))
    engine.start()
    office = config()
    kiosk, service = office.kiosks[0].id, office.services[0]
    ask(engine, c.ConfigureOffice(id=command_id(), by=c.SYSTEM, config=office))
    ask(engine, c.Tick(id=command_id(), by=c.SYSTEM))
    grant = c.GrantNumbers(id=command_id(), by=c.SYSTEM, kiosk=kiosk)
    assert ask(engine, grant).refusal is None
    begin = clock.now()
    clock.advance(timedelta(minutes=30))
    for minutes, number in ((0, 901), (10, 902)):
        answer = ask(
            engine,
            c.IssueTicket(
                id=ids.CommandId(f"off-{number}"),
                by=c.Actor(c.Role.DEVICE, kiosk, "mqtt"),
                ticket=ids.TicketId(f"t-{number}"),
                services=(service.id,),
                kiosk=kiosk,
                channel=Channel.OFFLINE,
                number=f"{service.letter}{number}",
                granted_on=date(2026, 11, 20),
                issued_at=begin + timedelta(minutes=minutes),
            ),
        )
        assert answer.refusal is None
    engine.drain(30)
    offline = books(sql_place).record(NOVEMBER).kiosk_offline
    assert offline == {kiosk: timedelta(minutes=30)}


def test_an_office_that_knows_no_dossier_reports_none(sql_place: SqlitePlace) -> None:
    assert books(sql_place).on_time(NOVEMBER) is None


def test_dossiers_that_ended_in_the_period_are_counted_by_how_they_stood(sql_place: SqlitePlace) -> None:
    register(
        sql_place,
        ("H99.16-261101-0001", at(20), at(17)),
        ("H99.16-261101-0002", at(20), at(20)),
        ("H99.16-261101-0003", at(20), at(23)),
        ("H99.16-261101-0004", at(20), None),
        ("H99.16-261101-0005", When(date(2026, 10, 20)), When(date(2026, 10, 20))),
        ("H99.16-261101-0006", None, at(20)),
    )
    found = books(sql_place).on_time(NOVEMBER)
    assert found == {"Hộ tịch": OnTime(early=1, on_time=1, late=1, unknown=1)}
    assert found["Hộ tịch"].share == 2 / 3


def test_the_days_a_dossier_may_take_are_working_days(sql_place: SqlitePlace) -> None:
    """Friday the 6th and five working days are Friday the 13th; five calendar days would be Wednesday."""
    register(sql_place, ("A.1", None, at(13)), ("A.2", None, at(16)), received=at(6), legal_days=5)
    assert books(sql_place).on_time(NOVEMBER) == {"Hộ tịch": OnTime(on_time=1, late=1)}


def test_a_newer_file_replaces_what_an_older_one_said(sql_place: SqlitePlace) -> None:
    register(sql_place, ("H99.16-261101-0001", at(20), at(23)))
    register(sql_place, ("H99.16-261101-0001", at(20), at(19)))
    assert books(sql_place).on_time(NOVEMBER) == {"Hộ tịch": OnTime(early=1)}


def test_more_than_one_request_to_supplement_counts_as_late(sql_place: SqlitePlace) -> None:
    twice = (SupplementRequest("a", at(3), at(4)), SupplementRequest("b", at(5), at(6)))
    register(sql_place, ("H99.16-261101-0001", at(20), at(17)), supplements=twice)
    assert books(sql_place).on_time(NOVEMBER) == {"Hộ tịch": OnTime(late=1)}


def test_dossiers_of_the_offices_own_book_are_read_without_its_key(sql_place: SqlitePlace) -> None:
    book, office = SqlBook(sql_place.database, b"k" * 32), config()
    entered = reception(office, form(), "lan", FRIDAY)
    assert isinstance(entered, Reception)
    book.receive(f"web-{next(_n)}", entered, office.book)
    found = books(sql_place).on_time(NOVEMBER)
    assert found == {}, "it is known, and nothing has ended"
