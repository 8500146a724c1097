"""What citizens are told, on simulated days nobody tuned on: better than simple rules, and honest ranges."""

from collections.abc import Sequence

from fakes.told_days import ToldDays, commune

from queue_server.waits.figures import VisitRecord
from queue_server.waits.quality import came_true, coverage


def naive_error(visits: Sequence[VisitRecord]) -> float:
    """Of somebody who knew the day's mean in advance and told it to everybody."""
    true = [minutes for v in visits if (minutes := came_true(v)) is not None]
    mean = sum(true) / len(true)
    return sum(abs(minutes - mean) for minutes in true) / len(true)


def test_four_in_five_waits_lie_in_the_range_that_was_told() -> None:
    days = ToldDays(commune())
    told = [days.play(seed, volume) for seed, volume in ((0, 110), (1, 130), (3, 140), (5, 120))]
    pooled = coverage([visit for visits in told for visit in visits])
    assert pooled.n > 400
    assert pooled.coverage is not None and 0.72 <= pooled.coverage <= 0.92
    assert pooled.promise_kept is not None and pooled.promise_kept >= 0.75
    assert pooled.bias_min is not None and abs(pooled.bias_min) < 4
    for visits in told:
        mae = coverage(visits).mae_min
        assert mae is not None and mae < 0.65 * naive_error(visits)
