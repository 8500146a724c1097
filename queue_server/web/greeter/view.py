"""The reception desk as finished strings: services to issue for, calls for help, and one ticket looked up."""

from collections.abc import Callable, Sequence
from datetime import datetime

from queue_server.domain.availability import why_not
from queue_server.domain.eligibility import stranded
from queue_server.domain.ids import ServiceId
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.queue_view import counters_of, people_ahead, waiting_by_service
from queue_server.domain.refusals import Code, Refusal
from queue_server.domain.ticket import Ticket, Told
from queue_server.domain.ticket_table import TicketAct, TicketState, after
from queue_server.domain.words import Words
from queue_server.web.hall.format import HOUR_MIN, SOON_MIN
from queue_server.web.say import clock, counted, counter_name, either, service_name

STATES: dict[TicketState, tuple[Words, str]] = {
    TicketState.WAITING: (Words("Đang chờ", "Waiting"), "blue"),
    TicketState.CALLED: (Words("Đang mời vào quầy", "Being called"), "gold"),
    TicketState.SERVING: (Words("Đang phục vụ", "Being served"), "green"),
    TicketState.PARKED: (Words("Tạm gác", "Parked"), ""),
    TicketState.AWAITING_RESULT: (Words("Chờ kết quả", "Awaiting its result"), ""),
    TicketState.NO_SHOW: (Words("Vắng mặt khi gọi", "Missed the call"), "gold"),
    TicketState.SERVED: (Words("Đã xong", "Served"), "green"),
    TicketState.CANCELLED: (Words("Đã huỷ", "Cancelled"), ""),
    TicketState.ABANDONED: (Words("Đã bỏ về", "Left"), ""),
}
OFFERED: tuple[tuple[TicketAct, str, Words], ...] = (
    (TicketAct.COME_BACK, "come-back", Words("Công dân đã quay lại", "The citizen is back")),
    (TicketAct.UNPARK, "unpark", Words("Cho vào hàng lại", "Back into the queue")),
    (TicketAct.RESULT_READY, "result-ready", Words("Đã có kết quả", "The result is ready")),
    (TicketAct.CHANGE_PRIORITY, "priority", Words("Đổi ưu tiên", "Change priority")),
    (TicketAct.TRANSFER, "transfer", Words("Chuyển", "Transfer")),
    (TicketAct.CANCEL, "cancel", Words("Huỷ số", "Cancel")),
)


def desk(
    office: Office,
    now: datetime,
    newcomer: Callable[[ServiceId], Told | None],
    language: str,
    notices: Sequence[str] = (),
) -> dict[str, object]:
    """The live part of the page; `notices` are sentences about kiosks."""
    config = office.config
    if config is None:
        return {"services": [], "help": [], "stranded": [], "doubt": ""}
    waiting = waiting_by_service(office)
    return {
        "services": [
            {
                "id": s.id,
                "letter": s.letter,
                "name": s.name.in_(language),
                "example": s.example.in_(language),
                "now": waiting_words(waiting[s.id], newcomer(s.id), language),
                "why": closed_words(config, why_not(office, s, now), language),
            }
            for s in config.services
        ],
        "help": [
            {
                "kiosk": kiosk,
                "name": next((k.name.in_(language) for k in config.kiosks if k.id == kiosk), kiosk),
                "since": at.isoformat(),
            }
            for kiosk, at in sorted(office.help_asked.items(), key=lambda asked: asked[1])
        ],
        "stranded": [
            *(stranded_words(office, s, n, language) for s, n in stranded_services(office).items()),
            *notices,
        ],
        "doubt": either(
            language,
            "Giờ máy chủ chưa được xác nhận nên chưa cấp số được. Nhờ phụ trách xác nhận ở trang Quản trị.",
            "The server's clock is not confirmed, so no numbers are given. Ask a supervisor.",
        )
        if office.clock_doubt
        else "",
    }


def stranded_services(office: Office) -> dict[ServiceId, int]:
    """Services with people in a queue that no signed-on counter takes, and how many they are."""
    counts: dict[ServiceId, int] = {}
    for key in stranded(office):
        counts[key.target.service] = counts.get(key.target.service, 0) + len(office.queues[key])
    return counts


