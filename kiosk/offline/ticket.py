"""PURE: a paper as the ticket that screen and printer show, made of what the office last told."""

from datetime import datetime
from zoneinfo import ZoneInfo

from kiosk.offline.papers import Paper
from queue_server.contract.replies import Issued, TicketView
from queue_server.contract.states import OfficeState
from queue_server.contract.values import Bilingual, Slip


def issued(paper: Paper, office: OfficeState, kiosk: str, at: datetime) -> Issued | None:
    """`at` is the server's time as far as is known. None when the office has the service no more.

    Nothing is said of waits and people ahead: nobody knows them here.
    """
    service = next((one for one in office.services if one.id == paper.services[0]), None)
    if service is None:
        return None
    local = at.astimezone(ZoneInfo(office.zone))
    me = next((one for one in office.kiosks if one.id == kiosk), None)
    group = next((one for one in office.priority_groups if one.id == paper.group), None)
    note = service.note_after
    slip = Slip(
        office_name=office.name,
        number=paper.number,
        service=service.name,
        counters=service.counters,
        issued_at=at,
        local_date=f"{local:%d/%m/%Y}",
        local_time=f"{local:%H:%M}",
        qr=f"MOTCUA:{office.office}:{paper.ticket}",
        kiosk_name=me.name if me else Bilingual(vi=""),
        priority=group.name if group else None,
        note=note[1] if note and f"{local:%H:%M}" >= note[0] else None,
        language=paper.language,
        offline=True,
        zone=office.zone,
    )
    view = TicketView(
        ticket=paper.ticket,
        number=paper.number,
        state="waiting",
        service=paper.services[0],
        service_class="priority" if group else "ordinary",
        issued_at=at,
    )
    return Issued(ticket=view, job=f"{paper.ticket}-slip", slip=slip, people_ahead=0)
