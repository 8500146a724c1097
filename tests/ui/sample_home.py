"""The sample home screens: open, with rows, closed, offline."""

from __future__ import annotations

from dataclasses import replace

from kiosk.presenters.view_parts import Banner, Press, Span
from kiosk.presenters.view_visit import (
    HomeView,
)
from kiosk.session.actions import (
    ExplainClosed,
    TakeNumber,
    ToggleLowReach,
)
from tests.ui.sample_frame import Language, say


def home(language: Language = "vi", large: bool = False) -> HomeView:
    vi = language == "vi"
    return HomeView(
        name="home",
        greeting="" if large else say(language, "Xin chào!", "Welcome."),
        title=say(language, "Ông/Bà cần làm gì?", "How can we help?"),
        helper=""
        if large
        else say(language, "Chạm vào một ô bên dưới. Touch to begin.", "Touch one of the boxes below."),
        live_icon="users",
        live=(
            (Span("Đang chờ "), Span("14 người", True), Span("  ·  "), Span("khoảng "), Span("13 phút", True))
            if vi
            else (
                Span("14 people", True),
                Span(" waiting"),
                Span("  ·  "),
                Span("about "),
                Span("13 min", True),
            )
        ),
        hero=Press(
            "home.take_number",
            say(language, "Lấy số thứ tự", "Take a number"),
            TakeNumber(),
            say(language, "Take a queue number", "Lấy số thứ tự"),
            "ticket",
            "primary",
        ),
        aids=(
            Press(
                "aid.low_reach",
                say(language, "Màn hình thấp", "Lower screen"),
                ToggleLowReach(),
                "" if large else say(language, "Lower screen", "Màn hình thấp"),
                "accessibility",
            ),
        ),
    )


def home_with_rows(language: Language = "vi", large: bool = False) -> HomeView:
    """As later issues will fill it, with a closed row."""
    rows = (
        (
            "file",
            "Tra cứu hồ sơ",
            "Track my file",
            "Tạm ngừng: đang mất kết nối",
            "Closed: offline",
            "file-search",
        ),
        (
            "booked",
            "Tôi có lịch hẹn",
            "I have an appointment",
            "Xác nhận đã đến",
            "Check in",
            "calendar-check",
        ),
        (
            "procedures",
            "Tra cứu thủ tục",
            "Look up a procedure",
            "Giấy tờ, lệ phí, thời hạn",
            "Papers, fees, time limits",
            "book-open",
        ),
    )
    return replace(
        home(language, large),
        rows=tuple(
            Press(
                f"home.{key}",
                say(language, vi, en),
                ExplainClosed(),
                say(language, vi2, en2),
                icon,
                "row",
                closed=key == "file",
            )
            for key, vi, en, vi2, en2, icon in rows
        ),
        aids=(),
    )


def out_of_hours(language: Language = "vi", large: bool = False) -> HomeView:
    words = say(language, "Hết giờ nhận hồ sơ, mở lại 13:00", "Closed, reopens 13:00")
    return replace(
        home(language, large),
        name="out_of_hours",
        greeting="",
        title=say(language, "Hết giờ nhận hồ sơ", "The office is closed"),
        live_icon="clock",
        live=(Span(words),),
        hero=Press(
            "home.take_number",
            say(language, "Lấy số thứ tự", "Take a number"),
            ExplainClosed(),
            words,
            "ticket",
            "primary",
            closed=True,
        ),
        notice=Banner(
            "hint", "info", say(language, "Chiều nay nghỉ họp đến 14:00.", "Open from 14:00 today.")
        ),
    )


def offline_home(language: Language = "vi", large: bool = False) -> HomeView:
    return replace(
        home(language, large),
        greeting="",
        title="",
        helper="",
        live=(),
        notice=Banner(
            "fault",
            "wifi-off",
            say(language, "Đang mất kết nối với máy chủ", "Offline"),
            say(
                language,
                "Ông/Bà vẫn lấy được số. Số in ra có giá trị và được gọi đúng thứ tự.",
                "Tickets are issued and stay valid.",
            ),
            say(language, "Offline. Tickets are issued and stay valid.", ""),
        ),
    )
