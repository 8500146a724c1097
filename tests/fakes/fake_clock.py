"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""A Friday, 08:00 in Hanoi."""


class FakeClock:
    """The shape of SystemClock. `advance` moves both clocks, `step` the wall clock alone."""

    def __init__(self, start: datetime = START, synchronised: bool = True) -> None:
        self.at, self.seconds = start, 1000.0
        self.steps = 0.0
        self.known_good = synchronised

    def advance(self, by: timedelta) -> None:
        self.at += by
        self.seconds += by.total_seconds()

    def step(self, seconds: float) -> None:
        self.steps += seconds

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.seconds

    def wall_step(self) -> float:
        step, self.steps = self.steps, 0.0
        return step

    def synchronised(self) -> bool:
        return self.known_good
