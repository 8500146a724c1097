"""What the kiosk reads from and writes to the wire beside its requests."""

import logging
from datetime import datetime
from typing import Literal, TypeVar

from pydantic import ValidationError

from queue_server.contract.replies import Reply
from queue_server.contract.states import DeviceState
from queue_server.contract.topics import Topics
from queue_server.contract.values import Message
from queue_server.link.ports import Received

_log = logging.getLogger(__name__)
M = TypeVar("M", bound=Message)


def will(topics: Topics, client: str, kiosk: str, now: datetime) -> tuple[str, bytes]:
    """Topic and payload of what the broker says when the kiosk is lost without a goodbye."""
    return topics.device_state(client), device_state(kiosk, "lost", {}, now)


def read(kind: type[M], received: Received) -> M | None:
    """The message, or None for one that makes no sense (logged without its content)."""
    try:
        return kind.model_validate_json(received.payload)
    except ValidationError as wrong:
        _log.error("%s makes no sense: %d mistakes", received.topic, wrong.error_count())
        return None


def id_of(payload: bytes) -> str | None:
    try:
        return Reply.model_validate_json(payload).id
    except ValidationError:
        return None


def device_state(
    kiosk: str, state: Literal["ready", "degraded", "lost"], health: dict[str, str], now: datetime
) -> bytes:
    """The version is the instant in milliseconds, so that it grows over restarts."""
    version = int(now.timestamp() * 1000)
    told = DeviceState(version=version, at=now, device=kiosk, kind="kiosk", state=state, health=health)
    return told.model_dump_json().encode()
