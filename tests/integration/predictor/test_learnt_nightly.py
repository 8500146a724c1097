"""A night's learning: from the journal to a file, from the file to what newcomers are told."""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from fakes.office_day import OPENING, OfficeDay, office_config
from fakes.small_office import CIVIL, LAND

from queue_server.domain import commands as c
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.ticket import Told
from queue_server.predictor.answer import MADE_BY, Estimator
from queue_server.predictor.learning import learn, past_rows
from queue_server.predictor.model_file import NAME, NotAModel, read, write
from queue_server.predictor.nightly import Nightly
from queue_server.predictor.question import Now, Question
from queue_server.predictor.snapshot import Learnt, snapshot_of
from queue_server.waits.carried import factor
from queue_server.waits.duty import DutyBook
from queue_server.waits.measure import VisitBook
from queue_server.waits.model import Model
from queue_server.waits.rows import rows_of
from queue_server.waits.trees import Growth

GROWTH = Growth(trees=8, depth=3, least=10)
DAYS = 6


def busy_day(day: OfficeDay, visits: int, seed: int) -> None:
    """Everybody comes in the first hours, two counters serve them one after another."""
    rng = np.random.default_rng(seed)
    for _ in range(visits):
        day.issue((CIVIL, LAND)[int(rng.integers(2))], told=Told(1, 5, 9, 8, "mc1"))
        day.wait(float(rng.exponential(40)))
    for n in range(visits):
        day.serve(("c1", "c2")[n % 2], walk=10, service=float(rng.exponential(90)))  # type: ignore[arg-type]


def next_morning(day: OfficeDay) -> None:
    for number in (1, 2):
        day.do(c.SignOff, counter=f"c{number}")
    day.at += timedelta(days=1)
    day.until(7, 30)
    day.do(c.Tick)
    for number in (1, 2):
        day.do(c.SignOn, counter=f"c{number}", officer=f"o{number}")
        day.do(c.OpenCounter, counter=f"c{number}")


@pytest.fixture(scope="module")
def past() -> OfficeDay:
    day = OfficeDay()
    for n in range(DAYS):
        busy_day(day, 60, n)
        next_morning(day)
    return day


@pytest.fixture(scope="module")
def config() -> OfficeConfig:
    return office_config()


@pytest.fixture(scope="module")
def model(past: OfficeDay, config: OfficeConfig) -> Model:
    rows = past_rows(past.journal, config, OPENING.date() + timedelta(days=DAYS))
    found = learn(rows, config, GROWTH, runs=4)
    assert isinstance(found, Model)
    return found


def question(day: OfficeDay, config: OfficeConfig, model: Model | None) -> Question:
    """What the predictor's thread would ask now."""
    book, duty = VisitBook(config), DutyBook(config.hours.day_of)
    for recorded in day.journal:
        book.hear(recorded)
        duty.hear(recorded)
    today = config.hours.day_of(day.at)
    snapshot = snapshot_of(day.office, day.at, Learnt())
    assert snapshot is not None and model is not None
    rows = rows_of(book.visits(today), {today: duty.stretches(today)}, model.names, config)
    at_s = (day.at - config.hours.midnight(today)).total_seconds()
    return Question(snapshot, 7, Now(rows, at_s, today.toordinal(), config.calling), model)


def test_the_journal_gives_the_rows_that_were_issued_with_the_counters_that_were_open(
    past: OfficeDay, config: OfficeConfig
) -> None:
    rows = past_rows(past.journal, config, OPENING.date() + timedelta(days=DAYS))
    assert (len(rows.log), int(rows.judged.sum()), len(rows.told)) == (60 * DAYS, 60 * DAYS, 60 * DAYS)
    assert len(rows.log.days) == DAYS == len(rows.log.duty)
    first = rows.log.duty[OPENING.date().toordinal()]
    assert {counter for counter, _, _ in first} == {0, 1}
    assert all(since == 7.5 * 3600 < until < np.inf for _, since, until in first)
    assert rows.log.closed[OPENING.date().toordinal()] == ((11.5 * 3600, 13 * 3600),)
    assert rows.log.issued[0] == 7.5 * 3600


def test_newcomers_are_told_by_the_model_and_those_who_wait_by_the_monte_carlo(
    past: OfficeDay, config: OfficeConfig, model: Model
) -> None:
    day = past.twin()
    for _ in range(8):
        day.issue()
        day.wait(20)
    better = replace(model, taught=replace(model.taught, proof=replace(model.taught.proof, share=1.0)))
    better = replace(better, taught=replace(better.taught, proof=replace(better.taught.proof, plain_s=9e9)))
    found = Estimator().answer(question(day, config, better))
    assert {told.made_by for told in found.newcomers.values()} == {MADE_BY}
    assert {told.made_by for told in found.tickets.values()} == {"mc1"}
    assert len(found.newcomers) == 2 and len(found.tickets) == 8
    for told in found.newcomers.values():
        assert 0 <= told.low <= told.median <= told.promise <= told.high


