"""Requests the office has not answered yet, kept on this kiosk's disk: none is forgotten over a restart."""

import json
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from queue_server.contract.requests import VERBS, Request

_log = logging.getLogger(__name__)
MOST = 500
UNKEPT = {"dossier"}
"""What is never on this disk: a ticket asked for again after a restart is cancelled and needs it not."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A request and its verb, as it was sent the first time."""

    verb: str
    request: Request


class Outbox:
    """One small file a request; without a folder nothing is kept. A full disk is logged and stops nobody."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        if folder is not None:
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as problem:
                _log.error(
                    "outbox %s: %s; requests are not kept over a restart", folder.name, problem.strerror
                )
                self._folder = None

    def keep(self, verb: str, request: Request) -> None:
        """On disk before it is sent."""
        if self._folder is None:
            return
        path = self._folder / f"{request.id}.json"
        text = json.dumps({"verb": verb, "request": request.model_dump(mode="json", exclude=UNKEPT)})
        try:
            with path.with_suffix(".new").open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            path.with_suffix(".new").replace(path)
        except OSError as problem:
            _log.error("outbox: request %s is not kept: %s", request.id, problem.strerror)

    def answered(self, request: Request) -> None:
        if self._folder is not None:
            try:
                (self._folder / f"{request.id}.json").unlink(missing_ok=True)
            except OSError as problem:
                _log.error("outbox: request %s stays: %s", request.id, problem.strerror)

    def left_over(self) -> Iterator[Kept]:
        """What an earlier run heard no answer to, oldest first; an unreadable file is removed and logged."""
        if self._folder is None:
            return
        found = sorted(self._folder.glob("*.json"), key=lambda path: (path.stat().st_mtime, path.name))
        for path in found[-MOST:]:
            try:
                kept = json.loads(path.read_text(encoding="utf-8"))
                verb = kept["verb"]
                yield Kept(verb, VERBS[verb].model_validate(kept["request"]))
            except (OSError, ValueError, KeyError, TypeError, ValidationError):
                _log.error("outbox: %s cannot be read and is dropped", path.name)
                path.unlink(missing_ok=True)
