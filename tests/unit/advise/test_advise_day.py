"""Advice for a day: what will help is found, what cannot is not proposed, and citizens hear when to come."""

from dataclasses import replace

import numpy as np
import pytest
from unit.advise.advise_office import HABITS, MADE, SETTING, SPANS, STAFFED, asked, blocks

from queue_server.advise.day import plan_day, quiet_spells
from queue_server.advise.people import Block, draw
from queue_server.advise.roster import by_block, pools_of, usual
from queue_server.advise.staffing import least_counters, moved_into
from queue_server.advise.values import KEEP, Kind
from queue_server.advise.words import come_then, day_title, effect, proposal
from queue_server.domain.words import Words
from queue_server.simulate.hall_day import HallDay, Shift

RNG = np.random.default_rng
NAMES = {
    "cert": Words("Chứng thực", "Certification"),
    "civil": Words("Hộ tịch", "Civil status"),
    "land": Words("Đất đai", "Land"),
    "residence": Words("Cư trú", "Residence"),
}
ADVICE = plan_day(asked(), MADE, RNG(1))


def test_the_act_that_helps_most_is_one_for_the_service_that_is_overrun() -> None:
    assert ADVICE.mean is not None and ADVICE.mean.value > 10
    best = ADVICE.proposals[0]
    assert best.services == ("cert",)
    assert best.mean.high < 0 < best.within.low
    assert best.mean_after.value == pytest.approx(ADVICE.mean.value + best.mean.value, abs=1e-9)
    assert [p.mean.value for p in ADVICE.proposals] == sorted(p.mean.value for p in ADVICE.proposals)


def test_a_counter_of_another_agency_is_not_asked_to_learn() -> None:
    learns = [p for p in ADVICE.proposals if p.kind is Kind.LEARN]
    assert learns and all(("residence" in p.services) == (p.counter == "q4") for p in learns)


def test_a_furnished_counter_that_nobody_sits_at_is_proposed_to_open() -> None:
    opened = [p for p in ADVICE.proposals if p.kind is Kind.OPEN and p.counter]
    assert [p.counter for p in opened] == ["q5"]


def test_the_same_question_has_the_same_answer() -> None:
    assert plan_day(asked(), MADE, RNG(1)) == ADVICE


def test_a_calm_day_has_no_proposals_and_keeps_its_target() -> None:
    calm = plan_day(asked(blocks=blocks(1.0, 1.0, 0.3)), MADE, RNG(2))
    assert calm.kept > 0.9 and not calm.proposals


@pytest.mark.parametrize("changes", [{"spans": ()}, {"blocks": ()}, {"staffed": ()}])
def test_with_nobody_to_serve_or_to_serve_them_there_is_no_advice(changes: dict[str, object]) -> None:
    found = plan_day(asked(**changes), MADE, RNG(1))
    assert found.mean is None and not found.proposals and not found.quiet and not found.staffing
    assert "Chưa đủ" in day_title(found).vi


def test_citizens_are_sent_to_the_hours_after_the_rush() -> None:
    assert ADVICE.quiet
    for spell in ADVICE.quiet:
        assert spell.start_s >= 34_200
        assert ADVICE.mean is not None and spell.wait_minutes <= 0.8 * ADVICE.mean.value
        assert any(start <= spell.start_s and spell.end_s <= end for start, end in SPANS)
    words = come_then(ADVICE.quiet)
    assert words is not None and words.vi.startswith("Nên đến: ") and words.en.startswith("Best time")


def test_two_quiet_hours_are_not_one_long_one() -> None:
    waits = [(27_000.0 + n * 1800, 10.0, 300.0 if n < 3 else 20.0 + n) for n in range(8)]
    first, second = quiet_spells([*waits, (46_800.0, 10.0, 30.0), (48_600.0, 10.0, 30.0)], SPANS)
    assert first.start_s == 32_400.0 and second.start_s > first.end_s


