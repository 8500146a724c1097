"""What asks a provincial system, as a port: only an office that has one imports the HTTP library."""

from typing import Any, Protocol


class Unanswered(Exception):
    """No usable answer came; `why` is one word for the log."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Transport(Protocol):
    """What asks a provincial system; tests may put another in its place."""

    def ask(self, code: str) -> Any | None:
        """The parsed answer, None where the system has no such dossier. Raises Unanswered."""
        ...

    def close(self) -> None: ...
