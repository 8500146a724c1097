"""What the status page needs: the desk that answers the kiosks' look-ups too."""

from collections.abc import Callable
from typing import Protocol

from queue_server.contract.requests import DossierLookup


class StatusDesk(Protocol):
    """Answers look-ups of dossiers, outside the engine and the journal."""

    def ask(self, client: str, request: DossierLookup, answered: Callable[[bytes], None]) -> None:
        """Returns at once; calls `answered` with a Reply as JSON, on a thread of its own."""
        ...
