"""Tells the listeners what was committed, in order, on a thread of its own."""

import threading
from collections.abc import Callable, Sequence
from queue import SimpleQueue

import structlog

from queue_server.domain.office import Office
from queue_server.engine.ports import Listener, Recorded

_log = structlog.get_logger("engine")


class Teller:
    """A listener that raises is logged and asked again next time; the others hear all the same."""

    def __init__(self) -> None:
        self._news: SimpleQueue[tuple[Office, Sequence[Recorded]] | None] = SimpleQueue()
        self._listeners: tuple[Listener, ...] = ()
        self._changing = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="teller", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Hear of every commit from now on; returns how to stop."""
        with self._changing:
            self._listeners = (*self._listeners, listener)

        def stop() -> None:
            with self._changing:
                self._listeners = tuple(one for one in self._listeners if one is not listener)

        return stop

    def tell(self, office: Office, recorded: Sequence[Recorded]) -> None:
        self._news.put((office, recorded))

    def stop(self, timeout: float) -> None:
        """Tell what is still to be told, then end; waits at most `timeout` seconds."""
        self._news.put(None)
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _run(self) -> None:
        while (news := self._news.get()) is not None:
            for listener in self._listeners:
                try:
                    listener(*news)
                except Exception:
                    _log.exception("listener_failed", seq=news[0].seq)
