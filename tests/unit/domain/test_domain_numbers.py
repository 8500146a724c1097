"""Numbers: shapes, series, blocks for kiosks during an outage; never one twice in a day."""

from dataclasses import replace
from datetime import timedelta

import pytest
from domain_hall import FRIDAY, SUPERVISOR, Hall, at, config, counter, hall, service

from queue_server.domain import commands as c
from queue_server.domain.ids import KioskId, ServiceId, TicketId, ZoneId
from queue_server.domain.numbering import blocks_for, next_ordinal
from queue_server.domain.office_devices import Kiosk
from queue_server.domain.office_services import NumberShape
from queue_server.domain.queue_view import next_number
from queue_server.domain.refusals import Code
from queue_server.domain.words import Words

MONDAY = FRIDAY + timedelta(days=3)
K1, K2 = KioskId("k1"), KioskId("k2")


def kiosks(*names: str) -> tuple[Kiosk, ...]:
    return tuple(Kiosk(KioskId(name), Words(name), ZoneId("hall")) for name in names)


@pytest.mark.parametrize(
    ("shape", "ordinal", "shown"),
    [
        (NumberShape("A"), 12, "A012"),
        (NumberShape("1"), 1, "1001"),
        (NumberShape("", 3), 7, "007"),
        (NumberShape("B", 2, last=90), 5, "B05"),
    ],
)
def test_a_number_looks_as_its_series_says(shape: NumberShape, ordinal: int, shown: str) -> None:
    assert shape.show(ordinal) == shown


def test_services_that_share_a_series_share_its_numbers() -> None:
    shared = NumberShape("S")
    office = hall(services=(service("a", shape=shared), service("b", shape=shared), service("c", "h")))
    numbers = [office.ticket(office.issue(s)).number for s in ("a", "b", "a")]
    assert numbers == ["S001", "S002", "S003"]


def test_a_series_may_begin_where_the_file_says() -> None:
    office = hall(services=(service("a", shape=NumberShape("A", first=101)), service("b"), service("c", "h")))
    assert office.ticket(office.issue("a")).number == "A101"


def test_an_exhausted_series_gives_no_number_to_anyone() -> None:
    office = hall(services=(service("a", shape=NumberShape("A", last=2)), service("b"), service("c", "h")))
    office.issue("a"), office.issue("a")
    given = {"ticket": TicketId("t"), "services": (ServiceId("a"),)}
    assert office.refused(c.IssueTicket, **given) is Code.NUMBERS_EXHAUSTED
    assert office.refused(c.IssueTicket, **given, by=SUPERVISOR) is Code.NUMBERS_EXHAUSTED
    assert next_number(office.office, ServiceId("a")) == ""


def test_the_next_number_is_the_one_a_newcomer_gets() -> None:
    office = hall()
    office.issue("a")
    assert next_number(office.office, ServiceId("a")) == "A002"
    assert next_number(office.office, ServiceId("x")) == ""


def test_two_kiosks_have_the_halves_of_the_top_block() -> None:
    made = config()
    assert ("A", 901, 949) in blocks_for(made, K1) and ("A", 951, 999) in blocks_for(made, K2)
    assert len(blocks_for(made, K1)) == 3


@pytest.mark.parametrize("count", [1, 2, 3, 5, 10])
def test_blocks_of_kiosks_never_meet_each_other_or_normal_numbering(count: int) -> None:
    made = config(kiosks=kiosks(*(f"k{n}" for n in range(count))))
    seen: set[tuple[str, int]] = set()
    for kiosk in made.kiosks:
        for series, first, last in blocks_for(made, kiosk.id):
            block = {(series, n) for n in range(first, last + 1)}
            assert block and not block & seen and first > 900 and last <= 999
            seen |= block


def granted() -> Hall:
    office = hall()
    office.do(c.GrantNumbers, kiosk=K1)
    return office


def offline(office: Hall, number: str, kiosk: KioskId = K1, service_: str = "a", **given: object) -> TicketId:
    issued = office.now - timedelta(minutes=10)
    fields: dict[str, object] = {"kiosk": kiosk, "number": number, "issued_at": issued}
    return office.issue(service_, **(fields | given))


