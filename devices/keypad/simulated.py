"""A call keypad without keys: characters written into a named pipe are its presses."""

import os
import stat
from pathlib import Path

from devices.keypad.decoding import PlainKeys
from devices.keypad.line_keys import EventKeys
from devices.line import LineDown


class PipeKeys(EventKeys):
    """`Keys`: `echo -n N > <path>` presses Next. The pipe is made when it is missing."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, PlainKeys())
        self._pipe = path

    def open(self) -> None:
        try:
            self._pipe.parent.mkdir(parents=True, exist_ok=True)
            if not self._pipe.exists():
                os.mkfifo(self._pipe, 0o600)
            if not stat.S_ISFIFO(self._pipe.stat().st_mode):
                raise LineDown("offline", "there is a file of this name that is no pipe")
        except OSError as error:
            raise LineDown("offline", str(error.strerror)) from error
        super().open()
