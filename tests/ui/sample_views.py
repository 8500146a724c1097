"""Views as the presenters make them, in both languages: the design's sample office on 20/11/2026."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from kiosk.presenters.view_parts import Banner, Countdown, Frame, LanguageSwitch, PlaceView, Press, Span
from kiosk.presenters.view_visit import (
    BusyView,
    Fact,
    HomeView,
    Paper,
    PrinterFailedView,
    PriorityView,
    QrBox,
    ServiceCard,
    ServicesView,
    TicketFacts,
    TicketView,
)
from kiosk.presenters.views import Body, HelpView, MessageView, OverlayView, ScreenView, StillThereView
from kiosk.session.actions import (
    AnotherNumber,
    CallHelp,
    ChoosePriority,
    ChooseService,
    CloseHelp,
    ExplainClosed,
    Finish,
    GoBack,
    GoHome,
    Reprint,
    RetryPrint,
    SetLanguage,
    ShowPage,
    StillHere,
    TakeNumber,
    ToggleContrast,
    ToggleLargeText,
    ToggleListen,
    ToggleLowReach,
    TryAgain,
    WithoutPaper,
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


SERVICES = (
    ("A", "Chứng thực", "Certification", "Bản sao, chữ ký", "Copies, signatures", "stamp", "12–18", 4),
    ("B", "Hộ tịch", "Civil status", "Khai sinh, kết hôn", "Birth, marriage", "users", "10–16", 2),
    ("C", "Đất đai", "Land", "Đăng ký, đính chính sổ", "Registration, titles", "map", "25–40", 3),
    ("D", "Cư trú", "Residence", "Thường trú, tạm trú", "Permanent, temporary", "house", "8–14", 2),
    (
        "E",
        "Hộ kinh doanh",
        "Household business",
        "Đăng ký, thay đổi",
        "Register, change",
        "store",
        "15–25",
        1,
    ),
    (
        "G",
        "Bảo trợ xã hội",
        "Social support",
        "Trợ cấp, khuyết tật",
        "Benefits, disability",
        "hand-heart",
        "5–10",
        1,
    ),
    ("H", "Xây dựng", "Construction", "Giấy phép nhà ở", "House permits", "hammer", "", 0),
    ("K", "Nhận kết quả", "Collect results", "Đã có giấy hẹn", "With a receipt", "package-check", "3–6", 1),
)


def card(n: int, language: Language) -> ServiceCard:
    letter, vi, en, ex_vi, ex_en, icon, wait, people = SERVICES[n]
    closed = not wait
    return ServiceCard(
        press=Press(
            f"service.{letter}",
            say(language, vi, en),
            ExplainClosed(letter) if closed else ChooseService(letter),
            kind="card",
            closed=closed,
        ),
        letter=letter,
        pictogram=icon,
        example=say(language, ex_vi, ex_en),
        strong=say(language, "Tạm ngừng đến 13:30", "Closed until 13:30")
        if closed
        else say(language, f"khoảng {wait} phút", f"about {wait} min"),
        plain=say(language, "Công chức đi thực địa", "Staff on site visit")
        if closed
        else say(language, f"{people} người đang chờ", f"{people} waiting"),
    )


def services(language: Language = "vi", large: bool = False) -> ServicesView:
    count = 4 if large else 8
    return ServicesView(
        name="services",
        title=say(language, "Chọn việc cần làm", "Choose a service"),
        intro=""
        if large
        else say(
            language,
            "Thời gian chờ là dự báo: 8 trong 10 người được gọi trong khoảng ghi trên ô.",
            "Forecast: 8 in 10 people are called within the range.",
        ),
        hint=Banner(
            "hint",
            "info",
            "",
            spans=(
                (Span("Chưa biết chọn ô nào? Mời hỏi "), Span("quầy Hướng dẫn", True), Span(" ở cửa vào."))
                if language == "vi"
                else (Span("Not sure? Ask the "), Span("help desk", True), Span("."))
            ),
        ),
        cards=tuple(card(n, language) for n in range(count)),
        more=Press("services.more", say(language, "Xem thêm", "More"), ShowPage(1), icon="chevron-right")
        if large
        else None,
        page_words=say(language, "Trang 1 trên 2", "Page 1 of 2") if large else "",
    )


def long_services(language: Language = "vi", large: bool = False) -> ServicesView:
    """Long names, a note, a day without numbers: what an office file may hold."""
    view = services(language, large)
    cards = list(view.cards)
    cards[1] = replace(
        cards[1],
        note=say(
            language,
            "Nộp sau 15:00, kết quả trả ngày làm việc tiếp theo.",
            "After 15:00, result next working day.",
        ),
    )
    cards[2] = replace(
        cards[2],
        press=replace(
            cards[2].press,
            label=say(language, "Đất đai, môi trường và tài nguyên", "Land, environment and resources"),
        ),
        strong=say(language, "Chưa tính được thời gian chờ", "Wait not known"),
    )
    cards[3] = replace(
        cards[3],
        strong=say(language, "Đã hết số hôm nay", "No more numbers today"),
        press=replace(cards[3].press, closed=True),
        plain=say(language, "Mời quay lại sáng mai", "Come back tomorrow"),
    )
    return replace(view, cards=tuple(cards))


def priority(language: Language = "vi", large: bool = False) -> PriorityView:
    groups = (
        ("elderly", "Người cao tuổi", "Elderly", "Từ 75 tuổi trở lên", "75 and older", "person-standing"),
        (
            "disabled",
            "Người khuyết tật",
            "Person with disability",
            "Nặng, đặc biệt nặng",
            "Severe",
            "accessibility",
        ),
        (
            "mother",
            "Mang thai, nuôi con nhỏ",
            "Pregnant or with small child",
            "Con dưới 36 tháng tuổi",
            "Child under 36 months",
            "baby",
        ),
        ("merit", "Người có công", "Person of merit", "Thương binh, bệnh binh…", "War invalids", "medal"),
    )
    return PriorityView(
        name="priority",
        above=""
        if large
        else say(language, "Chứng thực · Bản sao, chữ ký", "Certification · Copies, signatures"),
        title=say(language, "Ông/Bà có thuộc diện ưu tiên không?", "Are you entitled to priority service?"),
        intro=say(
            language, "Công chức xem giấy tờ khi Ông/Bà đến quầy.", "Papers are checked at the counter."
        ),
        second="" if large else say(language, "Are you entitled to priority service?", ""),
        groups=tuple(
            Press(
                f"priority.{key}",
                say(language, vi, en),
                ChoosePriority(key),
                say(language, h_vi, h_en),
                icon,
                "card",
            )
            for key, vi, en, h_vi, h_en, icon in groups
        ),
        ordinary=Press(
            "priority.none",
            say(language, "Không, lấy số thường", "No, ordinary ticket"),
            ChoosePriority(None),
            "" if large else say(language, "No, ordinary ticket", ""),
            "arrow-right",
            "primary",
        ),
    )


def busy(language: Language = "vi", large: bool = False) -> BusyView:
    return BusyView(
        "issuing",
        say(language, "Đang lấy số…", "Getting your number…"),
        say(language, "Ông/Bà chờ một lát.", "One moment please."),
    )


def busy_late(language: Language = "vi", large: bool = False) -> BusyView:
    return BusyView(
        "issuing_late",
        say(language, "Vẫn đang lấy số…", "Still getting your number…"),
        "",
        Banner(
            "fault",
            "wifi-off",
            say(language, "Máy chủ trả lời chậm", "The server is slow"),
            say(
                language,
                "Số của Ông/Bà không mất và không bị cấp hai lần.",
                "Your number is not lost and is given only once.",
            ),
        ),
        (Press("busy.home", say(language, "Thôi, về trang đầu", "Stop, go home"), GoHome(), icon="house"),),
    )


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


SCREENS = {
    "home": (home, "home"),
    "home-rows": (home_with_rows, "home"),
    "home-offline": (offline_home, "home"),
    "out-of-hours": (out_of_hours, "home"),
    "services": (services, "question"),
    "services-long": (long_services, "question"),
    "priority": (priority, "question"),
    "issuing": (busy, "none"),
    "issuing-late": (busy_late, "failed"),
    "ticket": (ticket, "ticket"),
    "ticket-priority": (priority_ticket, "ticket"),
    "printer-failed": (printer_failed, "failed"),
    "server-lost": (server_lost, "none"),
    "refused": (refused, "failed"),
    "safe": (safe, "none"),
}


def overlong(language: Language = "vi", large: bool = False) -> HomeView:
    """A word no panel has room for: what the measure must find."""
    return replace(home(language, large), title="Nghĩavụquânsự" * 4)


FAULTS = {"overlong": (overlong, "home")}
OVERLAYS = {"still-there": still_there, "help-called": help_called}
MAIN = ("home", "services", "priority", "ticket", "printer-failed", "still-there", "server-lost")


def screen(
    name: str, language: Language = "vi", *, contrast: bool = False, large: bool = False, low: bool = False
) -> ScreenView:
    """A whole screen by its name in SCREENS or OVERLAYS (those over the services)."""
    overlay: OverlayView | None = None
    if name in OVERLAYS:
        overlay = OVERLAYS[name](language, large)
        name = "services"
    make, kind = {**SCREENS, **FAULTS}[name]
    body: Body = make(language, large)  # type: ignore[operator]
    around = frame(language, contrast=contrast, large=large, low=low, home=kind == "home", kind=kind)
    return ScreenView(around, body, overlay)
