"""Automatic status (ASB): told apart from other answers, believed, and heard within a moment."""

import pytest
from fakes.printer_mind import AUTOMATIC

from devices.health import Health
from devices.printer.status import health_of_automatic, sort

EXPECTED = {
    "well": Health(True, "ok", "closed"),
    "near_end": Health(True, "near_end", "closed"),
    "paper_out": Health(True, "out", "closed"),
    "cover_open": Health(True, "ok", "open"),
    "cutter": Health(True, "ok", "closed", "cutter"),
    "offline": Health(True, "ok", "closed", "offline"),
    "overheated": Health(True, "ok", "closed", "overheated"),
    "unrecoverable": Health(True, "ok", "closed", "unrecoverable"),
}


@pytest.mark.parametrize("how", sorted(AUTOMATIC))
def test_four_bytes_say_how_the_printer_is(how: str) -> None:
    assert health_of_automatic(AUTOMATIC[how]) == EXPECTED[how]


def test_an_answer_to_another_question_between_the_four_is_not_lost() -> None:
    found = sort(
        b"", b"\x12" + AUTOMATIC["paper_out"][:2] + b"\x16" + AUTOMATIC["paper_out"][2:] + b"\x00", True
    )
    assert (found.statuses, found.turns, found.automatic) == (b"\x12\x16", b"\x00", (AUTOMATIC["paper_out"],))


def test_four_bytes_may_come_in_pieces() -> None:
    first = sort(b"", AUTOMATIC["near_end"][:3], True)
    assert (first.automatic, first.turns) == ((), b"")
    assert sort(first.rest, AUTOMATIC["near_end"][3:], True).automatic == (AUTOMATIC["near_end"],)


def test_where_it_is_off_nothing_begins_with_it() -> None:
    found = sort(b"", b"\x14\x00", False)
    assert (found.automatic, found.turns, found.rest) == ((), b"\x00", b"")
