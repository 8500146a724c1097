"""A turn of the writer: what is asked, decided and written together, and answered after that."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime

from queue_server.domain.commands import Command
from queue_server.domain.ids import CommandId
from queue_server.domain.office import Office
from queue_server.domain.refusals import Refusal
from queue_server.engine.batch import Batch
from queue_server.engine.ports import Answer

Asked = tuple[Command, "Future[Answer]"]


class Turn:
    """`known` are the answers that some of its commands have had before."""

    def __init__(self, office: Office, before: "Turn | None" = None) -> None:
        """`before` is the turn that is being written, whose state this one begins with."""
        self.asked: list[Asked] = []
        self.known: dict[CommandId, Answer] = {}
        self.batch = Batch(office)
        self._before = before.batch.answers if before else {}

    def add(self, asked: Sequence[Asked], known: Mapping[CommandId, Answer]) -> None:
        """To be decided next, but for those that are `known`, or that the turn before answers."""
        self.asked.extend(asked)
        self.known.update(known)
        before = self._before
        self.known.update((c.id, before[c.id]) for c, _ in asked if c.id in before)

    def take_all(self) -> list[Asked]:
        """Who is to be answered in another way; nobody is left."""
        asked, self.asked = self.asked, []
        return asked

    def answer(self) -> None:
        """Complete every future: the first of an id with its answer, later ones with the same as a repeat."""
        batch, first_told = self.batch, set[CommandId]()
        for command, future in self.take_all():
            id_ = command.id
            error = batch.errors.get(id_)
            if id_ in self.known:
                future.set_result(replace(self.known[id_], repeated=True))
            elif error is not None:
                future.set_exception(error)
            elif id_ in first_told:
                future.set_result(replace(batch.answers[id_], repeated=True))
            else:
                first_told.add(id_)
                future.set_result(batch.answers[id_])


def refuse(asked: Sequence[Asked], refusal: Refusal, at: datetime, seq: int) -> None:
    """Complete every future with the same no."""
    for command, future in asked:
        future.set_result(Answer(command.id, at, refusal=refusal, seq=seq))
