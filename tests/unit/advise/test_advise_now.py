"""During the day: no alarm while the target will be kept, an alert with an act when it will not."""

from dataclasses import replace

import numpy as np
import pytest
from unit.advise.advise_office import DAY, HABITS, MADE, SETTING, SPANS, STAFFED, blocks

from queue_server.advise.values import Kind
from queue_server.advise.watch import DeskNow, NowAsked, Part, Waiting, watch, watch_now
from queue_server.advise.words import alert_title
from queue_server.domain.office_services import ServiceClass

RNG = np.random.default_rng
NINE = 9 * 3600.0


def now(
    waiting: int = 25, measured: tuple[float, float, float] = (15.0, 180.0, 12.0), **changes: object
) -> NowAsked:
    """At nine: a crowd for certification, one counter each, everyone busy for two minutes."""
    given: dict[str, object] = {
        "day": DAY,
        "now_s": NINE,
        "setting": SETTING,
        "spans": SPANS,
        "blocks": tuple(b for b in blocks() if b.start_s >= NINE),
        "habits": HABITS,
        "waiting": tuple(
            Waiting(0, ServiceClass.ORDINARY, NINE - 60.0 * (n + 1)) for n in range(waiting)
        ),
        "desks": tuple(
            DeskNow(n, SETTING.counters[n].services, SETTING.counters[n].services[0], NINE - 120)
            for n in STAFFED
        ),
        "later": STAFFED,
        "measured": measured,
    }  # fmt: skip
    return NowAsked(**(given | changes))  # type: ignore[arg-type]


def test_a_crowd_gives_an_alert_with_the_act_that_helps_most_and_its_effect() -> None:
    alert = watch_now(now(), MADE, RNG(1))
    assert alert is not None and alert.missed > 0.5 and alert.mean.value > alert.target_minutes
    best = alert.best
    assert best is not None and best.services == ("cert",)
    assert best.from_s == NINE and best.mean.high < 0
    assert best.mean_after.value == pytest.approx(alert.mean.value + best.mean.value)
    said = alert_title(alert)
    assert said.vi.startswith("Không mở thêm quầy, trung bình hôm nay sẽ là ") and "Unless" in said.en


def test_a_part_of_the_office_has_an_alert_of_its_own_while_the_whole_keeps_the_target() -> None:
    calm = now(0, (300.0, 900.0, 300.0), blocks=tuple(b for b in blocks(1.0, 1.0, 0.5) if b.start_s >= NINE))
    late = Part((2,), (30.0, 30.0 * 55, 0.0))
    found = watch(replace(calm, parts=(Part((0, 1), (270.0, 300.0, 270.0)), late)), MADE, RNG(1))
    assert [alert.services for alert in found] == [("land",)]
    assert found[0].mean.value > found[0].target_minutes
    said = alert_title(found[0])
    assert "của các việc bạn phụ trách" in said.vi and "for your services" in said.en
    assert watch_now(calm, MADE, RNG(1)) is None


def test_a_parts_acts_are_for_its_services_and_told_by_what_its_own_visits_gain() -> None:
    crowd = now()
    whole, part = watch(replace(crowd, parts=(Part((0,), crowd.measured), Part((3,)))), MADE, RNG(1))
    assert whole == watch_now(crowd, MADE, RNG(1))
    assert part.services == ("cert",) and part.best is not None
    assert all("cert" in act.services for act in part.acts)
    assert part.best.mean.value < whole.best.mean.value < 0, "what helps is felt most by those it is for"  # type: ignore[union-attr]
    assert part.best.mean_after.value == pytest.approx(part.mean.value + part.best.mean.value)


def test_a_counter_that_nobody_sits_at_may_be_opened() -> None:
    alert = watch_now(now(), MADE, RNG(1))
    assert alert is not None
    assert any(act.kind is Kind.OPEN and act.counter == "q5" for act in alert.acts)


def test_while_the_target_will_be_kept_there_is_no_alarm() -> None:
    calm = now(2, (20.0, 60.0, 20.0), blocks=tuple(b for b in blocks(2.0, 1.0, 0.5) if b.start_s >= NINE))
    assert watch_now(calm, MADE, RNG(1)) is None


def test_what_the_day_has_measured_already_counts() -> None:
    calm = tuple(b for b in blocks(1.0, 1.0, 0.5) if b.start_s >= NINE)
    assert watch_now(now(0, (10.0, 20.0, 10.0), blocks=calm), MADE, RNG(1)) is None
    late = watch_now(now(0, (60.0, 60.0 * 55, 0.0), blocks=calm), MADE, RNG(1))
    assert late is not None and late.mean.value > 20


def test_a_counter_that_takes_the_service_already_is_not_asked_to_learn_it() -> None:
    desks = tuple(
        replace(desk, services=(*desk.services, 0)) if desk.counter != 3 else desk for desk in now().desks
    )
    alert = watch_now(now(40, desks=desks), MADE, RNG(1))
    assert alert is not None
    assert not any(act.kind is Kind.LEARN and act.services == ("cert",) for act in alert.acts)


def test_after_closing_nobody_is_alarmed_and_just_before_it_nothing_is_proposed() -> None:
    assert watch_now(now(now_s=SPANS[-1][1] + 1), MADE, RNG(1)) is None
    end = SPANS[-1][1] - 600
    late = watch_now(replace(now(0, (60.0, 60.0 * 30, 10.0)), now_s=end, blocks=()), MADE, RNG(1))
    assert late is not None and late.acts == ()


def test_before_opening_the_counters_expected_later_are_counted_on() -> None:
    early = replace(now(0, (0.0, 0.0, 0.0)), now_s=25_000.0, desks=(), blocks=blocks(1.0, 1.0, 0.3))
    assert watch_now(early, MADE, RNG(1)) is None
    alone = replace(early, later=(1, 2, 3), blocks=blocks(6.0, 3.0, 0.5))
    alert = watch_now(alone, MADE, RNG(1))
    assert alert is not None and alert.best is not None and alert.best.from_s == 25_000.0


def test_the_same_moment_has_the_same_answer() -> None:
    assert watch_now(now(), MADE, RNG(3)) == watch_now(now(), MADE, RNG(3))
