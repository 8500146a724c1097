"""Slips asked of this machine's agent whose outcome the office does not know: a kill forgets none."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from kiosk.drawer import Drawer
from queue_server.contract.states import PrintJob


class Prints:
    """Without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._drawer = Drawer(folder)

    def begun(self, job: PrintJob) -> None:
        """On disk before the agent is asked."""
        self._drawer.put(job.id, job.model_dump_json())

    def told(self, job: str) -> None:
        """The outcome is on its way to the office, in the outbox."""
        self._drawer.remove(job)

    def left_over(self) -> Iterator[PrintJob]:
        """What an earlier run began; the agent says what became of it when it is asked once more."""
        for name, text in self._drawer.left_over():
            try:
                yield PrintJob.model_validate_json(text)
            except ValidationError:
                self._drawer.drop(name)
