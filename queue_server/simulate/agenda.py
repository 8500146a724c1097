"""What is due next in a played day: steps by time, each with its request and what the answer leads to."""

import heapq
from collections.abc import Callable
from functools import partial

from queue_server.simulate.talk import Ask, Counts, Heard

Then = Callable[[float, Heard], None]
"""What an answer leads to, at the second after midnight when it came."""
Step = Callable[[float], tuple[Ask, Then] | None]
"""What happens when it is due: a request and what its answer leads to, or nothing."""
RETRIED = frozenset({"open", "start", "end", "no-show", "sign-off"})
"""Acts without which a counter would stay as it is; asked again a few times before the day goes on."""
MOST_TRIES = 3
RETRY_AFTER_S = 10.0


class Agenda:
    """Ask `next_at`, wait until then, take `step`, ask what it says and give the answer to `answered`."""

    def __init__(self) -> None:
        self.counts = Counts()
        self._heap: list[tuple[float, int, Step]] = []
        self._count = 0
        self._asked: tuple[Ask, Then] | None = None
        self._tries = 0

    def next_at(self) -> float | None:
        """When the next step is due (seconds after the day's midnight); None when the day is over."""
        return self._heap[0][0] if self._heap else None

    def at(self, at: float, step: Step) -> None:
        """This step is due at `at`; of two at one time the earlier entered comes first."""
        self._count += 1
        heapq.heappush(self._heap, (at, self._count, step))

    def step(self) -> Ask | None:
        """The step that is due; None when it needs no request."""
        at, _, step = heapq.heappop(self._heap)
        self._tries = 0
        self._asked = step(at)
        return self._asked[0] if self._asked is not None else None

    def answered(self, now: float, heard: Heard) -> None:
        """The answer to the last step; a refusal is counted and the day goes on."""
        if self._asked is None:
            return
        (ask, then), self._asked = self._asked, None
        if not heard.ok and heard.code != "nobody_waiting":
            refused = self.counts.refused
            refused[heard.code] = refused.get(heard.code, 0) + 1
            if ask.verb in RETRIED and self._tries < MOST_TRIES:
                self.at(now + RETRY_AFTER_S, partial(self._again, ask, then, self._tries + 1))
                return
        then(now, heard)

    def _again(self, ask: Ask, then: Then, tries: int, at: float) -> tuple[Ask, Then]:
        self._tries = tries
        return ask, then
