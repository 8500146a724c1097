"""Bytes guided by the code they reach: `python -m tests.fuzz.guided mqtt|lines -runs=50000 -seed=1`.

A run ends with a code other than 0 at the first exception that the entry does not answer for. What follows
the entry's name goes to libFuzzer, which atheris (Linux on x86-64 only) drives.
"""

import sys

import atheris

with atheris.instrument_imports(include=["queue_server", "devices", "kiosk"]):
    from pydantic import ValidationError

    from devices.display.ascii import AsciiFrames
    from devices.display.modbus import ModbusRtu
    from devices.keypad.decoding import FramedKeys, InputEvents, PlainKeys
    from devices.printer.status import health_of_automatic, sort
    from kiosk.readers.framing import Framer
    from queue_server.codes.classify import classify
    from queue_server.contract.requests import VERBS, DossierLookup, TicketLookup
    from queue_server.contract.states import DeviceState
    from queue_server.mqtt.inbound import Client, Fresh, command_of, own_counter_only
    from queue_server.mqtt.service import _id_in, _what_is_wrong

CLIENTS = (Client("k1", "kiosk"), Client("operator", "operator"), Client("pad", "keypad", "c1"))
FRESH = Fresh("t", "j", lambda _service: None)
MODELS = tuple(VERBS.values())


def mqtt(data: bytes) -> None:
    """A request of any verb from any kind of client: refused with words, or a command."""
    if len(data) < 2:
        return
    model, client, payload = MODELS[data[0] % len(MODELS)], CLIENTS[data[1] % len(CLIENTS)], data[2:]
    _id_in(payload)
    try:
        request = model.model_validate_json(payload)
    except ValidationError as problem:
        assert _what_is_wrong(problem)
    else:
        if own_counter_only(request, client) and not isinstance(request, DossierLookup | TicketLookup):
            command_of(request, client, FRESH)
    try:
        DeviceState.model_validate_json(payload)
    except ValidationError as problem:
        assert _what_is_wrong(problem)


def lines(data: bytes) -> None:
    """What comes over serial lines: scanners, keypads, LED displays, printers."""
    framer, texts = Framer().feed(data, 0.0)
    for text in (*texts, *framer.feed(b"\r", 1.0)[1]):
        classify(text)
    for decoding in (PlainKeys(), FramedKeys(), InputEvents()):
        decoding.decode(data)
    for framing in (AsciiFrames(), ModbusRtu()):
        framing.answer(framing.ask(1), data)
    for automatic in (False, True):
        for four in sort(b"", data, automatic).automatic:
            health_of_automatic(four)


ENTRIES = {"mqtt": mqtt, "lines": lines}

if __name__ == "__main__":
    entry = ENTRIES[sys.argv[1]]
    atheris.Setup([sys.argv[0], *sys.argv[2:]], entry)
    atheris.Fuzz()
