"""How events of older versions are read: one step per (type, version), until the version is today's."""

from collections.abc import Callable, Mapping
from typing import Any

from queue_server.domain.events import EVENT_TYPES, Event
from queue_server.storage.codec import CodecError, from_data

Step = Callable[[dict[str, Any]], dict[str, Any]]
"""The data of version n as the data of version n + 1."""

STEPS: Mapping[tuple[str, int], Step] = {}
"""(wire name, version it reads) → step. Empty while every event is at version 1."""


def event_of(
    type_: str,
    version: int,
    data: dict[str, Any],
    steps: Mapping[tuple[str, int], Step] = STEPS,
    types: Mapping[str, type[Event]] = EVENT_TYPES,
) -> Event:
    """The event a journal row holds.

    Raises CodecError when the type is unknown, the version is newer than this program or has no step.
    """
    cls = types.get(type_)
    if cls is None:
        raise CodecError(f"event type {type_!r} is unknown to this version; update the program")
    if version > cls.VERSION:
        raise CodecError(f"{type_} version {version} was written by a newer program; update this one")
    while version < cls.VERSION:
        step = steps.get((type_, version))
        if step is None:
            raise CodecError(f"{type_} version {version} has no step to version {version + 1}")
        data, version = step(data), version + 1
    return from_data(cls, data)
