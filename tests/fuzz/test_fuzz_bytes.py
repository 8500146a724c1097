"""Bytes from scanners, keypads, displays, printers and kiosks: any at all, in any pieces."""

import itertools
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.agent.protocol import read_answer, read_question
from devices.display.ascii import LONGEST, AsciiFrames, Frame, encode
from devices.display.modbus import ModbusRtu
from devices.keypad.decoding import Decoding, FramedKeys, InputEvents, PlainKeys
from devices.printer.status import health_of_automatic, sort
from kiosk.readers.framing import LONGEST as LONGEST_SCAN
from kiosk.readers.framing import Framer
from queue_server.codes.classify import classify
from queue_server.codes.normal import text_of

pieces = st.lists(st.binary(max_size=60), max_size=12)
framed = st.builds(
    Frame,
    st.integers(0, 99),
    st.sampled_from(string.ascii_uppercase),
    st.text(string.printable[:95], max_size=LONGEST + 4),
).map(encode)
torn = st.lists(framed | st.binary(max_size=8), max_size=8).map(b"".join)


@settings(max_examples=300)
@given(pieces, st.lists(st.floats(0, 2), min_size=12, max_size=12))
def test_a_scanner_may_send_anything_in_any_pieces(data: list[bytes], pauses: list[float]) -> None:
    framer, now = Framer(), 0.0
    for piece, pause in zip(data, pauses, strict=False):
        now += pause
        framer, texts = framer.feed(piece, now)
        assert len(framer.kept) <= LONGEST_SCAN
        for text in texts:
            classify(text)


def test_an_endless_code_is_not_kept() -> None:
    framer = Framer()
    for n in range(200):
        framer, texts = framer.feed(b"9" * 1000, n * 0.001)
        assert texts == () and len(framer.kept) <= LONGEST_SCAN
    framer, texts = framer.feed(b"\r123\r", 0.2)
    assert texts == ("123",)


@settings(max_examples=400)
@given(st.text(max_size=300) | st.binary(max_size=300).map(text_of))
def test_any_text_is_something_to_the_classifier(text: str) -> None:
    classify(text)


HARD = [
    "0" * 20_000, "http://" + "a" * 20_000, "www." + "?code=" * 5_000, "|" * 20_000, "MOTCUA:" * 3_000,
    "-" * 20_000, "A1." * 8_000, "%" * 20_000, "1.KQ." * 5_000, "https://x/t/" + "a/" * 9_000,
]  # fmt: skip


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", HARD, ids=[text[:8] for text in HARD])
def test_no_text_keeps_the_classifier_busy(text: str) -> None:
    classify(text)


@pytest.mark.parametrize(
    "decoding", [PlainKeys(), FramedKeys(), InputEvents()], ids=lambda d: type(d).__name__
)
def test_a_keypad_may_send_anything_and_little_is_kept(decoding: Decoding) -> None:
    @settings(max_examples=300)
    @given(st.lists(torn | st.binary(max_size=80), max_size=10))
    def fuzz(data: list[bytes]) -> None:
        rest = b""
        for piece in data:
            decoded = decoding.decode(rest + piece)
            rest = decoded.rest
            assert len(rest) <= LONGEST + 5

    fuzz()


@settings(max_examples=300)
@given(torn | st.binary(max_size=100), st.integers(1, 99))
def test_a_display_may_answer_anything(arrived: bytes, address: int) -> None:
    for framing in (AsciiFrames(), ModbusRtu()):
        framing.answer(framing.ask(address), arrived)


@settings(max_examples=300)
@given(pieces, st.booleans())
def test_a_printer_may_answer_anything(data: list[bytes], automatic: bool) -> None:
    rest = b""
    for piece in data:
        found = sort(rest, piece, automatic)
        rest = found.rest
        assert len(rest) < 4
        for four in found.automatic:
            health_of_automatic(four)


@settings(max_examples=300)
@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: f'{{"do":"{text}"}}'.encode()))
def test_a_line_on_the_agents_socket_is_a_question_or_a_value_error(raw: bytes) -> None:
    for read in (read_question, read_answer):
        try:
            read(raw)
        except ValueError as refused:
            assert str(refused)


@pytest.mark.parametrize("depth", [10, 1_000, 60_000])
def test_depth_does_not_break_the_agents_socket(depth: int) -> None:
    with pytest.raises(ValueError):
        read_question(b"[" * depth)
    with pytest.raises(ValueError):
        read_question(b'{"do":"print","id":"a","job":' + b"".join(itertools.repeat(b'{"a":', depth)))
