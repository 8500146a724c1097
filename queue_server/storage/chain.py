"""A journal row and its link in the hash chain.

The hash of a row is the hex SHA-256 of the UTF-8 JSON array (no spaces) `[hash of the row before, seq, id,
type, version, at, data, command_id, by_role, by_id, by_where, boot_id, monotonic]`, "" before the first.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from queue_server.domain.commands import Actor, Role
from queue_server.domain.ids import CommandId
from queue_server.engine.ports import Recorded
from queue_server.storage.codec import dumps, instant_of, instant_text, loads, to_json
from queue_server.storage.upcast import event_of

Row = tuple[Any, ...]
"""The values of `COLUMNS`, in order."""

COLUMNS = (
    "seq",
    "id",
    "type",
    "version",
    "at",
    "data",
    "command_id",
    "by_role",
    "by_id",
    "by_where",
    "boot_id",
    "monotonic",
    "hash",
)


def hash_after(previous: str, row: Row) -> str:
    """The hash of a row, given with or without its own hash, after the row with hash `previous`."""
    return sha256(dumps([previous, *row[:12]]).encode()).hexdigest()


def row_of(recorded: Recorded, previous: str) -> Row:
    """The row to store, chained to the row before."""
    event, by = recorded.event, recorded.by
    fields = (
        recorded.seq,
        recorded.id,
        event.TYPE,
        event.VERSION,
        instant_text(recorded.at),
        to_json(event),
        recorded.command_id,
        by.role.value,
        by.id,
        by.where,
        recorded.boot_id,
        recorded.monotonic,
    )
    return (*fields, hash_after(previous, fields))


def recorded_of(row: Row) -> Recorded:
    """The recorded event in a row; raises CodecError."""
    seq, id_, type_, version, at, data, command_id, role, by_id, where, boot_id, monotonic, hash_ = row
    return Recorded(
        seq=seq,
        id=id_,
        at=instant_of(at),
        event=event_of(type_, version, loads(data)),
        command_id=CommandId(command_id),
        by=Actor(Role(role), by_id, where),
        boot_id=boot_id,
        monotonic=monotonic,
        hash=hash_,
        data=data,
    )


def linked(recorded: Iterable[Recorded], previous: str) -> tuple[tuple[Recorded, ...], list[Row]]:
    """The events with their hashes, and their rows, after the row with hash `previous`."""
    events, rows = [], []
    for one in recorded:
        row = row_of(one, previous)
        previous = row[-1]
        rows.append(row)
        events.append(
            Recorded(
                one.seq,
                one.id,
                one.at,
                one.event,
                one.command_id,
                one.by,
                one.boot_id,
                one.monotonic,
                previous,
                row[5],
            )
        )
    return tuple(events), rows
