"""The corrector learns quantiles of made-up waits; rolling ranges cover what they promise."""

import numpy as np
import pytest

from queue_server.waits.conformal import STEPS, Range, Rolling, bucket
from queue_server.waits.corrector import fit
from queue_server.waits.trees import Growth, binning, boost

SMALL = Growth(trees=60, depth=3, rate=0.1)


def made(rows: int, seed: int) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    """Waits exponential about 100 + 400 × the first column; the second is noise, half unknown."""
    rng = np.random.default_rng(seed)
    features = rng.uniform(size=(rows, 2))
    features[rng.uniform(size=rows) < 0.5, 1] = np.nan
    return features, rng.exponential(100 + 400 * features[:, 0])


def test_ranges_hold_their_share_of_waits_never_seen() -> None:
    features, waits = made(4000, 1)
    model = fit(features, np.zeros(4000), waits, np.random.default_rng(2), SMALL)
    unseen, true = made(4000, 3)
    told = model.predict(unseen, np.zeros(4000))
    assert abs(((told.low <= true) & (true <= told.high)).mean() - 0.8) < 0.04
    assert abs((true <= told.promise).mean() - 0.8) < 0.04
    assert abs((true <= told.median).mean() - 0.5) < 0.04


def test_the_corrector_mends_a_guess_that_is_off() -> None:
    features, waits = made(4000, 1)
    guess = np.full(4000, 1000.0)
    told = fit(features, guess, waits, np.random.default_rng(2), SMALL).predict(features, guess)
    true_median = np.log(2) * (100 + 400 * features[:, 0])
    assert np.abs(told.median - true_median).mean() < 0.15 * true_median.mean()


def test_ranges_are_in_order_and_never_below_nothing() -> None:
    features, waits = made(500, 1)
    told = fit(features, np.zeros(500), waits, np.random.default_rng(2), SMALL).predict(
        features, np.zeros(500)
    )
    assert (told.low >= 0).all()
    for less, more in ((told.low, told.median), (told.median, told.promise), (told.promise, told.high)):
        assert (less <= more).all()


def test_the_same_rows_and_seed_give_the_same_corrector() -> None:
    features, waits = made(500, 1)
    one, other = (
        fit(features, np.zeros(500), waits, np.random.default_rng(2), SMALL).predict(features, np.zeros(500))
        for _ in range(2)
    )
    np.testing.assert_array_equal(one.median, other.median)


def test_columns_other_than_those_learnt_from_are_refused() -> None:
    features, waits = made(200, 1)
    model = fit(features, np.zeros(200), waits, np.random.default_rng(2), SMALL)
    with pytest.raises(ValueError, match="2 columns were learnt from"):
        model.predict(features[:, :1], np.zeros(200))


def test_few_rows_and_a_column_without_values_still_give_a_model() -> None:
    features = np.full((5, 1), np.nan)
    model = fit(features, np.zeros(5), np.full(5, 10.0), np.random.default_rng(2), SMALL)
    assert abs(model.predict(features, np.zeros(5)).median - 10).max() < 0.1


def test_a_tree_sum_finds_a_step_and_what_is_unknown() -> None:
    features = np.repeat([[0.0], [1.0], [np.nan]], 100, axis=0)
    left = np.repeat([5.0, -5.0, 40.0], 100)
    growth = Growth(trees=80, depth=2, rate=0.2, rows=1.0, columns=1.0)
    bins = binning(features)(features)
    found = boost(bins, left, 0.5, growth, np.random.default_rng(1))(bins)
    np.testing.assert_allclose(found, left, atol=0.1)


@pytest.mark.parametrize("wrong", [0.3, 1.0, 4.0])
def test_rolling_ranges_cover_80_percent_however_wrong_the_raw_ones_are(wrong: float) -> None:
    rng, rolling = np.random.default_rng(4), Rolling()
    inside, kept, many, settled = 0, 0, 6000, 1000
    for n in range(many + settled):
        raw = Range(100 - 30 * wrong, 100.0, 100 + 20 * wrong, 100 + 30 * wrong)
        keys = ("all", ("office", n % 3), ("service", n % 7, bucket(n % 4)))
        told, wait = rolling.told(raw, keys), float(rng.normal(100, 30))
        inside += n >= settled and told.low <= wait <= told.high
        kept += n >= settled and wait <= told.promise
        rolling.heard(told, wait, keys)
    assert abs(inside / many - 0.8) < 0.02
    assert abs(kept / many - 0.8) < 0.02


def test_rolling_ranges_follow_an_office_whose_waits_change() -> None:
    rng, rolling, inside = np.random.default_rng(4), Rolling(), []
    for n in range(4000):
        keys = ("all", "office", "service")
        told = rolling.told(Range(70, 100, 110, 130), keys)
        wait = float(rng.normal(100, 15 if n < 2000 else 80))
        inside.append(told.low <= wait <= told.high)
        rolling.heard(told, wait, keys)
    assert abs(np.mean(inside[3000:]) - 0.8) < 0.04


def test_a_miss_widens_and_a_hit_narrows_by_less() -> None:
    raw, keys = Range(90, 100, 105, 110), ("all", "office", "service")
    missed, held = Rolling(), Rolling()
    missed.heard(raw, 200, keys)
    held.heard(raw, 101, keys)
    assert missed.told(raw, keys).high > 110 > held.told(raw, keys).high > 109
    assert missed.told(raw, keys).promise > 105 > held.told(raw, keys).promise
    assert len(STEPS) == len(keys)


def test_a_range_of_no_width_can_still_widen() -> None:
    raw, keys, rolling = Range(0, 0, 0, 60), ("all", "office", "service"), Rolling()
    for _ in range(200):
        rolling.heard(rolling.told(raw, keys), 30, keys)
    assert rolling.told(raw, keys).promise >= 30


def test_positions_fall_into_five_buckets() -> None:
    assert [bucket(ahead) for ahead in (0, 1, 2, 3, 5, 6, 10, 11, 80)] == [0, 1, 1, 2, 2, 3, 3, 4, 4]
