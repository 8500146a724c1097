"""Commands decided by the real rules and made ready for a journal, as the engine does it."""

from collections.abc import Sequence
from datetime import timedelta

from fakes.fake_clock import FakeClock
from fakes.small_office import configure, fresh

from queue_server.domain.commands import Command
from queue_server.domain.decide import decide
from queue_server.domain.evolve import evolve
from queue_server.domain.office import Office
from queue_server.engine.batch import Batch, Behaviour, decide_batch
from queue_server.engine.ports import Append, Recorded


class Story:
    """`tell` decides commands on what was told before; `office` is the state after it."""

    def __init__(self, office: Office | None = None) -> None:
        self.office = office or Office()
        self.clock = FakeClock()

    def tell(self, *commands: Command) -> list[Append]:
        self.clock.advance(timedelta(seconds=1))
        behaviour = Behaviour(decide, evolve, lambda _o, command, _d, _a: f'{{"for":"{command.id}"}}')
        clock = self.clock
        batch = Batch(self.office)
        decide_batch(batch, commands, {}, behaviour, clock.now, clock.monotonic, fresh, "boot-1")
        assert not batch.errors, batch.errors
        self.office = batch.office
        return batch.appends

    def begin(self) -> list[Append]:
        """The office is configured."""
        return self.tell(configure())


def events(batch: Sequence[Append]) -> list[object]:
    return [one.event for append in batch for one in append.recorded]


def bare(recorded: Sequence[Recorded]) -> list[tuple[object, ...]]:
    """Everything of recorded events but their hashes."""
    return [(r.seq, r.id, r.at, r.event, r.command_id, r.by, r.boot_id, r.monotonic) for r in recorded]