def test_who_waits_carries_on_half_of_the_correction_that_held_when_they_came(
    past: OfficeDay, config: OfficeConfig, model: Model
) -> None:
    day = past.twin()
    for _ in range(8):
        day.issue()
        day.wait(20)
    proof = replace(model.taught.proof, share=1.0, plain_s=9e9)
    better = replace(model, taught=replace(model.taught, proof=proof))
    estimator = Estimator()
    before = estimator.answer(question(day, config, better))
    came = day.issue()
    asked = question(day, config, better)
    after, plain = estimator.answer(asked), Estimator().answer(asked)
    floor_s = model.taught.corrector.floor
    service = CIVIL
    said_s = before.newcomers[service].median * 60.0
    wanted = factor(said_s, before.newcomers_s[service], floor_s)
    assert wanted != pytest.approx(1.0, abs=0.02), "the model corrects here"
    ((_, kept),) = [(place, one) for place, one in estimator._carried.items() if place[0] == came]
    minute = factor(said_s + 60.0, before.newcomers_s[service], floor_s) - wanted
    assert kept == pytest.approx(wanted, abs=minute)
    told, by_itself = after.tickets[came].median, plain.tickets[came].median
    assert (told > by_itself) == (kept > 1) or told == by_itself
    day.wait(20)
    estimator.answer(question(day, config, better))
    assert estimator._carried[came, service] == kept, "what held when they came, not what holds now"
    estimator.answer(replace(question(day, config, better), forget=True, model=None))
    assert estimator._carried == {}


def test_without_proof_of_being_better_or_with_a_damaged_model_the_plain_estimate_stands(
    past: OfficeDay, config: OfficeConfig, model: Model
) -> None:
    worse = replace(model.taught.proof, share=0.0)
    unproved = replace(model, taught=replace(model.taught, proof=worse))
    found = Estimator().answer(question(past, config, unproved))
    assert {told.made_by for told in found.newcomers.values()} == {"mc1"}
    proved = replace(model.taught, proof=replace(worse, share=1.0, plain_s=9e9))
    odd = replace(model, taught=proved, columns=("something else",))
    estimator = Estimator()
    assert {told.made_by for told in estimator.answer(question(past, config, odd)).newcomers.values()} == {
        "mc1"
    }
    assert "learn again" in estimator.wrong


def test_the_file_gives_back_the_very_model(model: Model, tmp_path: Path) -> None:
    path = tmp_path / NAME
    write(model, path)
    again = read(path)
    features = np.random.default_rng(1).uniform(0, 500, (5, len(model.columns)))
    guess = np.full(5, 300.0)
    before, after = (one.taught.corrector.predict(features, guess) for one in (model, again))
    for name in ("low", "median", "promise", "high"):
        np.testing.assert_array_equal(getattr(before, name), getattr(after, name))
    assert (again.until, again.names, again.columns) == (model.until, model.names, model.columns)
    assert (again.factors, again.taught.proof) == (model.factors, model.taught.proof)
    assert path.stat().st_mode & 0o077 == 0
    assert path.stat().st_size < 1_000_000
    assert [p.name for p in tmp_path.iterdir()] == [NAME]


@pytest.mark.parametrize("content", [b"", b"not a model at all", b"PK\x03\x04half"])
def test_a_file_that_is_no_model_is_refused_and_said_to_be_deletable(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(content)
    with pytest.raises(NotAModel, match="delete it"):
        read(path)


class Work:
    """A process that ends when told."""

    def __init__(self) -> None:
        self.code: int | None = None
        self.terminated = False

    def poll(self) -> int | None:
        return self.code

    def terminate(self) -> None:
        self.terminated = True


def nightly(path: Path, begun: list[Work]) -> Nightly:
    def begin() -> Work:
        begun.append(Work())
        return begun[-1]

    return Nightly(path, begin, lambda at: at.astimezone(UTC).date(), settle_s=0)


def days(*numbers: int) -> Sequence[date]:
    return [date(2026, 11, n) for n in numbers]


def test_learning_begins_once_a_day_and_never_beside_itself(tmp_path: Path) -> None:
    begun: list[Work] = []
    nights = nightly(tmp_path / NAME, begun)
    monday, tuesday = days(23, 24)
    assert nights.model(monday) is None and nights.model(monday) is None
    assert len(begun) == 1
    assert nights.model(tuesday) is None and len(begun) == 1, "the first is still at work"
    begun[0].code = 1
    assert nights.model(tuesday) is None and len(begun) == 2
    nights.stop()
    assert begun[1].terminated


def test_a_model_made_today_is_read_at_once_and_not_made_again(model: Model, tmp_path: Path) -> None:
    begun: list[Work] = []
    path = tmp_path / NAME
    nights = nightly(path, begun)
    today = date.fromordinal(model.until + 1)
    write(model, path)
    noon = datetime.combine(today, datetime.min.time(), UTC).timestamp() + 43_200
    os.utime(path, (noon, noon))
    found = nights.model(today)
    assert found is not None and found.until == model.until and nights.model(today) is found
    assert begun == []
    assert nights.model(today + timedelta(days=60)) is None, "too old to be believed"
    path.unlink()
    assert nights.model(today) is None
