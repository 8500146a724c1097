"""A serial scanner's bytes, however they arrive."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.readers.framing import LONGEST, SILENCE_S, Framer

CODE = "H99.16-261117-0023"


def fed(*pieces: tuple[bytes, float]) -> list[str]:
    framer, texts = Framer(), []
    for data, at in pieces:
        framer, found = framer.feed(data, at)
        texts += found
    return texts


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
def test_any_end_of_line_ends_a_code(end: bytes) -> None:
    assert fed((CODE.encode() + end, 0.0)) == [CODE]


def test_two_codes_in_one_go_are_two() -> None:
    assert fed((b"one-1\r\ntwo-2\r\n", 0.0)) == ["one-1", "two-2"]


def test_a_code_that_comes_byte_by_byte_is_whole() -> None:
    assert fed(*((bytes([byte]), n * 0.01) for n, byte in enumerate(f"{CODE}\r".encode()))) == [CODE]


def test_a_torn_code_is_dropped_and_does_not_spoil_the_next() -> None:
    assert fed((CODE[:9].encode(), 0.0), (f"{CODE}\r".encode(), SILENCE_S + 0.1)) == [CODE]


def test_what_never_ends_is_dropped_up_to_its_end() -> None:
    flood = b"x" * (LONGEST + 1)
    assert fed((flood, 0.0), (b"rest\r", 0.1), (f"{CODE}\r".encode(), 0.2)) == [CODE]
    assert fed((flood + b"\r" + CODE.encode() + b"\r", 0.0)) == [CODE]


def test_what_never_ends_takes_no_memory() -> None:
    framer = Framer()
    for n in range(100):
        framer, texts = framer.feed(b"x" * 1000, n * 0.01)
        assert texts == ()
        assert len(framer.kept) <= LONGEST


def test_silence_and_empty_lines_are_no_codes() -> None:
    assert fed((b"", 0.0), (b"\r\n\r\n\n", 0.1), (b"", 5.0)) == []


def test_bytes_that_are_no_text_raise_nothing() -> None:
    (text,) = fed((b"\xff\xfe\x80H99\r", 0.0))
    assert text.endswith("H99")


def test_a_framer_never_shows_what_it_holds() -> None:
    framer, _ = Framer().feed(b"001090123456", 0.0)
    assert "0010" not in repr(framer)


@given(st.lists(st.binary(max_size=40), max_size=8), st.data())
def test_how_bytes_are_cut_into_pieces_changes_nothing(lines: list[bytes], data: st.DataObject) -> None:
    whole = b"".join(line + b"\n" for line in lines)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=6)))
    pieces = [whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    assert fed(*((piece, 0.0) for piece in pieces)) == fed((whole, 0.0))
