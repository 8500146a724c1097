"""Accounts shut out of the broker for a while, because the server found that they flood it."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic

SHUT_OUT_S = 60.0


class CutOff:
    """Takes the server's wishes from `folder`: one file an account, gone once it is read."""

    def __init__(self, folder: Path, now_s: Callable[[], float] = monotonic) -> None:
        self._folder, self._now_s = folder, now_s
        self._until: dict[str, float] = {}
        self._asked()

    @property
    def users(self) -> frozenset[str]:
        """Who is shut out as of the last look."""
        return frozenset(self._until)

    def look(self) -> bool:
        """Whether somebody is shut out, or let in again, since the last look."""
        now, before = self._now_s(), self.users
        self._until = {user: until for user, until in self._until.items() if until > now}
        for user in self._asked():
            self._until[user] = now + SHUT_OUT_S
        return self.users != before

    def _asked(self) -> list[str]:
        asked = []
        with suppress(FileNotFoundError):
            for file in self._folder.iterdir():
                file.unlink(missing_ok=True)
                asked.append(file.name)
        return asked
