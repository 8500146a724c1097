"""What the printing routes need beside the book: the way to the slip printers."""

from typing import Protocol

from queue_server.contract.values import DossierSlip


class SlipDesk(Protocol):
    """Slips on their way to a printer's agent; nothing of them is journaled."""

    def ask(self, id_: str, printer: str, slip: DossierSlip) -> None:
        """Ask for a slip; the same id again is the same slip."""
        ...

    def outcome(self, id_: str) -> tuple[str, str] | None:
        """(waiting, printed, unconfirmed or failed; why), None for a job nobody remembers."""
        ...
