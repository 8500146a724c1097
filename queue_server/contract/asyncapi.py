"""The contract as an AsyncAPI 3 document, generated from the catalogue."""

import re
from typing import Any

from pydantic.json_schema import models_json_schema

from queue_server.contract.catalogue import CHANNELS, Channel
from queue_server.contract.topics import VERSION

_REF = "#/components/schemas/{model}"

PARAMETERS = {
    "office": "id of the office, [A-Za-z0-9_-]",
    "service": "id of a service",
    "counter": "id of a counter",
    "zone": "id of a zone",
    "type": "event type, such as ticket.called",
    "client": "the account that asks; it may only use its own name",
    "device": "id of a device",
    "kiosk": "id of a kiosk",
}


def document() -> dict[str, Any]:
    """AsyncAPI 3.0.0 as JSON-able values; the server's point of view (it sends states, receives requests)."""
    models = sorted({c.message for c in CHANNELS}, key=lambda m: m.__name__)
    _, schemas = models_json_schema([(m, "validation") for m in models], ref_template=_REF)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "motcua office",
            "version": f"{VERSION}.0.0",
            "description": "MQTT 3.1.1, JSON, QoS 1. Unknown fields are ignored, missing ones refused.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {c.name: _channel(c) for c in CHANNELS},
        "operations": {_operation_name(c): _operation(c) for c in CHANNELS},
        "components": {
            "messages": {m.__name__: _message(m.__name__) for m in models},
            "schemas": schemas["$defs"],
        },
    }


def _channel(channel: Channel) -> dict[str, Any]:
    parameters = re.findall(r"{(\w+)}", channel.address)
    name = channel.message.__name__
    return {
        "address": channel.address,
        "description": channel.what,
        "messages": {name: {"$ref": f"#/components/messages/{name}"}},
        "parameters": {p: {"description": PARAMETERS[p]} for p in parameters},
    }


def _operation_name(channel: Channel) -> str:
    verb = "send" if channel.by_server else "receive"
    return f"{verb}-{channel.name}"


def _operation(channel: Channel) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "action": "send" if channel.by_server else "receive",
        "channel": {"$ref": f"#/channels/{channel.name}"},
        "bindings": {"mqtt": {"qos": 1, "retain": channel.retained, "bindingVersion": "0.2.0"}},
    }
    if channel.name.startswith("request-"):
        operation["reply"] = {"channel": {"$ref": "#/channels/reply"}}
    return operation


def _message(name: str) -> dict[str, Any]:
    return {"name": name, "payload": {"$ref": _REF.format(model=name)}}
