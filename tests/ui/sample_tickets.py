"""The sample tickets, and the slip that failed."""

from __future__ import annotations

from dataclasses import replace

from kiosk.presenters.view_parts import Banner, Countdown, Press, Span
from kiosk.presenters.view_visit import (
    Fact,
    Paper,
    PrinterFailedView,
    QrBox,
    TicketFacts,
    TicketView,
)
from kiosk.session.actions import (
    Finish,
    RetryPrint,
    WithoutPaper,
)
from tests.ui.sample_frame import TOKEN_URL, Language, say


def facts(language: Language = "vi", number: str = "A012") -> TicketFacts:
    return TicketFacts(
        heading=say(language, "Số thứ tự của Ông/Bà", "Your number"),
        number=number,
        counters=say(language, "Quầy 2 hoặc 3", "Counter 2 or 3"),
        service=say(language, "Chứng thực", "Certification"),
        ahead=Fact(
            say(language, "Trước Ông/Bà", "Ahead of you"),
            "4",
            say(language, "người", "people"),
            say(language, "Đang gọi A007", "Now calling A007"),
        ),
        wait=Fact(
            say(language, "Thời gian chờ khoảng", "Waiting time about"),
            "12–18",
            say(language, "phút", "min"),
            say(language, "Dự kiến được gọi trước 09:59", "Likely called before 09:59"),
        ),
    )


def ticket(language: Language = "vi", large: bool = False, number: str = "A012") -> TicketView:
    return TicketView(
        name="ticket",
        facts=facts(language, number),
        qr=QrBox(
            TOKEN_URL,
            say(language, "Theo dõi lượt trên điện thoại", "Follow on your phone"),
            (
                Span(
                    say(
                        language,
                        "Quét mã này để xem còn bao nhiêu người. Không cần cài ứng dụng, "
                        "không cần đăng nhập.",
                        "Scan this code to see how many people are ahead. No app, no sign-in.",
                    )
                ),
            ),
        ),
        paper=Paper(
            "printed",
            "printer",
            say(language, "Vui lòng nhận phiếu", "Please take your ticket"),
            say(language, "Khe bên dưới màn hình · Take your ticket", "The slot below the screen"),
        ),
        done=Press(
            "ticket.done",
            say(language, "Xong", "Done"),
            Finish(),
            kind="primary",
            countdown=Countdown(12, 0.6),
        ),
    )


def priority_ticket(language: Language = "vi", large: bool = False) -> TicketView:
    """Five characters, a priority, no phone page, nobody at the counters, wait unknown."""
    view = ticket(language, large, "A1012")
    return replace(
        view,
        facts=replace(
            view.facts,
            priority=say(language, "Ưu tiên: người cao tuổi", "Priority: elderly"),
            counters="",
            service=say(language, "Chứng thực bản sao từ bản chính giấy tờ", "Certified copies of originals"),
            wait=Fact(
                say(language, "Thời gian chờ", "Waiting time"),
                say(language, "Chưa tính được", "Not known"),
                "",
                "",
            ),
        ),
        qr=QrBox("", "", ()),
        paper=Paper(
            "printing",
            "printer",
            say(language, "Đang in phiếu", "Printing"),
            say(language, "Ông/Bà chờ một lát", "One moment"),
        ),
        done=replace(view.done, countdown=None),
    )


def printer_failed(language: Language = "vi", large: bool = False) -> PrinterFailedView:
    return PrinterFailedView(
        name="printer_failed",
        facts=facts(language),
        banner=Banner(
            "fault",
            "triangle-alert",
            say(language, "Máy hết giấy, chưa in được phiếu", "Out of paper"),
            say(
                language,
                "Số A012 vẫn có giá trị. Ông/Bà không mất lượt.",
                "A012 is valid, you keep your place.",
            ),
        ),
        qr=QrBox(
            TOKEN_URL,
            say(language, "Quét mã để giữ số", "Scan to keep your number"),
            (
                Span(say(language, "Hoặc ghi nhớ ", "Or remember ")),
                Span("A012", True),
                Span(
                    say(
                        language,
                        " và nghe loa gọi. Nhân viên đã được báo thay giấy.",
                        " and listen for the call. Staff have been told.",
                    )
                ),
            ),
        ),
        retry=Press(
            "printer.retry",
            say(language, "Thử in lại", "Try again"),
            RetryPrint(),
            say(language, "Try again", ""),
            "printer",
        ),
        without=Press(
            "printer.without",
            say(language, "Tiếp tục không cần phiếu", "Continue without paper"),
            WithoutPaper(),
            say(language, "Continue without paper", ""),
            kind="primary",
        ),
    )
