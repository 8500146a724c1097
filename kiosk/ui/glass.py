"""The whole glass: frame, page, question on top; one finger, four arrows, and who may act when."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.animation import Animation
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.uix.widget import Widget

from assets.theme import Theme
from kiosk.presenters.views import ScreenView
from kiosk.session.actions import Action, Touched
from kiosk.ui import focus, typeset
from kiosk.ui.finger import Finger
from kiosk.ui.geometry import Box
from kiosk.ui.screens.index import PageRack
from kiosk.ui.screens.page import Page
from kiosk.ui.theme import Look
from kiosk.ui.widgets.furniture import Band, Bar, Header
from kiosk.ui.widgets.halo import Halo
from kiosk.ui.widgets.press import Touchable

BUSY_AFTER_S = 0.3
GIVE_UP_S = 5.0
"""A store that never answers must not leave a dead glass."""
SETTLE_S = 0.3
"""A double tap's second half must not press what came up under it."""
MOST_PIXELS = 16_384


class Glass(Widget):
    """Shows views and dispatches the actions of presses; decides nothing else."""

    def __init__(self, theme: Theme, dispatch: Callable[[Action], None], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._theme = theme
        self._dispatch = dispatch
        self.view: ScreenView | None = None
        self.look: Look | None = None
        self.page: Page | None = None
        self.dialog: Page | None = None
        self.rack = PageRack()
        self._finger: Finger[Touchable] = Finger()
        self._locked_on: Touchable | None = None
        self._quiet_until = 0.0
        self._held_since = 0.0
        self._focus: str | None = None
        self._keyboard = False
        self.band, self.header, self.bar, self.halo = Band(), Header(), Bar(), Halo()
        for part in (self.band, self.header, self.bar, self.halo):
            self.add_widget(part)
        self._busy_timer = Clock.create_trigger(self._show_busy, BUSY_AFTER_S)
        self._give_up_timer = Clock.create_trigger(lambda _dt: self._unlock(), GIVE_UP_S)

    # Showing

    def show(self, view: ScreenView) -> None:
        """Draw this view; the answer to the last press, so touches work again."""
        self._unlock()
        look = self._look_of(view)
        if view == self.view and look == self.look:
            return
        before, old_look = self.view, self.look
        self.view, self.look = view, look
        changed = before is None or before.name != view.name or type(before.body) is not type(view.body)
        if look != old_look:
            Window.clearcolor = look.rgba("ground")
        self._frame(view, look)
        self._page(view, look, fade=changed and before is not None and look == old_look)
        self._overlay(view, look)
        if changed:
            self._quiet_until = Clock.get_time() + SETTLE_S if before is not None else 0.0
            self._let_slip()
            self._focus = view.touches[0].key if self._keyboard and view.touches else None
        self._ring()

    def redraw(self) -> None:
        """The panel's size changed: place everything anew."""
        view, self.view, self.look = self.view, None, None
        if view is not None:
            self.show(view)

    def _look_of(self, view: ScreenView) -> Look:
        frame = view.frame
        width, height = max(64, min(MOST_PIXELS, Window.width)), max(64, min(MOST_PIXELS, Window.height))
        return Look(
            self._theme, int(width), int(height), frame.contrast, frame.large_text, frame.low_reach,
            frame.language,
        )  # fmt: skip

    def _frame(self, view: ScreenView, look: Look) -> None:
        zones = look.zones
        self.header.bear(view.frame)
        self.bar.bear(view.frame, look)
        self.band.place(look, zones.band)
        self.header.place(look, zones.header)
        self.bar.place(look, zones.bar)

    def _page(self, view: ScreenView, look: Look, fade: bool) -> None:
        page = self.rack.page(view.body)
        page.fill(view.body, view.frame, look)
        page.arrange(look)
        old = self.page
        if page is old:
            return
        self.page = page
        Animation.cancel_all(page, "opacity")
        page.opacity = 1
        _fade(page, False)
        if page.parent is None:
            self.add_widget(page, index=len(self.children))
        if old is None:
            return
        Animation.cancel_all(old, "opacity")
        if fade and not look.calm and not page.at_once and not old.private:
            self.remove_widget(old)
            self.add_widget(old, index=len(self.children) - 1)
            _fade(old, True)
            leaving = Animation(opacity=0, d=look.theme.motion_ms["screen"] / 1000, t="linear")
            leaving.bind(on_complete=lambda _a, gone: self._gone(gone))
            leaving.start(old)
        else:
            self._gone(old)

    def _gone(self, page: Page) -> None:
        if page is not self.page and page.parent is self:
            self.remove_widget(page)
            _forget(page)

    def _overlay(self, view: ScreenView, look: Look) -> None:
        if view.overlay is None:
            if self.dialog is not None:
                self.remove_widget(self.dialog)
                self.dialog = None
            return
        dialog = self.rack.page(view.overlay)
        dialog.fill(view.overlay, view.frame, look)
        dialog.arrange(look)
        if dialog.parent is None:
            self.add_widget(dialog, index=1)
        self.dialog = dialog

    # Touching

    def live(self) -> dict[str, Touchable]:
        """What can be touched now, by the key of its press, in reading order."""
        if self.dialog is not None:
            parts = list(self.dialog.touchables())
        else:
            parts = list(self.page.touchables()) if self.page else []
            parts += [
                block
                for block in self.bar.blocks()
                if isinstance(block, Touchable) and block.press is not None
            ]
        return {part.press.key: part for part in parts if part.press is not None}

    def at(self, x: float, y: float) -> Touchable | None:
        """What can be touched at a point in px."""
        return next((part for part in self.live().values() if part.box.holds(x, y)), None)

    def on_touch_down(self, touch: Any) -> bool:
        other_button = getattr(touch, "button", None) not in (None, "left")
        now = Clock.get_time()
        if other_button or not self._finger.free(now):
            return True
        self._let_slip()
        self._keyboard = False
        self._focus = None
        self._ring()
        self._dispatch(Touched())
        if self._locked_on is not None or now < self._quiet_until:
            self._finger.rest(touch.uid, now)
            return True
        target = self._finger.down(touch.uid, touch.x, touch.y, self.at, now)
        if target is not None:
            self._held_since = now
            target.hold(True)
        return True

    def on_touch_move(self, touch: Any) -> bool:
        left = self._finger.move(touch.uid, touch.x, touch.y, self.at)
        if left is not None:
            left.hold(False)
        return True

    def on_touch_up(self, touch: Any) -> bool:
        target, pressed = self._finger.up(touch.uid, touch.x, touch.y, self.at)
        if target is None:
            return True
        self._let_go(target)
        if pressed:
            self.act(target)
        return True

    def _let_slip(self) -> None:
        """What the finger is on goes dark; its lifting presses nothing."""
        left = self._finger.forget()
        if left is not None:
            left.hold(False)

    def _let_go(self, target: Touchable) -> None:
        feedback = self._theme.motion_ms["press"] / 1000
        left = feedback - (Clock.get_time() - self._held_since)
        if left <= 0:
            target.hold(False)
        else:
            Clock.schedule_once(lambda _dt: self._end_hold(target), left)

    def _end_hold(self, target: Touchable) -> None:
        if self._finger.target is not target:
            target.hold(False)

    def act(self, target: Touchable) -> None:
        """Dispatch a press, once: nothing else is accepted until it is answered."""
        press = target.press
        if press is None or self._locked_on is not None:
            return
        self._locked_on = target
        self._busy_timer()
        self._give_up_timer()
        self._dispatch(press.action)

    def _unlock(self) -> None:
        self._busy_timer.cancel()
        self._give_up_timer.cancel()
        if self._locked_on is not None:
            self._locked_on.wait(False)
            self._locked_on = None

    def _show_busy(self, _dt: float) -> None:
        if self._locked_on is not None:
            self._locked_on.wait(True)

    # Four arrows and OK

    def arrow(self, arrow: focus.Arrow) -> None:
        """Move the ring."""
        self._keyboard = True
        self._dispatch(Touched())
        live = self.live()
        order = self._order(live)
        boxes: dict[str, Box] = {key: live[key].box for key in order}
        self._focus = focus.moved(order, boxes, self._focus, arrow)
        self._ring()

    def ok(self) -> None:
        """Press what has the ring."""
        target = self.live().get(self._focus or "")
        if target is None or Clock.get_time() < self._quiet_until:
            return
        self._dispatch(Touched())
        self._held_since = Clock.get_time()
        target.hold(True)
        self._let_go(target)
        self.act(target)

    @property
    def focused(self) -> str | None:
        """The key of the press with the ring."""
        return self._focus

    def _order(self, live: dict[str, Touchable]) -> list[str]:
        touches = self.view.touches if self.view else ()
        named = [press.key for press in touches if press.key in live]
        return named + [key for key in live if key not in named]

    def _ring(self) -> None:
        target = self.live().get(self._focus or "") if self._focus else None
        if target is None or self.look is None:
            self._focus = None if target is None else self._focus
            self.halo.around(self.look, None)
        else:
            self.halo.around(self.look, target.box)


def _forget(page: Page) -> None:
    """What one citizen read is on no widget, in no cache, once another page is there."""
    if page.private:
        page.forget()
        typeset.forget()


def _fade(page: Page, fading: bool) -> None:
    for block in page.blocks():
        block.fade(fading)
