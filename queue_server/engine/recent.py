"""The answers of late, so that a repeated command is known without asking the journal."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence

from queue_server.domain.commands import Command
from queue_server.domain.ids import CommandId
from queue_server.engine.ports import Answer, Journal


class Recent:
    """At most `size` answers, the oldest forgotten first; older ones come from the journal."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._answers: OrderedDict[CommandId, Answer] = OrderedDict()

    def find(self, commands: Sequence[Command], journal: Journal) -> dict[CommandId, Answer]:
        """The answers these commands have had already; raises StorageFailed."""
        found, unknown = {}, set()
        for command in commands:
            answer = self._answers.get(command.id)
            if answer is not None:
                found[command.id] = answer
            else:
                unknown.add(command.id)
        if unknown:
            found.update(journal.answers_to(unknown))
        return found

    def add(self, answers: Iterable[Answer]) -> None:
        for answer in answers:
            self._answers[answer.command_id] = answer
        while len(self._answers) > self._size:
            self._answers.popitem(last=False)
