"""The time of a paper: measured by the server's clock, guessed only when there is no other way."""

from datetime import UTC, datetime, timedelta
from typing import Any

from fakes.torn_office import NINE
from hypothesis import given
from hypothesis import strategies as st

from kiosk.offline.moments import Contact, Moment, by_reply, dated, guessed, measured, nearer
from tests.unit.kiosk_offline.offline_moments import WRONG, contact, moment


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