class TestGrants:
    def test_asking_again_changes_nothing(self) -> None:
        office = granted()
        assert office.do(c.GrantNumbers, kiosk=K1) == []
        assert office.refused(c.GrantNumbers, kiosk=KioskId("k9")) is Code.KIOSK_UNKNOWN

    def test_a_number_issued_offline_keeps_the_number_and_time_of_the_paper(self) -> None:
        office = granted()
        ticket = office.ticket(offline(office, "A903"))
        assert ticket.number == "A903" and ticket.issued_at == at(8, 50) and ticket.leg.since == at(8, 50)

    def test_it_does_not_move_normal_numbering(self) -> None:
        office = granted()
        offline(office, "A903")
        assert office.ticket(office.issue("a")).number == "A001"

    def test_it_is_taken_whatever_the_hour_and_the_quota_say(self) -> None:
        office = hall(services=(service("a", quota=1), service("b"), service("c", "h")))
        office.do(c.GrantNumbers, kiosk=K1)
        office.issue("a")
        office.now = at(20)
        offline(office, "A901")

    @pytest.mark.parametrize(
        ("number", "kiosk", "service_"),
        [
            ("A951", K1, "a"),
            ("A901", K2, "a"),
            ("A001", K1, "a"),
            ("A950", K1, "a"),
            ("B901", K1, "a"),
            ("A9", K1, "a"),
        ],
    )
    def test_a_number_that_is_not_the_kiosks_is_refused(
        self, number: str, kiosk: KioskId, service_: str
    ) -> None:
        office = granted()
        given = {
            "ticket": TicketId("t"),
            "services": (ServiceId(service_),),
            "kiosk": kiosk,
            "number": number,
        }
        assert office.refused(c.IssueTicket, **given, issued_at=office.now) is Code.BAD_REQUEST

    def test_a_number_is_merged_once(self) -> None:
        office = granted()
        offline(office, "A903")
        given = {"ticket": TicketId("t"), "services": (ServiceId("a"),), "kiosk": K1, "number": "A903"}
        assert office.refused(c.IssueTicket, **given) is Code.BAD_REQUEST

    def test_a_paper_from_the_future_waits_from_now(self) -> None:
        office = granted()
        ticket = office.ticket(offline(office, "A901", issued_at=office.now + timedelta(hours=1)))
        assert ticket.issued_at == office.now and ticket.leg.since == office.now

    def test_grants_are_for_one_day(self) -> None:
        office = granted()
        office.now = at(8, day=MONDAY)
        office.do(c.Tick)
        assert len(office.office.grants) == 0
        assert len(office.do(c.GrantNumbers, kiosk=K1)) == 1

    def test_normal_numbering_stays_out_of_a_granted_block_even_when_the_file_is_changed(self) -> None:
        office = granted()
        wider = NumberShape("A", first=900, last=960)
        changed = config(services=(service("a", shape=wider), service("b"), service("c", "h")))
        office.do(c.ConfigureOffice, config=changed)
        numbers = [office.ticket(office.issue("a")).number for _ in range(3)]
        assert numbers == ["A900", "A950", "A951"]
        assert next_ordinal(office.office, wider) == 952

    def test_a_reload_with_more_kiosks_gives_nobody_a_number_that_another_holds(self) -> None:
        office = granted()
        office.do(c.GrantNumbers, kiosk=K2)
        more = (service("a"), service("b"), service("c", "h"), service("d"))
        wider = replace(counter(1, "a", "b"), services=(ServiceId("a"), ServiceId("d")))
        changed = config(kiosks=kiosks("k0", "k1", "k2"), services=more, counters=(wider,))
        office.do(c.ConfigureOffice, config=changed)
        for kiosk in ("k0", "k1", "k2"):
            office.do(c.GrantNumbers, kiosk=KioskId(kiosk))
        seen: set[tuple[str, int]] = set()
        for grant in office.office.grants.values():
            for series, first, last in grant.blocks:
                block = {(series, n) for n in range(first, last + 1)}
                assert not block & seen
                seen |= block
        assert ("A", 901, 949) in office.office.grants[K1].blocks
        assert {series for series, _, _ in office.office.grants[K1].blocks} == {"A", "B", "C", "D"}