def test_when_every_hour_is_alike_nobody_is_sent_anywhere() -> None:
    waits = [(27_000.0 + n * 1800, 10.0, 100.0) for n in range(8)]
    assert quiet_spells(waits, SPANS) == () and come_then(()) is None


def test_fewer_counters_than_advised_miss_the_target_and_the_advised_keep_it() -> None:
    rng = RNG(3)
    people = [moved_into(draw(blocks(), HABITS, rng), SPANS) for _ in range(20)]
    found = least_counters(SETTING, people, SPANS, 20.0, 4000)
    justice = {s.start_s: s for s in found if s.pool == "justice"}
    assert all(s.kept >= KEEP for s in found if s.enough) and sum(s.enough for s in found) > 0.8 * len(found)
    assert justice[28_800.0].least > justice[57_600.0].least
    assert justice[28_800.0].furnished == 3
    assert {s.start_s for s in found} == {at for a, b in SPANS for at in np.arange(a, b, 1800.0)}


def test_the_search_ends_when_its_days_are_spent() -> None:
    people = [draw(blocks(40.0, 40.0, 10.0), HABITS, RNG(4))] * 2
    found = least_counters(SETTING, people, SPANS, 1.0, 20)
    assert not all(s.enough for s in found)


def test_people_are_drawn_with_the_forecasts_mean_and_more_than_its_chance() -> None:
    one = (Block(27_000.0, 0, 20.0, 4.0), Block(28_800.0, 0, 20.0, 4.0))
    rng = RNG(5)
    counts = np.array([len(draw(one, HABITS, rng)) for _ in range(800)])
    assert counts.mean() == pytest.approx(40, rel=0.05)
    assert counts.var() > 3 * counts.mean()
    steady = np.array(
        [len(draw(tuple(replace(b, size=np.inf) for b in one), HABITS, rng)) for _ in range(800)]
    )
    assert steady.var() == pytest.approx(40, rel=0.25)
    day = draw(blocks(), HABITS, rng)
    assert [c.at_s for c in day] == sorted(c.at_s for c in day)
    assert all(c.at_s >= 30_000 for c in draw((Block(28_800.0, 0, 50.0),), HABITS, rng, 30_000.0))


def test_pools_open_the_counter_first_that_takes_most() -> None:
    assert pools_of(SETTING, [100.0, 50.0, 30.0, 20.0]) == {
        "justice": [0, 1, 4],
        "economy": [2],
        "police": [3],
    }


def test_a_counter_open_in_some_half_hours_has_a_shift_for_each_stretch() -> None:
    spans = ((27_000.0, 34_200.0), (36_000.0, 39_600.0))
    starts = [27_000.0, 28_800.0, 30_600.0, 32_400.0, 36_000.0, 37_800.0]
    shifts = by_block({2: [True, True, False, True, False, True]}, starts, spans)
    assert shifts == (
        Shift(2, 27_000.0, 30_600.0),
        Shift(2, 32_400.0, 34_200.0),
        Shift(2, 37_800.0, 39_600.0, last=True),
    )


def test_the_usual_roster_staffs_every_session_with_a_pause_now_and_then() -> None:
    shifts = usual(STAFFED, SPANS, (0.5, 480.0), RNG(6))
    assert len(shifts) == 8 and all(s.last == (s.off_s == SPANS[-1][1]) for s in shifts)
    pauses = [p for s in shifts for p in s.pauses]
    assert 0 < len(pauses) < 8
    assert HallDay((), shifts).citizens == ()


def test_advice_is_said_in_both_languages_with_its_effect_and_range() -> None:
    found = next(p for p in ADVICE.proposals if p.kind is Kind.LEARN)
    said, change = proposal(found, NAMES), effect(found)
    assert said.vi.startswith("Quầy ") and "nhận thêm" in said.vi and "Counter " in said.en
    assert "giảm" in change.vi and "," in change.vi and "less" in change.en
    title = day_title(ADVICE)
    assert "phút" in title.vi and "%" in title.en
