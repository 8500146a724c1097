"""A planned day is realistic, and the same for the same seed."""

from pathlib import Path

import numpy as np
from fakes.office_day import ELDERLY, office_config

from queue_server.simulate.day import PlannedDay, plan_day
from queue_server.simulate.place import Place, SimulatedCounter, place_of, service_of

PLACE = Place(
    tuple(service_of(f"s{n}", pictogram) for n, pictogram in enumerate(("stamp", "baby", "house", "coffee"))),
    (SimulatedCounter("c1", ("s0", "s1")), SimulatedCounter("c2", ("s2", "s3"))),
    ("elderly", "disabled"),
)


def planned(seed: int = 1, volume: int = 2000) -> PlannedDay:
    return plan_day(PLACE, np.random.default_rng(seed), volume)


def test_the_same_seed_is_the_same_day_and_another_is_another() -> None:
    assert planned(7) == planned(7)
    assert planned(7) != planned(8)


def test_two_peaks_follow_the_doors_opening() -> None:
    hours = np.bincount([int(v.at_s // 1800) for v in planned().visits], minlength=48)
    assert hours[15:18].mean() > 2 * hours[20:23].mean()
    assert hours[26:29].mean() > 1.5 * hours[31:33].mean()
    assert hours[23:25].sum() == 0


def test_certification_dominates_and_every_service_is_asked_for() -> None:
    firsts = [v.services[0] for v in planned().visits]
    shares = {s.id: firsts.count(s.id) / len(firsts) for s in PLACE.services}
    assert shares["s0"] > 0.5
    assert min(shares.values()) > 0.02


def test_everything_that_happens_in_a_hall_is_planned() -> None:
    visits = planned().visits
    for rare in (
        [v for v in visits if v.priority_group],
        [v for v in visits if not v.comes],
        [v for v in visits if np.isfinite(v.patience_s)],
        [v for v in visits if v.transfer_to],
        [v for v in visits if v.added],
        [v for v in visits if len(v.services) == 2],
        [v for v in visits if v.language == "en"],
    ):
        assert 0.005 < len(rare) / len(visits) < 0.25
    assert all(len(v.services) == len(v.service_s) and min(v.service_s) >= 30 for v in visits)
    assert [v.at_s for v in visits] == sorted(v.at_s for v in visits)


def test_service_times_have_their_services_mean() -> None:
    times = [v.service_s[0] for v in planned().visits if v.services[0] == "s0"]
    assert abs(np.mean(times) - 360) < 25
    assert np.std(times) > 150


def test_every_counter_has_an_officer_in_every_session_with_lunch_between() -> None:
    shifts = planned().shifts
    assert [(s.counter, s.last) for s in shifts] == [("c1", False), ("c2", False), ("c1", True), ("c2", True)]
    assert all(s.on_s < s.off_s for s in shifts)
    assert max(s.off_s for s in shifts[:2]) < min(s.on_s for s in shifts[2:])


def test_a_place_is_read_from_the_office_file() -> None:
    place = place_of(office_config())
    assert place.sessions == ((27000.0, 41400.0), (46800.0, 61200.0))
    assert [c.services for c in place.counters] == [("civil", "land")] * 2
    assert place.priority_groups == (ELDERLY,)
    assert [s.mean_s for s in place.services] == [540.0, 540.0]


def test_the_plan_imports_nothing_that_is_not_pure() -> None:
    room = Path(__file__).parents[3] / "queue_server" / "simulate"
    for file in room.glob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert not [m for m in ("time", "random", "os", "threading", "asyncio") if f"import {m}\n" in text], (
            file
        )
