"""The sample screens that ask: services, priority; and the wait for the answer."""

from __future__ import annotations

from dataclasses import replace

from kiosk.presenters.view_parts import Banner, Press, Span
from kiosk.presenters.view_visit import (
    BusyView,
    PriorityView,
    ServiceCard,
    ServicesView,
)
from kiosk.session.actions import (
    ChoosePriority,
    ChooseService,
    ExplainClosed,
    GoHome,
    ShowPage,
)
from tests.ui.sample_frame import Language, say

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
