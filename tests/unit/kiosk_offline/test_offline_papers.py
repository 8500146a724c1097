"""What the kiosk gives by itself: its numbers and their end, the way home, a night in between."""

from datetime import timedelta
from pathlib import Path

import pytest
from fakes.torn_office import NINE, World

from kiosk.offline.homing import Again, Doubled, Merged, Refused, verdict
from kiosk.offline.journal import OfflineJournal
from kiosk.offline.papers import Block, Granted, Home, Tried, next_number, series_left, under
from queue_server.contract.replies import RefusalView, Reply
from queue_server.contract.requests import Issue
from queue_server.domain import events as e
from queue_server.domain.ticket_table import TicketState
from tests.unit.kiosk_offline.offline_moments import DAY, moment, paper


class TestNumbers:
    def test_they_run_on_to_the_end_of_the_block_and_then_politely_end(self, tmp_path: Path) -> None:
        journal = OfflineJournal(tmp_path / "j")
        journal.append(Granted(DAY, (Block("A", 3, 901, 903), Block("B", 3, 901, 903))))
        given = []
        while (found := next_number(journal.book, "A", DAY)) is not None:
            given.append(found[1])
            journal.append(paper(len(given), found[0]))
        assert given == ["A901", "A902", "A903"]
        assert series_left(journal.book, DAY) == {"B"}

    def test_they_are_for_one_date(self, tmp_path: Path) -> None:
        journal = OfflineJournal(tmp_path / "j")
        journal.append(Granted(DAY, (Block("A", 3, 901, 903),)))
        assert series_left(journal.book, DAY + timedelta(days=1)) == frozenset()

    def test_a_number_is_not_given_again_when_its_paper_is_home_or_the_grant_comes_anew(
        self, tmp_path: Path
    ) -> None:
        journal = OfflineJournal(tmp_path / "j")
        grant = Granted(DAY, (Block("A", 3, 901, 903),))
        for fact in (grant, paper(1), Home("r1", "t1"), grant):
            journal.append(fact)
        journal.close()
        assert next_number(OfflineJournal(tmp_path / "j").book, "A", DAY) == (902, "A902")


class TestTheWayHome:
    def test_a_refused_paper_is_sent_once_more_under_another_id_and_then_given_to_a_person(self) -> None:
        no = Reply(id="r1", ok=False, at=NINE, refusal=RefusalView(code="out_of_hours", sentence="No."))
        assert verdict(paper(), 0, no) == Again(another_id=True, at_once=True)
        assert verdict(paper(), 1, no) == Refused("out_of_hours")

    @pytest.mark.parametrize(("code", "another"), [("draining", False), ("clock_unconfirmed", True)])
    def test_what_passes_is_waited_for(self, code: str, another: bool) -> None:
        no = Reply(id="r1", ok=False, at=NINE, refusal=RefusalView(code=code, sentence="No."))
        assert verdict(paper(), 5, no) == Again(another_id=another, at_once=False)

    def test_the_id_changes_with_every_refusal(self, tmp_path: Path) -> None:
        journal = OfflineJournal(tmp_path / "j")
        journal.append(paper())
        assert under(journal.book, "r1") == "r1"
        journal.append(Tried("r1", 1))
        assert under(journal.book, "r1") == "r1-1"


