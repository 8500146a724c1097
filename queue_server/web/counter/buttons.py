"""Which button does what in which state: the primary by state, F2 to F9, and the acts beside the ticket."""

from queue_server.domain.counter import RunningCounter
from queue_server.domain.counter_table import CounterState
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.ticket import Ticket
from queue_server.domain.ticket_table import TicketAct, TicketState, after
from queue_server.domain.words import Words
from queue_server.web.counter.waiting import preview
from queue_server.web.say import either

ACTIONS: tuple[tuple[str, str, str, Words, TicketAct, frozenset[TicketState]], ...] = (
    (
        "recall",
        "F2",
        "rotate-ccw",
        Words("Gọi lại", "Recall"),
        TicketAct.RECALL,
        frozenset({TicketState.CALLED}),
    ),
    ("start", "F3", "play", Words("Bắt đầu", "Start"), TicketAct.START, frozenset({TicketState.CALLED})),
    ("end", "F4", "square-check", Words("Kết thúc", "End"), TicketAct.END, frozenset({TicketState.SERVING})),
    (
        "no-show",
        "F5",
        "user-x",
        Words("Vắng mặt", "No-show"),
        TicketAct.NO_SHOW,
        frozenset({TicketState.CALLED}),
    ),
    ("park", "F6", "clock", Words("Tạm gác", "Park"), TicketAct.PARK, frozenset({TicketState.SERVING})),
    (
        "transfer",
        "F8",
        "arrow-left-right",
        Words("Chuyển", "Transfer"),
        TicketAct.TRANSFER,
        frozenset({TicketState.CALLED, TicketState.SERVING}),
    ),
)
"""Verb, key, icon, words, the ticket's act, and the states the console offers it in."""

EXTRAS: tuple[tuple[str, str, Words, TicketAct | None], ...] = (
    ("add-service", "plus", Words("Thêm việc", "Add a service"), TicketAct.ADD_SERVICE),
    ("await-result", "hourglass", Words("Chờ kết quả", "Await result"), TicketAct.AWAIT_RESULT),
    ("priority", "star", Words("Đổi ưu tiên", "Priority"), TicketAct.CHANGE_PRIORITY),
    ("print", "printer", Words("In lại phiếu", "Reprint"), None),
)

WHY_NOT = {
    TicketState.CALLED: Words("Mời bấm Bắt đầu (F3) trước.", "Press Start (F3) first."),
    TicketState.SERVING: Words(
        "Chỉ dùng khi vừa gọi số. Số này đang phục vụ: xong thì bấm Kết thúc (F4).",
        "Only just after a call. This ticket is being served: press End (F4) when done.",
    ),
}


def primary(office: Office, counter: RunningCounter, head: Ticket | None, language: str) -> dict[str, object]:
    """The one big button: verb, words, key, what it would call; disabled with its reason as the sub-line."""
    match counter.state:
        case CounterState.CALLING:
            return _big(
                "start",
                "F3",
                "play",
                either(language, "Bắt đầu", "Start"),
                either(language, "Công dân đã tới quầy", "The citizen has come"),
            )
        case CounterState.PAUSED:
            return _big(
                "open",
                "F9",
                "door-open",
                either(language, "Mở lại quầy", "Reopen"),
                either(language, "Hết tạm nghỉ, nhận người chờ tiếp", "Take waiting citizens again"),
            )
        case CounterState.CLOSED:
            return _big(
                "open",
                "F9",
                "door-open",
                either(language, "Mở quầy", "Open the counter"),
                either(language, "Bắt đầu nhận công dân", "Start serving"),
            )
        case CounterState.UNSTAFFED:
            return _big(
                "",
                "",
                "log-in",
                either(language, "Chọn quầy", "Choose a counter"),
                either(language, "Quầy này chưa có người", "Nobody is signed on here"),
            )
        case CounterState.SERVING:
            button = _big(
                "next",
                "Space",
                "megaphone",
                either(language, "Kết thúc và gọi số tiếp theo", "End and call next"),
                either(language, "Không còn ai chờ: bấm để kết thúc", "Nobody waits: press to end"),
            )
            button["body"] = {"end_current": True}
        case _:
            button = _big(
                "next",
                "Space",
                "megaphone",
                either(language, "Gọi số tiếp theo", "Call next"),
                either(language, "Chưa có ai chờ quầy này", "Nobody waits for this counter"),
            )
            button["enabled"] = head is not None
    if head is not None:
        button["sub"] = either(language, "Tiếp theo: ", "Next: ") + preview(office, head, language)
        button["since"] = (head.leg.since or head.issued_at).isoformat()
    return button


def _big(verb: str, key: str, icon: str, text: str, sub: str) -> dict[str, object]:
    return {"verb": verb, "key": key, "icon": icon, "text": text, "sub": sub, "enabled": True}


def actions(ticket: Ticket | None, language: str) -> list[dict[str, object]]:
    """F2 to F8; what is not possible now is dashed and says why in its title."""
    nobody = Words("Chưa có ai ở quầy", "Nobody is at the counter")
    row = []
    for verb, key, icon, words, act, states in ACTIONS:
        possible = ticket is not None and ticket.state in states and after(ticket.state, act) is not None
        why = nobody if ticket is None else WHY_NOT.get(ticket.state, nobody)
        row.append(
            {
                "verb": verb,
                "key": key,
                "icon": icon,
                "text": words.in_(language),
                "enabled": possible,
                "why": "" if possible else why.in_(language),
            }
        )
    return row


def extras(ticket: Ticket | None, language: str) -> list[dict[str, str]]:
    """Small acts on the ticket at the counter; those its state does not allow are left out."""
    if ticket is None:
        return []
    return [
        {"verb": verb, "icon": icon, "text": words.in_(language)}
        for verb, icon, words, act in EXTRAS
        if act is None or after(ticket.state, act) is not None
    ]


def entering(config: OfficeConfig, ticket: Ticket | None, language: str) -> list[dict[str, str]]:
    """Entering a dossier for the citizen who is being served, where the office keeps its own book."""
    if not config.book.code or ticket is None or ticket.state is not TicketState.SERVING:
        return []
    return [
        {
            "verb": "receive",
            "icon": "file-plus",
            "text": either(language, "Tiếp nhận hồ sơ", "Enter a dossier"),
        }
    ]


def pause_button(counter: RunningCounter, language: str) -> dict[str, object] | None:
    """F9: pause when idle, (re)open when paused or closed; dashed while somebody is at the counter."""
    match counter.state:
        case CounterState.UNSTAFFED:
            return None
        case CounterState.PAUSED:
            verb, icon, words = "open", "door-open", Words("Mở lại", "Reopen")
        case CounterState.CLOSED:
            verb, icon, words = "open", "door-open", Words("Mở quầy", "Open")
        case _:
            verb, icon, words = "pause", "coffee", Words("Tạm nghỉ", "Pause")
    busy = counter.state in (CounterState.CALLING, CounterState.SERVING)
    why = Words("Mời làm xong số đang ở quầy, rồi tạm nghỉ.", "Finish the ticket at the counter, then pause.")
    return {
        "verb": verb,
        "key": "F9",
        "icon": icon,
        "text": words.in_(language),
        "enabled": not busy,
        "why": why.in_(language) if busy else "",
    }
