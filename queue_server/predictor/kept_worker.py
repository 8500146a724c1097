"""The one worker process of a thread: made when it is first asked for, and anew after it has failed."""

import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

JOIN_S = 0.4
"""So long a thread may take to notice that its worker was killed."""


class Ends(Protocol):
    """A process behind a handle: `kill` from any thread, `close` when nobody asks it any more."""

    def kill(self) -> None: ...

    def close(self) -> None: ...


W = TypeVar("W", bound=Ends)


class KeptWorker(Generic[W]):
    def __init__(self, make: Callable[[], W]) -> None:
        self._make, self._lock = make, threading.Lock()
        self._worker: W | None = None
        self._stopped = False

    @property
    def now(self) -> W | None:
        """The worker, while there is one."""
        return self._worker

    def get(self) -> W | None:
        """The worker, made when there is none; None once it is to stop."""
        with self._lock:
            if self._stopped:
                return None
            if self._worker is None:
                self._worker = self._make()
            return self._worker

    def end(self) -> None:
        """Close it; the next `get` makes another one."""
        worker = self._taken()
        if worker is not None:
            worker.close()

    def stop(self, thread: threading.Thread) -> None:
        """For good: kill it, so that the thread that waits for its answer goes on and ends."""
        with self._lock:
            self._stopped = True
        worker = self._taken()
        if worker is not None:
            worker.kill()
        if thread.is_alive():
            thread.join(JOIN_S)
        if worker is not None and not thread.is_alive():
            worker.close()

    def _taken(self) -> W | None:
        with self._lock:
            worker, self._worker = self._worker, None
        return worker
