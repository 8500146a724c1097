"""What the kiosk gives by itself: its clock, its journal, its numbers and their end, a night in between."""

import errno
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fakes.torn_office import NINE, World
from hypothesis import given
from hypothesis import strategies as st

from kiosk.offline.homing import Again, Doubled, Merged, Refused, verdict
from kiosk.offline.journal import OfflineJournal
from kiosk.offline.lines import fact_of, line_of
from kiosk.offline.moments import Contact, Moment, by_reply, dated, guessed, measured, nearer
from kiosk.offline.papers import Block, Fact, Granted, Home, Paper, Tried, next_number, series_left, under
from queue_server.contract.replies import RefusalView, Reply
from queue_server.contract.requests import Issue
from queue_server.domain import events as e
from queue_server.domain.ticket_table import TicketState

DAY = date(2026, 11, 20)
WRONG = timedelta(minutes=10)


def moment(steady_s: float, boot: str = "b1", wrong: timedelta = WRONG) -> Moment:
    return Moment(boot, steady_s, NINE + timedelta(seconds=steady_s) + wrong)


def contact(steady_s: float, late_s: float = 0.0, boot: str = "b1", server: str = "s1") -> Contact:
    """The server's time is nine o'clock at steady time 0."""
    at = NINE + timedelta(seconds=steady_s - late_s)
    return Contact(moment(steady_s, boot), at, server, exact=not late_s)


def paper(
    n: int = 1, ordinal: int = 901, moment_: Moment | None = None, last: Contact | None = None
) -> Paper:
    return Paper(
        request=f"r{n}",
        ticket=f"t{n}",
        series="A",
        ordinal=ordinal,
        number=f"A{ordinal}",
        day=DAY,
        services=("civil",),
        group=None,
        language="vi",
        moment=moment_ or moment(float(n)),
        contact=last,
    )


class TestMoments:
    @given(st.lists(st.tuples(st.floats(0, 3600), st.floats(0, 600)), min_size=1, max_size=20))
    def test_late_and_disordered_heartbeats_measure_no_worse_than_the_best_of_them(
        self, heard: list[tuple[float, float]]
    ) -> None:
        kept: Contact | None = None
        for at_s, late_s in sorted(heard):
            kept = nearer(kept, contact(at_s, late_s))
        found = measured(moment(4000.0), kept)
        assert found is not None
        away = NINE + timedelta(seconds=4000) - found
        best = min(late for _, late in heard)
        assert timedelta() <= away + timedelta(milliseconds=1) and away <= timedelta(seconds=best + 2)

    def test_another_boot_of_the_server_or_of_the_machine_begins_anew(self) -> None:
        old = contact(10)
        assert nearer(old, contact(20, late_s=30, server="s2")).server_boot == "s2"
        assert nearer(old, contact(1, boot="b2")).moment.boot == "b2"

    def test_a_prompt_reply_measures_and_a_slow_one_does_not(self) -> None:
        prompt = by_reply(moment(10), moment(11), NINE + timedelta(seconds=10.5))
        assert prompt is not None and measured(moment(20), prompt) == NINE + timedelta(seconds=20)
        assert by_reply(moment(10), moment(13), NINE) is None
        assert by_reply(moment(10), moment(10.1, boot="b2"), NINE) is None

    def test_a_wall_clock_ten_minutes_wrong_is_corrected_by_the_last_contact(self) -> None:
        assert guessed(moment(500, boot="b2"), contact(100)) == NINE + timedelta(seconds=500)
        assert guessed(moment(500), None) == NINE + timedelta(seconds=500) + WRONG

    def test_papers_of_a_boot_without_contact_are_bounded_by_their_neighbours_and_marked(self) -> None:
        last = contact(100)
        lost = Moment("b2", 5.0, datetime(2020, 1, 1, tzinfo=UTC))
        wild = Moment("b2", 6.0, datetime(2030, 1, 1, tzinfo=UTC))
        now = contact(900, boot="b3")
        known = moment(600, boot="b3")
        until = NINE + timedelta(seconds=900)
        told = dated([(moment(200), last), (lost, last), (wild, last), (known, None)], now, until)
        assert [one.estimated for one in told] == [False, True, True, False]
        assert told[0].at == NINE + timedelta(seconds=200) and told[3].at == NINE + timedelta(seconds=600)
        assert told[0].at <= told[1].at <= told[2].at <= told[3].at

    def test_what_only_a_late_heartbeat_measured_is_an_estimate(self) -> None:
        late = contact(100, late_s=60)
        (told,) = dated([(moment(200), late)], contact(900, boot="b2"), NINE + timedelta(seconds=900))
        assert told.estimated and told.at == NINE + timedelta(seconds=140)
        (told,) = dated([(moment(200), late)], contact(900), NINE + timedelta(seconds=900))
        assert not told.estimated and told.at == NINE + timedelta(seconds=200)

    @given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 1e5), st.booleans()), max_size=12))
    def test_the_order_of_issue_is_kept_whatever_the_clocks_say(self, given: list[Any]) -> None:
        given = sorted(given, key=lambda one: one[0])
        papers = [
            (Moment(boot, s, NINE - WRONG), contact(s, boot=boot) if c else None) for boot, s, c in given
        ]
        told = dated(papers, contact(1e5, boot="c"), NINE + timedelta(seconds=1e5))
        assert [one.at for one in told] == sorted(one.at for one in told)


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


