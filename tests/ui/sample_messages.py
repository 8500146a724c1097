"""The sample messages: server lost, refused, safe, still there, help called."""

from __future__ import annotations

from kiosk.presenters.view_parts import Countdown, PlaceView, Press
from kiosk.presenters.views import HelpView, MessageView, StillThereView
from kiosk.session.actions import (
    CloseHelp,
    Finish,
    GoHome,
    StillHere,
    TryAgain,
)
from tests.ui.sample_frame import Language, say


def server_lost(language: Language = "vi", large: bool = False) -> MessageView:
    return MessageView(
        name="server_lost",
        icon="pause",
        title=say(language, "Máy này tạm ngừng phục vụ", "This kiosk is out of service"),
        body=say(language, "Chúng tôi xin lỗi Ông/Bà vì sự bất tiện này.", "We apologise."),
        second=say(language, "This kiosk is out of service. We apologise.", ""),
        places=(
            PlaceView(
                "arrow-right",
                say(language, "Kiosk 2, cạnh cửa ra vào", "Kiosk 2, beside the entrance"),
                say(language, "Đang cấp số bình thường", "It is working"),
                say(language, "Kiosk 2 is working", ""),
            ),
            PlaceView(
                "megaphone",
                say(language, "Quầy Hướng dẫn", "Help desk"),
                say(language, "Nhân viên cấp số giúp Ông/Bà", "Staff will give you a number"),
                say(language, "Staff will give you a number", ""),
            ),
        ),
        footer=(
            say(
                language,
                "Ai đã có số vẫn được gọi bình thường.",
                "Everyone with a number is called as usual.",
            ),
            say(language, "Mã sự cố: K1-PRN-02 · đã báo lúc 09:31", "Fault K1-PRN-02 · reported at 09:31"),
        ),
    )


def refused(language: Language = "vi", large: bool = False) -> MessageView:
    return MessageView(
        name="refused",
        icon="triangle-alert",
        title=say(language, "Việc này vừa hết số hôm nay", "No more numbers today"),
        body=say(
            language,
            "Mời Ông/Bà chọn việc khác hoặc hỏi quầy Hướng dẫn.",
            "Choose another service or ask the help desk.",
        ),
        presses=(
            Press(
                "refused.again",
                say(language, "Chọn việc khác", "Another service"),
                TryAgain(),
                icon="list",
                kind="primary",
            ),
            Press("refused.home", say(language, "Về trang đầu", "Home"), GoHome(), icon="house"),
        ),
    )


def safe(language: Language = "vi", large: bool = False) -> MessageView:
    return MessageView(
        name="safe",
        icon="refresh-cw",
        title=say(language, "Máy tự khởi động lại…", "Restarting…"),
        body=say(language, "Số của Ông/Bà vẫn có giá trị.", "Your number stays valid."),
        number="A012",
        places=(
            PlaceView(
                "megaphone",
                say(language, "Quầy Hướng dẫn", "Help desk"),
                say(language, "Nhân viên giúp Ông/Bà ngay", "Staff will help you"),
                "",
            ),
        ),
    )


def still_there(language: Language = "vi", large: bool = False) -> StillThereView:
    return StillThereView(
        name="still_there",
        countdown=Countdown(9, 0.6),
        title=say(language, "Ông/Bà còn ở đó không?", "Are you still there?"),
        body=say(
            language,
            "Sau 9 giây, màn hình về trang đầu và xoá những gì vừa nhập.",
            "In 9 seconds the screen goes home and forgets what you entered.",
        ),
        second=say(language, "Are you still there?", ""),
        here=Press("still.here", say(language, "Tôi vẫn ở đây", "I am here"), StillHere(), kind="primary"),
        leave=Press("still.leave", say(language, "Kết thúc, về trang đầu", "Finish, go home"), Finish()),
    )


def help_called(language: Language = "vi", large: bool = False) -> HelpView:
    return HelpView(
        "help",
        "megaphone",
        say(language, "Đã báo quầy Hướng dẫn", "The help desk was called"),
        say(
            language,
            "Nhân viên sẽ đến giúp Ông/Bà. Mời Ông/Bà đứng chờ tại máy.",
            "Somebody will come. Please wait at the kiosk.",
        ),
        say(language, "Somebody is coming to help.", ""),
        Press("help.close", say(language, "Đóng", "Close"), CloseHelp(), kind="primary"),
    )