def stranded_words(office: Office, service: ServiceId, waiting: int, language: str) -> str:
    name = service_name(office, service, language)
    return either(
        language,
        f"{name}: {waiting} người chờ mà chưa có quầy nào nhận. Báo phụ trách mở quầy.",
        f"{name}: {waiting} waiting and no open counter takes it. Tell a supervisor.",
    )


def waiting_words(waiting: int, told: Told | None, language: str) -> str:
    """ "6 người chờ · khoảng 12–18 phút", "Chưa có người chờ"."""
    if not waiting:
        return either(language, "Chưa có người chờ", "No one waiting")
    return either(language, f"{waiting} người chờ", f"{waiting} waiting") + f" · {wait_range(told, language)}"


def wait_range(told: Told | None, language: str) -> str:
    """ "khoảng 12–18 phút"; unknown is said, never 0."""
    if told is None:
        return either(language, "Chưa tính được", "Not known")
    if told.high < SOON_MIN:
        return either(language, "Sắp đến lượt", "Soon")
    if told.low >= HOUR_MIN:
        return either(language, "hơn 1 giờ", "over 1 hour")
    span = f"{told.low}" if told.low == told.high else f"{told.low}–{told.high}"
    return either(language, f"khoảng {span}\u00a0phút", f"about {span}\u00a0min")


def closed_words(config: OfficeConfig, refusal: Refusal | None, language: str) -> str:
    """Why a service gives no numbers and until when; empty when it does."""
    if refusal is None:
        return ""
    until = ""
    if "reopens_at" in refusal.detail:
        at = clock(config.hours, datetime.fromisoformat(refusal.detail["reopens_at"]))
        until = either(language, f" đến {at}", f" until {at}")
    match refusal.code:
        case Code.SERVICE_CLOSED:
            reason = refusal.detail.get("reason_en" if language == "en" else "reason_vi", "")
            reason = reason or refusal.detail.get("reason_vi", "")
            return either(language, f"Tạm ngừng{until} · {reason}", f"Closed{until} · {reason}")
        case Code.OUT_OF_HOURS:
            return either(language, "Hết giờ nhận hồ sơ", "Outside opening hours")
        case _:
            return either(language, "Đã hết số hôm nay", "No more numbers today")


def card(
    office: Office, ticket: Ticket, now: datetime, told: Told | None, language: str
) -> dict[str, object]:
    """One ticket: its state, lines to read to the citizen, and what can be done with it now."""
    words, tone = STATES[ticket.state]
    return {
        "id": ticket.id,
        "number": ticket.number,
        "service": service_name(office, ticket.service, language),
        "state": words.in_(language),
        "tone": tone,
        "lines": _lines(office, ticket, now, told, language),
        "acts": [
            {"verb": verb, "text": words.in_(language)}
            for act, verb, words in OFFERED
            if after(ticket.state, act) is not None
        ]
        + (
            [{"verb": "print", "text": either(language, "In lại phiếu", "Reprint")}]
            if after(ticket.state, TicketAct.CANCEL) is not None
            else []
        ),
    }


def _lines(office: Office, ticket: Ticket, now: datetime, told: Told | None, language: str) -> list[str]:
    config = office.config
    if config is None:
        return []
    issued = clock(config.hours, ticket.issued_at)
    lines = [either(language, f"Lấy số lúc {issued}", f"Issued at {issued}")]
    group = next((g for g in config.priority_groups if g.id == ticket.priority_group), None)
    if group is not None:
        lines.append(either(language, "Ưu tiên: ", "Priority: ") + group.name.in_(language))
    match ticket.state:
        case TicketState.WAITING:
            ahead = people_ahead(office, ticket, now)
            counters = either(language, " hoặc ", " or ").join(map(str, counters_of(office, ticket)))
            lines.append(
                either(language, f"Trước {ahead} người", f"{counted(ahead, 'person', 'people')} ahead")
            )
            if counters:
                lines.append(either(language, f"Quầy {counters}", f"Counter {counters}"))
            lines.append(
                either(language, "Dự kiến chờ thêm: ", "Expected wait: ") + wait_range(told, language)
            )
        case TicketState.CALLED | TicketState.SERVING:
            lines.append(counter_name(office, ticket.leg.counter, language))
        case TicketState.PARKED:
            lines.append(ticket.parked_reason)
        case _:
            pass
    return lines
