"""The form of reception: what was typed, and what the page offers."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from starlette.datastructures import FormData

from queue_server.domain.ids import TicketId
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_services import Procedure, Service
from queue_server.dossiers.book_due import Due, due_on
from queue_server.dossiers.book_reception import Form, catalogue, due_of, hours_of, unit_of
from queue_server.dossiers.book_record import Applicant, Paper

ROWS = 6
"""Lines for papers on the page; empty ones are left out."""


def form_of(data: FormData) -> Form:
    """The form as typed; a number that is none becomes one that is refused."""

    def text(name: str) -> str:
        value = data.get(name, "")
        return value if isinstance(value, str) else ""

    names, originals, copies = (_all(data, f"paper_{part}") for part in ("name", "originals", "copies"))
    rows = zip(names, originals, copies, strict=False)
    return Form(
        procedure=text("procedure"),
        applicant=Applicant(
            text("name"),
            text("organisation"),
            text("id_number"),
            text("phone"),
            text("address"),
            text("email"),
        ),
        request=text("request"),
        papers=tuple(Paper(name, _number(a, 0), _number(b, 0)) for name, a, b in rows if name.strip()),
        sets=_number(text("sets"), 1),
        fee=dong(text("fee")),
        channel=text("channel") or "counter",
        result_method=text("result_method") or "counter",
        result_place=text("result_place"),
        unit=text("unit"),
        due_day=day_of(text("due_day")),
        note=text("note"),
    )


def dong(text: str) -> int | None:
    """ "8.000 đ" → 8000; empty is None, and what is no amount is −1."""
    digits = re.sub(r"[\s.,đ₫]|đồng", "", text.casefold())
    if not digits:
        return None
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 12 else -1


def offered(config: OfficeConfig, first: Service | None) -> list[tuple[Service, Procedure]]:
    """The catalogue, the served ticket's service first."""
    rows = list(catalogue(config).values())
    return sorted(rows, key=lambda row: first is None or row[0].id != first.id)


def service_of(office: Office, ticket: str) -> tuple[Service | None, str]:
    """The service and the number of a ticket, so that the right procedures stand first."""
    found = office.tickets.get(TicketId(ticket)) if ticket else None
    if found is None or office.config is None:
        return None, ""
    return office.config.service(found.service), found.number


def due_now(config: OfficeConfig, form: Form, now: datetime) -> Due | None:
    """When what is on the form would be due."""
    known = catalogue(config).get(form.procedure.strip().partition(" ")[0])
    if known is None:
        return None
    service, procedure = known
    if procedure.legal_days is None:
        late = config.book.late_after
        return due_on(hours_of(config, service), now, form.due_day, late) if form.due_day else None
    return due_of(config, service, procedure, now)


def about(config: OfficeConfig, code: str) -> Mapping[str, object] | None:
    """What the page fills in for a procedure: papers, fee, unit, days; None for an unknown one."""
    known = catalogue(config).get(code.strip().partition(" ")[0])
    if known is None:
        return None
    service, procedure = known
    return {
        "papers": procedure.papers,
        "fee": procedure.fee,
        "unit": unit_of(config, service, procedure),
        "days": procedure.legal_days,
        "name": procedure.name.vi,
        "field": service.name.vi,
    }


def _all(data: FormData, name: str) -> list[str]:
    return [value for value in data.getlist(name) if isinstance(value, str)]


def _number(text: str, empty: int) -> int:
    text = text.strip()
    if not text:
        return empty
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else -1


def day_of(text: str) -> date | None:
    """A day as a form sends it, None for what is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
