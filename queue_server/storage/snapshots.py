"""The state of the office as bytes, so that a start need not read the journal from its first day.

Compressed lines of JSON: the office without its tickets, then a ticket a line.
"""

import dataclasses
import time
import zlib
from functools import cache
from hashlib import sha256
from typing import Any, get_type_hints

from immutables import Map

from queue_server.domain.ids import TicketId
from queue_server.domain.office import Office
from queue_server.domain.ticket import Ticket
from queue_server.storage.codec import CodecError, from_data, loads, to_json

FORMAT = 1
"""Raised when a fold changes so that old snapshots would be wrong: they are then ignored once."""
_BREATH = 40
"""Tickets written between two moments in which other threads may run (about 1 ms)."""
_NONE: Map[TicketId, Ticket] = Map()


def snapshot_of(office: Office) -> bytes:
    """The bytes to keep; lets other threads run in between."""
    packer = zlib.compressobj(1)
    parts = [packer.compress(to_json(dataclasses.replace(office, tickets=_NONE)).encode())]
    for count, ticket in enumerate(office.tickets.values()):
        if count % _BREATH == 0:
            time.sleep(0)
        parts.append(packer.compress(b"\n" + to_json(ticket).encode()))
    parts.append(packer.flush())
    return b"".join(parts)


def office_of(data: bytes) -> Office:
    """The office in a snapshot; raises CodecError."""
    try:
        first, *lines = zlib.decompress(data).decode().split("\n")
        office = from_data(Office, loads(first))
        tickets = [from_data(Ticket, loads(line)) for line in lines]
    except (zlib.error, ValueError) as broken:
        raise CodecError(f"a snapshot cannot be read: {broken}") from broken
    return dataclasses.replace(office, tickets=Map({ticket.id: ticket for ticket in tickets}))


@cache
def shape() -> str:
    """Short hash of every field the state has: a snapshot of another shape is not read but made again."""
    seen: dict[str, str] = {}
    _describe(Office, seen)
    return sha256(f"{FORMAT}{sorted(seen.items())}".encode()).hexdigest()[:16]


def _describe(hint: Any, seen: dict[str, str]) -> None:
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        if hint.__qualname__ in seen:
            return
        hints = get_type_hints(hint)
        names = [f.name for f in dataclasses.fields(hint)]
        seen[hint.__qualname__] = repr([(name, hints[name]) for name in names])
        for name in names:
            _describe(hints[name], seen)
    for inner in getattr(hint, "__args__", ()):
        _describe(inner, seen)
