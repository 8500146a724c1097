"""Plans and policies are compared on the same people, by the office's own definitions."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from fakes.office_day import OfficeDay
from typer.testing import CliRunner

from queue_server.cli import app
from queue_server.domain import commands as c
from queue_server.domain.ids import CounterId, ServiceId, TicketId
from queue_server.domain.office_calling import PolicyName
from queue_server.domain.ticket import Channel
from queue_server.simulate.compare import Variant, compare
from queue_server.simulate.day import plan_day
from queue_server.simulate.hall import run
from queue_server.simulate.hall_day import Came, HallDay, Shift
from queue_server.simulate.people import hall_day
from queue_server.simulate.plan import BadPlan, Closed, Learns, More, Plan, Spread, parse_plan, with_plan
from queue_server.simulate.reference import reference, visits_for
from queue_server.simulate.replay import replayed
from queue_server.simulate.setting import setting_of
from queue_server.waits.figures import LegRecord, Outcome, VisitRecord
from queue_server.waits.measure import VisitBook
from queue_server.waits.tally import figures

SETTING, PLACE = reference()
AS_IS = Plan("")
RNG = np.random.default_rng
LEG = LegRecord(
    1, ServiceId("s"), None, None, datetime(2000, 1, 1, tzinfo=UTC), *(None,) * 3, *(None,) * 4
)  # fmt: skip


def days(many: int = 6, load: float = 0.75) -> list[HallDay]:
    visits = visits_for(PLACE, load)
    return [hall_day(SETTING, plan_day(PLACE, RNG((3, n)), visits)) for n in range(many)]


def test_the_figures_are_those_that_the_office_would_report() -> None:
    played = days()
    row = compare(SETTING, played, [Variant("own", SETTING.calling, AS_IS)], RNG(1))["own"]["all"]
    outcome = {
        Came.SERVED: Outcome.SERVED,
        Came.NO_SHOW: Outcome.NO_SHOW,
        Came.ABANDONED: Outcome.ABANDONED,
    }
    records = []
    for n, day in enumerate(played):
        result = run(SETTING, day)
        for i, one in enumerate(day.citizens):
            called = bool(np.isfinite(result.wait_s[i]))
            records.append(
                VisitRecord(
                    TicketId(f"{n}-{i}"), "", date(2000, 1, 1) + timedelta(days=n),
                    datetime(2000, 1, 1, tzinfo=UTC), outcome[Came(int(result.came[i]))], ServiceId("s"),
                    one.service_class, None, Channel.KIOSK, None, (LEG,),
                    float(result.wait_s[i]) if called else None, None, None,
                    waited_s=float(result.waited_s[i]),
                )
            )  # fmt: skip
    said = figures(records, [20.0], RNG(0))
    for name in ("n", "p50_s", "p90_s", "p95_s", "share_within", "share_over_60", "abandoned", "no_show"):
        assert getattr(row.figures, name) == getattr(said, name), name
    assert row.figures.mean_s == pytest.approx(said.mean_s, abs=1e-5)
    interval = row.intervals["mean"]
    assert said.mean_s is not None and interval.low < said.mean_s / 60 < interval.high


def test_the_same_people_meet_every_plan_so_that_small_differences_show() -> None:
    variants = [
        Variant("own", SETTING.calling, AS_IS),
        Variant("again", SETTING.calling, Plan("nothing")),
        Variant("more", SETTING.calling, parse_plan("+1 counter chung-thuc,ho-tich", SETTING)),
    ]
    rows = compare(SETTING, days(), variants, RNG(1))
    same = rows["again"]["all"].against["mean"]
    assert (same.value, same.low, same.high) == (0, 0, 0) and not same.certain
    more = rows["more"]["all"]
    assert more.against["mean"].certain and more.against["mean"].high < 0
    width = more.against["mean"].high - more.against["mean"].low
    alone = more.intervals["mean"].high - more.intervals["mean"].low
    assert width < alone


def test_one_day_alone_has_figures_and_differences_but_no_intervals_and_nothing_is_certain() -> None:
    more = Variant("more", SETTING.calling, parse_plan("+1 counter chung-thuc,ho-tich", SETTING))
    rows = compare(SETTING, days(1), [Variant("own", SETTING.calling, AS_IS), more], RNG(1))
    gain = rows["more"]["all"].against["mean"]
    assert gain.value < 0 and not gain.certain and np.isnan([gain.low, gain.high]).all()


def test_strict_serves_priority_sooner_than_accumulating_and_that_sooner_than_fifo() -> None:
    names = (PolicyName.FIFO, PolicyName.ACCUMULATING, PolicyName.STRICT)
    variants = [Variant(name, replace(SETTING.calling, policy=name), AS_IS) for name in names]
    rows = compare(SETTING, days(load=0.9), variants, RNG(1))
    priority = [rows[name]["priority"].intervals["mean"].value for name in names]
    assert priority == sorted(priority, reverse=True)
    assert rows[PolicyName.STRICT]["priority"].against["mean"].certain


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("counter 3 learns chung-thuc", (Learns(2, 0),)),
        ("counter 3 learns chung-thuc 08:00-10:30", (Learns(2, 0, 28_800, 37_800),)),
        ("+2 counters 08:00-10:00 ho-tich,chung-thuc", (More((1, 0), 28_800, 36_000),) * 2),
        ("counter 1 closed 13:00-14:00; 40% spread", (Closed(0, 46_800, 50_400), Spread(0.4))),
    ],
)
def test_a_plan_is_written_as_a_sentence(text: str, acts: tuple[object, ...]) -> None:
    assert parse_plan(text, SETTING).acts == acts


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("counter 9 learns chung-thuc", "there are 1, 2, 3"),
        ("counter 1 learns chung-thu", "there are chung-thuc"),
        ("counter 1 closed 10:00-09:00", "first time"),
        ("open everything", "is no plan. Write"),
        ("140% spread", "100 %"),
    ],
)
def test_a_plan_that_is_not_understood_says_what_may_be_written(text: str, says: str) -> None:
    with pytest.raises(BadPlan, match=says):
        parse_plan(text, SETTING)


def test_a_closed_counter_calls_nobody_and_one_more_counter_only_in_its_hours() -> None:
    (day,) = days(1)
    closed = with_plan(SETTING, day, parse_plan("counter 2 closed 09:00-10:00", SETTING).acts)
    calls = [call for call in run(SETTING, closed).calls if call.counter == 1]
    assert calls and not any(9 * 3600 <= call.at_s < 10 * 3600 for call in calls)
    more = with_plan(SETTING, day, parse_plan("+1 counter 08:00-10:00 chung-thuc", SETTING).acts)
    mine = [call for call in run(SETTING, more).calls if call.counter == 8]
    assert mine and all(8 * 3600 <= call.at_s < 10 * 3600 for call in mine)
    assert all(day.citizens[call.citizen].stays[0].service == 0 or len(
        day.citizens[call.citizen].stays) > 1 for call in mine)  # fmt: skip


def test_a_counter_that_learns_for_an_hour_calls_the_service_in_that_hour_only() -> None:
    (day,) = days(1, 0.95)
    plan = parse_plan("counter 6 learns chung-thuc 08:00-09:00", SETTING)
    played = with_plan(SETTING, day, plan.acts)
    alone = [
        call.at_s
        for call in run(SETTING, played).calls
        if call.counter == 5 and [stay.service for stay in played.citizens[call.citizen].stays] == [0]
    ]
    assert alone and all(8 * 3600 <= at_s < 9 * 3600 for at_s in alone)


def test_whoever_follows_advice_comes_at_another_time_and_is_the_same_person_otherwise() -> None:
    (day,) = days(1)
    moved = with_plan(SETTING, day, (Spread(0.4),))
    assert sorted(one.stays[0].taken_s for one in moved.citizens) == sorted(
        one.stays[0].taken_s for one in day.citizens
    )
    followed = sum(one.luck < 0.4 for one in day.citizens)
    before, after = (
        {(one.luck, one.at_s) for one in day.citizens},
        {(one.luck, one.at_s) for one in moved.citizens},
    )
    assert len(before - after) == followed > 0.3 * len(day.citizens)
    assert [one.at_s for one in moved.citizens] == sorted(one.at_s for one in moved.citizens)


def test_advice_moves_nobody_to_a_day_on_which_every_counter_is_closed() -> None:
    (day,) = days(1)
    closed = tuple(Closed(n) for n in range(len(SETTING.counters)))
    assert with_plan(SETTING, day, (*closed, Spread(0.4))).citizens == day.citizens
    plans = [
        Variant(name, SETTING.calling, Plan(name, acts)) for name, acts in (("open", ()), ("closed", closed))
    ]
    found = compare(SETTING, [day], plans, np.random.default_rng(1))
    assert found["closed"]["all"].figures.n == 0 and found["open"]["all"].figures.n > 0


def test_a_day_of_the_journal_is_replayed_as_it_was() -> None:
    """Replayed under its own policy the simulated waits are those that the journal measured."""
    day = OfficeDay()
    rng = RNG(8)
    arrivals = np.cumsum(rng.exponential(150, 30))
    serve = {"c1": 0.0, "c2": 0.0}
    pending: list[tuple[float, str]] = []
    clock, issued = 0.0, 0
    waiting: list[str] = []
    while issued < len(arrivals) or waiting or pending:
        steps = [(at_s, "") for at_s in arrivals[issued : issued + 1]] + sorted(pending)[:1]
        at_s, counter = min(steps)
        day.wait(at_s - clock)
        clock = at_s
        if counter:
            pending.remove((at_s, counter))
            assert day.do(c.EndService, counter=CounterId(counter))
        else:
            waiting.append(day.issue())
            issued += 1
        for free in sorted(serve):
            if waiting and not any(name == free for _, name in pending):
                assert day.do(c.CallNext, counter=CounterId(free))
                assert day.do(c.StartService, counter=CounterId(free))
                waiting.pop(0)
                pending.append((clock + float(rng.gamma(2, 130)), free))
    office = day.office.config
    assert office is not None and day.office.day is not None
    book = VisitBook(office)
    for one in day.journal:
        book.hear(one)
    visits = book.visits(day.office.day)
    told = [(one.at, one.event) for one in day.journal]
    hall = replayed(setting_of(office), office.hours, day.office.day, visits, told)
    waits = run(setting_of(office), hall).wait_s
    measured = np.array([v.wait_s for v in visits], dtype=float)
    assert measured.max() > 60 and len(waits) == 30
    np.testing.assert_allclose(waits, measured, atol=1.5)


def test_compare_prints_every_variant_with_its_differences() -> None:
    asked = ["simulate", "compare", "--days", "4", "--load", "0.7", "--policy", "fifo", "--policy", "strict"]
    said = CliRunner().invoke(app, [*asked, "--plan", "40% spread"])
    assert said.exit_code == 0, said.output
    for word in ("fifo", "strict", "fifo · 40% spread", "Δ", "Priority", "Ordinary"):
        assert word in said.output


def test_compare_reads_a_plan_file_and_prints_json(tmp_path: Path) -> None:
    file = tmp_path / "plans.toml"
    file.write_text('[[plan]]\nname = "hai quầy"\nacts = ["+1 counter chung-thuc", "counter 4 closed"]\n')
    asked = ["simulate", "compare", "assets/offices/commune.toml", "--days", "3", "--visits", "60", "--json"]
    said = CliRunner().invoke(app, [*asked, "--plan", str(file)])
    assert said.exit_code == 0, said.output
    assert '"name": "accumulating · hai quầy"' in said.stdout and '"against_first"' in said.stdout


@pytest.mark.parametrize("bad", [["--plan", "nonsense"], ["--plan", "none.toml"], ["--day", "2026-11-20"]])
def test_compare_says_what_it_cannot_do(bad: list[str]) -> None:
    said = CliRunner().invoke(app, ["simulate", "compare", "--days", "2", *bad])
    assert said.exit_code == 2


def test_a_shift_that_is_cut_keeps_its_pauses_on_their_side() -> None:
    day = HallDay((), (Shift(0, 0.0, 100.0, ((10.0, 5.0), (80.0, 5.0)), last=True),))
    cut = with_plan(SETTING, day, (Closed(0, 40.0, 60.0),)).shifts
    assert cut == (Shift(0, 0.0, 40.0, ((10.0, 5.0),)), Shift(0, 60.0, 100.0, ((80.0, 5.0),), last=True))
