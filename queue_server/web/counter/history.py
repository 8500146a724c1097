"""The visit at the counter: its facts and its steps, from taking the number to the end."""

from datetime import datetime, timedelta

from queue_server.domain.hours import Hours
from queue_server.domain.office import Office
from queue_server.domain.ticket import Leg, Ticket
from queue_server.domain.ticket_table import TicketState
from queue_server.domain.visit_wait import visit_wait
from queue_server.web.say import clock, counted, counter_name, either, service_name, whole_minutes


def facts(office: Office, ticket: Ticket, language: str) -> list[dict[str, str]]:
    """Label and value rows under the number."""
    legs, calls = len(ticket.legs), ticket.leg.calls
    if legs == 1:
        moved = either(language, "chưa chuyển quầy", "not transferred")
    else:
        before = ticket.legs[-2]
        moved = either(language, "đến từ ", "from ") + (
            counter_name(office, before.counter, language).lower()
            if before.counter
            else service_name(office, before.target.service, language)
        )
    visit = either(
        language, f"Chặng {legs}, {moved} · gọi {calls} lần", f"Leg {legs}, {moved} · called {calls}×"
    )
    rows = [{"label": either(language, "Lượt giao dịch", "Visit"), "value": visit}]
    who = either(
        language,
        f"{ticket.people} người · {ticket.dossiers} hồ sơ",
        f"{counted(ticket.people, 'person', 'people')} · {counted(ticket.dossiers, 'dossier', 'dossiers')}",
    )
    if ticket.language != "vi":
        who += either(language, " · nói tiếng Anh", " · speaks English")
    rows.append({"label": either(language, "Số người, hồ sơ", "People, dossiers"), "value": who})
    if ticket.planned:
        then = ", ".join(service_name(office, s, language) for s in ticket.planned)
        rows.append({"label": either(language, "Việc tiếp theo", "Then"), "value": then})
    if ticket.alias:
        rows.append(
            {"label": either(language, "Số khác của lượt này", "Other number"), "value": ticket.alias}
        )
    return rows


def steps(
    office: Office, ticket: Ticket, usual: timedelta | None, now: datetime, language: str
) -> list[dict[str, str]]:
    """Steps with `state` done, here or todo; `usual` is how long such a service takes, if known."""
    config, leg = office.config, ticket.leg
    if config is None:
        return []
    hours = config.hours
    waited = either(language, "đã chờ", "waited") + " " + whole_minutes(visit_wait(ticket, now), language)
    issued = clock(hours, ticket.issued_at)
    if len(ticket.legs) > 1 and leg.queued_at is not None:
        arrived = either(language, "Vào hàng", "Queued")
        queued = clock(hours, leg.queued_at)
        at = either(language, f"{queued} · lấy số {issued}", f"{queued} · issued {issued}")
        first = {"name": arrived, "at": at, "state": "done"}
    else:
        first = {"name": either(language, "Lấy số", "Issued"), "at": issued, "state": "done"}
    called = {
        "name": either(language, "Gọi", "Called"),
        "at": f"{clock(hours, leg.called_at)} · {waited}" if leg.called_at else "",
        "state": "here" if ticket.state is TicketState.CALLED else "done",
    }
    started = {
        "name": either(language, "Bắt đầu", "Started"),
        "at": clock(hours, leg.started_at) if leg.started_at else "",
        "state": "here" if leg.started_at else "todo",
    }
    ended = {
        "name": either(language, "Kết thúc", "Ended"),
        "at": _expected_end(hours, leg, usual, now, language),
        "state": "todo",
    }
    return [first, called, started, ended]


def _expected_end(hours: Hours, leg: Leg, usual: timedelta | None, now: datetime, language: str) -> str:
    if leg.started_at is None or usual is None or leg.started_at + usual < now:
        return ""
    return either(language, "dự kiến ", "expected ") + clock(hours, leg.started_at + usual)
