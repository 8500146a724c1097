"""PURE: the kiosk's journal as text: one fact a line with its own check, so that a torn one is known."""

import json
import zlib
from datetime import date, datetime
from typing import Any

from kiosk.offline.moments import Contact, Moment
from kiosk.offline.papers import Block, Fact, Granted, Home, Paper, Tried


def line_of(fact: Fact) -> str:
    """Eight hexadecimal digits of CRC-32, a space, JSON, a newline."""
    text = json.dumps(_data(fact), ensure_ascii=False, separators=(",", ":"))
    return f"{zlib.crc32(text.encode()):08x} {text}\n"


def fact_of(line: str) -> Fact | None:
    """The fact in a line, None for one that is torn, changed or of a kind unknown here."""
    check, space, text = line.rstrip("\n").partition(" ")
    if not space or check != f"{zlib.crc32(text.encode()):08x}":
        return None
    try:
        return _fact(json.loads(text))
    except (ValueError, KeyError, TypeError):
        return None


def _data(fact: Fact) -> dict[str, Any]:
    match fact:
        case Granted(day=day, blocks=blocks):
            rows = [[b.series, b.digits, b.first, b.last] for b in blocks]
            return {"kind": "granted", "day": day.isoformat(), "blocks": rows}
        case Home(request=request, ticket=ticket, code=code):
            return {"kind": "home", "request": request, "ticket": ticket, "code": code}
        case Tried(request=request, tries=tries):
            return {"kind": "tried", "request": request, "tries": tries}
        case Paper():
            return {
                "kind": "paper",
                "request": fact.request,
                "ticket": fact.ticket,
                "series": fact.series,
                "ordinal": fact.ordinal,
                "number": fact.number,
                "day": fact.day.isoformat(),
                "services": list(fact.services),
                "group": fact.group,
                "language": fact.language,
                "moment": moment_data(fact.moment),
                "contact": contact_data(fact.contact) if fact.contact else None,
            }


def _fact(data: dict[str, Any]) -> Fact:
    match data["kind"]:
        case "granted":
            blocks = tuple(
                Block(series, digits, first, last) for series, digits, first, last in data["blocks"]
            )
            return Granted(date.fromisoformat(data["day"]), blocks)
        case "home":
            return Home(data["request"], data["ticket"], data["code"])
        case "tried":
            return Tried(data["request"], int(data["tries"]))
        case "paper":
            return Paper(
                request=data["request"],
                ticket=data["ticket"],
                series=data["series"],
                ordinal=int(data["ordinal"]),
                number=data["number"],
                day=date.fromisoformat(data["day"]),
                services=tuple(data["services"]),
                group=data["group"],
                language="en" if data["language"] == "en" else "vi",
                moment=moment_of(data["moment"]),
                contact=contact_of(data["contact"]) if data["contact"] else None,
            )
    raise ValueError(data["kind"])


def moment_data(moment: Moment) -> list[Any]:
    return [moment.boot, moment.steady_s, moment.wall.isoformat()]


def moment_of(data: Any) -> Moment:
    boot, steady_s, wall = data
    return Moment(str(boot), float(steady_s), datetime.fromisoformat(wall))


def contact_data(contact: Contact) -> list[Any]:
    at = contact.server_at.isoformat()
    return [moment_data(contact.moment), at, contact.server_boot, contact.exact]


def contact_of(data: Any) -> Contact:
    moment, server_at, server_boot, exact = data
    at = datetime.fromisoformat(server_at)
    return Contact(moment_of(moment), at, str(server_boot), bool(exact))
