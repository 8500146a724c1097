"""What stands on the glass when even the session's own safe screen cannot be shown, and Kivy's last catch."""

from __future__ import annotations

import logging
from collections.abc import Callable

from kivy.base import ExceptionHandler, ExceptionManager

from kiosk.presenters.view_parts import Frame, PlaceView
from kiosk.presenters.views import MessageView, ScreenView

log = logging.getLogger(__name__)
RESTART_CODE = 3
"""The exit code that asks the supervisor for a new start."""
SHOWN_S = 3.0
"""At least this long the safe screen is readable before the restart."""
LONGEST_S = 60.0
"""A safe screen older than this restarts whatever the session says."""


def last_resort(office_name: str) -> ScreenView:
    """A safe screen that needs neither session nor presenter."""
    frame = Frame(
        office_name=office_name, clock="", date="", language="vi", large_text=False, contrast=False,
        low_reach=False, listen=False,
    )  # fmt: skip
    return ScreenView(
        frame=frame,
        body=MessageView(
            name="safe",
            icon="refresh-cw",
            title="Máy tự khởi động lại…",
            body="Ông/Bà chờ một lát rồi thử lại, số đã lấy vẫn có giá trị.",
            second="Restarting. Please wait a moment; tickets stay valid.",
            places=(
                PlaceView(
                    icon="megaphone",
                    name="Quầy Hướng dẫn",
                    line="Nhân viên cấp số giúp Ông/Bà",
                    second="Staff will give you a number",
                ),
            ),
        ),
    )


class Catch(ExceptionHandler):
    """Every exception that reaches Kivy's loop ends here, is logged with its kind and place, and goes on."""

    def __init__(self, caught: Callable[[Exception], None]) -> None:
        super().__init__()
        self._caught = caught

    def handle_exception(self, inst: Exception) -> int:
        log.error("uncaught in the kiosk's loop", exc_info=inst)
        self._caught(inst)
        return int(ExceptionManager.PASS)
