"""Between the store and the glass: new sessions become views on Kivy's thread, presses become actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kivy.clock import Clock

from kiosk.ports import Present, SessionStore
from kiosk.presenters.views import ScreenView
from kiosk.session.actions import Action

REFRESH_S = 0.25
"""Clock, countdowns and aging figures are presented anew this often; equal views draw nothing."""


class Bridge:
    """`show` is called on Kivy's thread only."""

    def __init__(
        self,
        store: SessionStore,
        present: Present,
        now: Callable[[], datetime],
        show: Callable[[ScreenView], None],
    ) -> None:
        self._store, self._present, self._now, self._show = store, present, now, show
        self._soon = Clock.create_trigger(self._render, 0)
        self._end: Callable[[], None] | None = None
        self._ticker: object = None

    def start(self) -> None:
        """Show the session of now and every later one."""
        self._end = self._store.subscribe(lambda _session: self._soon())
        self._ticker = Clock.schedule_interval(self._render, REFRESH_S)
        self._render(0)

    def stop(self) -> None:
        if self._end is not None:
            self._end()
            self._end = None
        if self._ticker is not None:
            Clock.unschedule(self._ticker)
            self._ticker = None
        self._soon.cancel()

    def dispatch(self, action: Action) -> None:
        """Hand an action to the store; its answer is shown in this frame, changed or not."""
        self._store.dispatch(action)
        self._soon()

    def view(self) -> ScreenView:
        return self._present(self._store.session, self._now())

    def _render(self, _dt: float) -> None:
        self._show(self.view())