FACTS: list[Fact] = [
    Granted(DAY, (Block("A", 3, 901, 949),)),
    paper(1, last=contact(3)),
    paper(2, 902),
    Tried("r1", 1),
    Home("r1", "server-1"),
]


class TestJournal:
    @pytest.mark.parametrize("fact", FACTS)
    def test_a_fact_is_read_as_it_was_written(self, fact: Fact) -> None:
        assert fact_of(line_of(fact)) == fact

    @given(st.integers(0, 2000))
    def test_whatever_is_torn_off_the_end_the_facts_before_it_stand(self, cut: int) -> None:
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "j"
            text = "".join(line_of(fact) for fact in FACTS).encode()
            path.write_bytes(text[: min(cut, len(text))])
            whole = path.read_bytes().count(b"\n")
            journal = OfflineJournal(path)
            journal.append(Granted(DAY + timedelta(days=1), ()))
            journal.close()
            lines = path.read_text().splitlines(keepends=True)
            assert [fact_of(line) for line in lines] == [*FACTS[:whole], Granted(DAY + timedelta(days=1), ())]

    def test_a_changed_line_is_left_out_and_the_others_stand(self, tmp_path: Path) -> None:
        lines = [line_of(fact) for fact in FACTS]
        lines[2] = lines[2].replace("902", "903")
        (tmp_path / "j").write_text("".join(lines))
        assert set(OfflineJournal(tmp_path / "j").book.papers) == {"r1"}

    def test_a_full_disk_is_no_number_and_no_half_line(self, tmp_path: Path) -> None:
        full = False

        def sync(file: int) -> None:
            if full:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        journal = OfflineJournal(tmp_path / "j", sync)
        journal.append(FACTS[0])
        full = True
        with pytest.raises(OSError):
            journal.append(paper(1))
        full = False
        assert journal.book.papers == {}
        journal.append(paper(2))
        journal.close()
        assert set(OfflineJournal(tmp_path / "j").book.papers) == {"r2"}

    def test_old_papers_are_forgotten_once_they_are_home_and_never_before(self, tmp_path: Path) -> None:
        journal = OfflineJournal(tmp_path / "j")
        for fact in (paper(1), paper(2, 902), Home("r1", "t"), Granted(DAY + timedelta(days=30), ())):
            journal.append(fact)
        journal.close()
        again = OfflineJournal(tmp_path / "j")
        assert set(again.book.papers) == {"r2"} and again.book.granted is not None


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
