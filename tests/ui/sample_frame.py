"""The office of the sample views, its words in both languages, and the frame around every screen."""

from __future__ import annotations

from typing import Literal

from kiosk.presenters.view_parts import Frame, LanguageSwitch, Press
from kiosk.session.actions import (
    AnotherNumber,
    CallHelp,
    GoBack,
    GoHome,
    Reprint,
    SetLanguage,
    ToggleContrast,
    ToggleLargeText,
    ToggleListen,
)

Language = Literal["vi", "en"]
OFFICE = "Trung tâm Phục vụ hành chính công xã Thanh Bình"
TOKEN_URL = "https://motcua.thanhbinh.example/t/k7PqW2xZ9bLmN4cV"


def say(language: Language, vi: str, en: str) -> str:
    return vi if language == "vi" else en


def frame(
    language: Language = "vi",
    *,
    contrast: bool = False,
    large: bool = False,
    low: bool = False,
    home: bool = False,
    kind: str = "question",
) -> Frame:
    """The frame of a screen; `kind` is question, ticket, failed or none."""

    def key(name: str, vi: str, en: str, icon: str, action: object, selected: bool = False) -> Press:
        return Press(name, say(language, vi, en), action, icon=icon, kind="key", selected=selected)  # type: ignore[arg-type]

    large_key = key("bar.large_text", "Chữ lớn", "Large text", "a-large-small", ToggleLargeText(), large)
    contrast_key = key("bar.contrast", "Tương phản", "Contrast", "contrast", ToggleContrast(), contrast)
    listen = key("bar.listen", "Nghe đọc", "Listen", "headphones", ToggleListen())
    other = Press(
        "bar.language",
        say(language, "English", "Tiếng Việt"),
        SetLanguage("en" if language == "vi" else "vi"),
        icon="languages",
        kind="key",
    )
    home_key = key("bar.home", "Trang đầu", "Home", "house", GoHome())
    bars = {
        "home": (large_key, contrast_key, listen),
        "question": (
            key("bar.back", "Quay lại", "Back", "arrow-left", GoBack()),
            other,
            large_key,
            contrast_key,
            listen,
        ),
        "ticket": (
            key("bar.reprint", "In lại phiếu", "Reprint", "rotate-ccw", Reprint()),
            key("bar.another", "Lấy thêm số", "Another number", "ticket", AnotherNumber()),
            other,
            contrast_key,
            listen,
        ),
        "failed": (home_key, other, large_key, contrast_key, listen),
        "none": (),
    }
    name = "home" if home else kind
    switch = LanguageSwitch(
        Press("bar.vietnamese", "Tiếng Việt", SetLanguage("vi"), kind="key", selected=language == "vi"),
        Press("bar.english", "English", SetLanguage("en"), kind="key", selected=language == "en"),
    )
    help_press = Press(
        "help",
        say(language, "Tôi cần giúp", "I need help"),
        CallHelp(),
        "" if large else say(language, "I need help", "Tôi cần giúp"),
        "life-buoy",
    )
    return Frame(
        office_name=OFFICE,
        clock="09:42",
        date=say(language, "Thứ Sáu, 20/11/2026", "Friday, 20/11/2026"),
        language=language,
        large_text=large,
        contrast=contrast,
        low_reach=low,
        listen=False,
        bar=bars[name],
        switch=switch if name == "home" else None,
        help=help_press if name in {"home", "question"} else None,
    )
