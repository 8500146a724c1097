"""The one session of a kiosk: actions in turn, from any thread, each followed by its effects."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime

from kiosk.session.actions import Action
from kiosk.session.effects import Effect
from kiosk.session.heard import Crashed
from kiosk.session.reducer import reduce
from kiosk.session.state import Session

_log = logging.getLogger(__name__)

Changed = Callable[[Session], None]


class Store:
    """`kiosk.ports.SessionStore`. `perform` does an effect; it must be quick and may dispatch."""

    def __init__(
        self, session: Session, now: Callable[[], datetime], perform: Callable[[Effect], None]
    ) -> None:
        self._session, self._now, self._perform = session, now, perform
        self._lock = threading.Lock()
        self._waiting: deque[Action] = deque()
        self._working = False
        self._watchers: list[Changed] = []

    @property
    def session(self) -> Session:
        return self._session

    def dispatch(self, action: Action) -> None:
        """Reduces at once, or right after the action that is being reduced. Never raises."""
        with self._lock:
            self._waiting.append(action)
            if self._working:
                return
            self._working = True
        while True:
            with self._lock:
                if not self._waiting:
                    self._working = False
                    return
                action = self._waiting.popleft()
            self._handle(action)

    def subscribe(self, changed: Changed) -> Callable[[], None]:
        with self._lock:
            self._watchers = [*self._watchers, changed]

        def end() -> None:
            with self._lock:
                self._watchers = [watcher for watcher in self._watchers if watcher is not changed]

        return end

    def _handle(self, action: Action) -> None:
        before = self._session
        try:
            self._session, effects = reduce(before, action, self._now())
        except Exception:
            _log.exception("session: %s failed; the safe screen follows", type(action).__name__)
            if not isinstance(action, Crashed):
                self._waiting.append(Crashed("session"))
            return
        for effect in effects:
            try:
                self._perform(effect)
            except Exception:
                _log.exception("session: effect %s failed", type(effect).__name__)
        if self._session != before:
            self._tell()

    def _tell(self) -> None:
        for watcher in self._watchers:
            try:
                watcher(self._session)
            except Exception:
                _log.exception("session: a watcher failed; the others go on")
