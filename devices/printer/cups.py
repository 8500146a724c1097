"""A printer behind CUPS: bytes go to the queue raw, through the `lp` command."""

import os
import subprocess
from collections.abc import Sequence
from datetime import timedelta

from PIL import Image

from devices.health import LOST, Health
from devices.ports import Outcome
from devices.printer.encode import encode
from devices.printer.status import one_way, with_detail

TIMEOUT = timedelta(seconds=5)


class CupsPrinter:
    """`SlipPrinter` over a CUPS queue. CUPS tells when it has passed bytes on, never that paper came out."""

    def __init__(
        self,
        queue: str,
        dots: int,
        *,
        lp: Sequence[str] = ("lp",),
        lpstat: Sequence[str] = ("lpstat",),
        timeout: timedelta = TIMEOUT,
    ) -> None:
        self._queue = queue
        self._dots = dots
        self._lp, self._lpstat = tuple(lp), tuple(lpstat)
        self._timeout = timeout.total_seconds()

    @property
    def dots(self) -> int:
        return self._dots

    def print_slip(self, image: Image.Image, job: str) -> Outcome:
        if not self.health().can_print:
            return Outcome("failed", "offline")
        command = [*self._lp, "-d", self._queue, "-t", job, "-o", "raw", "-s"]
        try:
            done = self._run(command, b"".join(encode(image)))
        except subprocess.TimeoutExpired:
            return Outcome("unconfirmed", "timeout")
        except OSError:
            return Outcome("failed", "offline")
        return Outcome("unconfirmed", "no_proof") if done.returncode == 0 else Outcome("failed", "offline")

    def health(self) -> Health:
        try:
            found = self._run([*self._lpstat, "-p", self._queue], b"")
        except (OSError, subprocess.TimeoutExpired) as error:
            return with_detail(LOST, str(error))
        said = found.stdout.decode(errors="replace").strip()
        if found.returncode != 0:
            return with_detail(LOST, f"CUPS has no queue {self._queue}")
        if f"{self._queue} disabled" in said:
            return with_detail(Health(reachable=True, fault="offline"), said)
        return one_way()

    def close(self) -> None:
        """Nothing is kept open."""

    def _run(self, command: list[str], data: bytes) -> subprocess.CompletedProcess[bytes]:
        """In plain English, so that `disabled` can be read. Raises OSError, TimeoutExpired."""
        return subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=self._timeout,
            env={**os.environ, "LC_ALL": "C"},
            check=False,
        )