class TestOffice:
    def test_a_refusal_of_the_lost_request_does_not_cost_the_paper(self, tmp_path: Path) -> None:
        """The server said no, the kiosk never heard it and gave a number."""
        world = World(tmp_path)
        kiosk, _ = world.machines
        kiosk.fails = [True, True]
        wish = Issue(id="wish", services=("civil",), kiosk="k1", expires_at=world.now() - timedelta(hours=1))
        assert kiosk.ask("issue", wish) is None
        touch = kiosk.desk.issue(wish)
        assert touch is not None
        world.heals()
        ticket = world.books.office.tickets[world.books.office.numbers[touch.ticket.number]]
        assert ticket.state is TicketState.WAITING and kiosk.faults == []

    def test_a_kiosk_that_died_before_syncing_gives_its_journal_the_next_day(self, tmp_path: Path) -> None:
        world = World(tmp_path)
        kiosk, other = world.machines
        kiosk.up = False
        world.passes(60)
        assert kiosk.touched("civil").number == "A901"
        world.passes(24 * 3600)
        other.homeward.look()
        kiosk.machine_restarts()
        assert kiosk.desk.series_left() == frozenset()
        world.heals()
        office = world.books.office
        (late,) = [one for one, *_ in world.books.events if isinstance(one, e.TicketIssued)]
        assert late.late and late.number == "A901" and not late.estimated_time
        assert late.issued_at == NINE + timedelta(seconds=60)
        assert "A901" not in office.numbers and len(office.queues) == 0
        assert not kiosk.desk.papers_out()
        kiosk.up = False
        assert kiosk.touched("civil").number == "A901"

    def test_a_kiosk_switched_on_in_an_outage_knows_the_office_and_goes_on_with_its_numbers(
        self, tmp_path: Path
    ) -> None:
        world = World(tmp_path)
        kiosk, _ = world.machines
        kiosk.up = kiosk.down = False
        world.passes(300)
        assert kiosk.touched("civil").number == "A901"
        kiosk.machine_restarts()
        world.passes(300)
        assert kiosk.desk.remembered.office is not None
        assert kiosk.touched("civil").number == "A902"
        world.heals()
        office = world.books.office
        first, second = (office.tickets[office.numbers[number]] for number in ("A901", "A902"))
        assert first.issued_at == NINE + timedelta(seconds=300)
        assert first.issued_at < second.issued_at <= NINE + timedelta(seconds=630)

    def test_papers_of_two_boots_come_home_in_their_order_though_a_heartbeat_was_late(
        self, tmp_path: Path
    ) -> None:
        """Each is dated anew when the one before it is home already."""
        world = World(tmp_path)
        kiosk, _ = world.machines
        kiosk.up = kiosk.down = False
        world.passes(300)
        kiosk.machine_restarts()
        kiosk.touched("civil")
        kiosk.hears_heartbeat(39.0)
        world.passes(5)
        kiosk.touched("civil")
        world.passes(600)
        kiosk.machine_restarts()
        world.heals()
        office = world.books.office
        (queue,) = office.queues.values()
        assert [office.tickets[id_].number for id_ in queue] == ["A901", "A902"]

    def test_the_slip_says_nothing_of_waits_and_is_the_same_when_asked_again(self, tmp_path: Path) -> None:
        world = World(tmp_path)
        kiosk, _ = world.machines
        wish = Issue(id="wish", services=("civil",), kiosk="k1", language="en")
        issued = kiosk.desk.issue(wish)
        assert issued is not None and issued == kiosk.desk.issue(wish)
        assert issued.slip.offline and issued.wait is None and not issued.slip.qr_is_page
        assert issued.slip.local_time == "09:00" and issued.slip.local_date == "20/11/2026"
        assert issued.slip.qr == f"MOTCUA:ward:{issued.ticket.ticket}"

    def test_without_a_folder_there_are_no_numbers(self, tmp_path: Path) -> None:
        from kiosk.offline.desk import OfflineDesk

        desk = OfflineDesk(None, "k1", lambda: moment(0), lambda: "t")
        assert desk.issue(Issue(id="wish", services=("civil",))) is None
        assert desk.series_left() == frozenset() and not desk.wants_grant()


def test_the_servers_own_ticket_is_known_by_its_number() -> None:
    from fakes.kiosk_office import issued

    def reply(number: str) -> Reply:
        return Reply(id="r1", ok=True, at=NINE, issued=issued(number, "chung-thuc", "vi", None, 1))

    assert verdict(paper(), 0, reply("A012")) == Doubled("ticket-1")
    assert verdict(paper(), 0, reply("A901")) == Merged("ticket-1")
