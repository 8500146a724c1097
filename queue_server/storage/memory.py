"""The journal in memory: the twin of the databases, for tests and for trying an office out."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

from queue_server.domain.ids import CommandId
from queue_server.domain.office import Office
from queue_server.engine.ports import Answer, Append, Displaced, OfficeTaken, Recorded, StorageFailed, done
from queue_server.storage.chain import linked
from queue_server.storage.snapshots import office_of, snapshot_of


@dataclass(slots=True)
class MemoryStore:
    """What several journals of one office share. `fails` makes the next appends fail, as a full disk does."""

    recorded: list[Recorded] = field(default_factory=list)
    answers: dict[CommandId, Answer] = field(default_factory=dict)
    snapshot: bytes | None = None
    epoch: int = 0
    owner: object | None = None
    fails: bool = False


class MemoryJournal:
    """Implements the engine's `Journal` over a MemoryStore."""

    def __init__(self, store: MemoryStore | None = None) -> None:
        self.store = store if store is not None else MemoryStore()
        self._epoch = 0

    def open(self, boot_id: str) -> int:
        if self.store.owner is not None:
            raise OfficeTaken("another queue server runs this office; stop it first")
        self.store.owner = self
        self.store.epoch += 1
        self._epoch = self.store.epoch
        return self._epoch

    def lose_lock(self) -> None:
        """As when the lock's connection is cut: another may take the office while this one believes."""
        self.store.owner = None

    def load(self) -> tuple[Office, Iterator[Recorded]]:
        office = office_of(self.store.snapshot) if self.store.snapshot else Office()
        return office, iter(self.store.recorded[office.seq :])

    def answer_to(self, command_id: CommandId) -> Answer | None:
        return self.store.answers.get(command_id)

    def answers_to(self, command_ids: Collection[CommandId]) -> Mapping[CommandId, Answer]:
        known = self.store.answers
        return {id_: known[id_] for id_ in command_ids if id_ in known}

    def begin(self, batch: Sequence[Append], state: Office) -> "Future[tuple[Recorded, ...]]":
        return done(self.append(batch, state))

    def append(self, batch: Sequence[Append], state: Office) -> tuple[Recorded, ...]:
        if self.store.epoch != self._epoch:
            raise Displaced("another engine has taken over this office; nothing was written")
        if self.store.fails:
            raise StorageFailed("the store was told to fail")
        if any(one.answer.command_id in self.store.answers for one in batch):
            raise StorageFailed("a command was answered before")
        recorded, _ = linked((r for one in batch for r in one.recorded), self.last()[1])
        first = len(self.store.recorded) + 1
        if [r.seq for r in recorded] != list(range(first, first + len(recorded))):
            raise Displaced("the journal has moved on; nothing was written")
        self.store.recorded.extend(recorded)
        self.store.answers.update({one.answer.command_id: one.answer for one in batch})
        return recorded

    def last(self) -> tuple[int, str]:
        if not self.store.recorded:
            return 0, ""
        return self.store.recorded[-1].seq, self.store.recorded[-1].hash

    def save_snapshot(self, state: Office) -> None:
        if 0 < state.seq <= len(self.store.recorded):
            self.store.snapshot = snapshot_of(state)

    def close(self) -> None:
        if self.store.owner is self:
            self.store.owner = None
