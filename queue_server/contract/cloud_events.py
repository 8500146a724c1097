"""Events on the wire: CloudEvents 1.0, structured JSON."""

from typing import Annotated, Any, Literal

from pydantic import Field

from queue_server.contract.values import Id, Instant, Message, Text


class CloudEvent(Message):
    """One event of the office; `data` holds opaque ids, numbers and instants, never personal data."""

    specversion: Literal["1.0"] = "1.0"
    id: Annotated[Text, Field(min_length=1)]
    source: Text
    type: Text
    time: Instant
    datacontenttype: Literal["application/json"] = "application/json"
    subject: Id | None = None
    data: dict[str, Any]
