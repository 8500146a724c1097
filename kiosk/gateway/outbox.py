"""Requests the office has not answered yet, kept on this kiosk's disk: none is forgotten over a restart."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from kiosk.drawer import Drawer
from queue_server.contract.requests import VERBS, Request

UNKEPT = {"dossier"}
"""What is never on this disk: a ticket asked for again after a restart is cancelled and needs it not."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A request and its verb, as it was sent the first time."""

    verb: str
    request: Request


class Outbox:
    """Without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._drawer = Drawer(folder)

    def keep(self, verb: str, request: Request) -> None:
        """On disk before it is sent."""
        said = request.model_dump(mode="json", exclude=UNKEPT)
        self._drawer.put(request.id, json.dumps({"verb": verb, "request": said}))

    def answered(self, request: Request) -> None:
        self._drawer.remove(request.id)

    def left_over(self) -> Iterator[Kept]:
        """What an earlier run heard no answer to, oldest first; an unreadable file is removed and logged."""
        for name, text in self._drawer.left_over():
            try:
                kept = json.loads(text)
                verb = kept["verb"]
                yield Kept(verb, VERBS[verb].model_validate(kept["request"]))
            except (ValueError, KeyError, TypeError, ValidationError):
                self._drawer.drop(name)
