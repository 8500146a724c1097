"""A dossier as a row of the table `dossiers`, and back."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from queue_server.dossiers.dossier import Dossier, Status, Step, SupplementRequest, When
from queue_server.storage.codec import from_data, loads, to_json
from queue_server.storage.tables import dossiers as d

COLUMNS = tuple(c.name for c in d.columns)
_TEXTS = (
    "status_words", "procedure", "procedure_code", "field", "applicant", "receiving_office", "deciding_unit",
    "channel", "result_place", "result_method", "contact",
)  # fmt: skip
_MOMENTS = ("received", "due", "forwarded", "done", "returned", "stopped")
DIGEST = 16


def row_of(generation: int, dossier: Dossier, digests: tuple[bytes, ...]) -> tuple[Any, ...]:
    """The values of COLUMNS."""
    o = dossier
    received, due, forwarded, done, returned, stopped = map(
        _moment, (o.received, o.due, o.forwarded, o.done, o.returned, o.stopped)
    )
    last = max(received, due, forwarded, done, returned, stopped)[:10]
    return (
        o.code, generation, last, int(o.status), o.status_words, o.procedure, o.procedure_code, o.field,
        o.applicant, o.receiving_office, o.deciding_unit, received, due, forwarded, done, returned, stopped,
        o.channel, o.result_place, o.result_method, o.contact,
        _list(o.supplements), _list(o.steps), o.fee_due, o.legal_days, b"".join(digests),
    )  # fmt: skip


def dossier_of(row: Mapping[str, Any]) -> tuple[Dossier, tuple[bytes, ...]]:
    """The dossier in a row, and its digests."""
    joined = bytes(row["digests"])
    plain: dict[str, Any] = {name: row[name] for name in _TEXTS}
    plain |= {name: _when(row[name]) for name in _MOMENTS}
    dossier = Dossier(
        code=row["code"],
        status=Status(row["status"]),
        fee_due=row["fee_due"],
        legal_days=row["legal_days"],
        supplements=tuple(from_data(SupplementRequest, one) for one in _read(row["supplements"])),
        steps=tuple(from_data(Step, one) for one in _read(row["steps"])),
        **plain,
    )
    return dossier, tuple(joined[n : n + DIGEST] for n in range(0, len(joined), DIGEST))


def _moment(when: When | None) -> str:
    if when is None:
        return ""
    day = when.day.isoformat()
    return day if when.at is None else f"{day}T{when.at:%H:%M}"


def _when(text: str) -> When | None:
    if not text:
        return None
    return When(date.fromisoformat(text[:10]), time.fromisoformat(text[11:]) if text[10:] else None)


def _list(values: tuple[Any, ...]) -> str:
    return f"[{','.join(map(to_json, values))}]" if values else ""


def _read(text: str) -> list[Any]:
    found: list[Any] = loads(text) if text else []
    return found
