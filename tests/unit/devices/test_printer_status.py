"""Status bytes of printers."""

import pytest

from devices.health import Health, worst
from devices.printer.status import (
    Answers,
    health_of,
    is_status,
    is_turn_answer,
    paper_of_turn_answer,
)


def test_no_byte_is_taken_for_both_kinds_of_answer() -> None:
    assert not [byte for byte in range(256) if is_status(byte) and is_turn_answer(byte)]


@pytest.mark.parametrize("byte", [0x11, 0x13, 0x00, 0xFF, 0x92, 0x10, 0x41])
def test_flow_control_automatic_status_and_noise_are_no_status(byte: int) -> None:
    assert not is_status(byte)


def test_no_answer_is_unknown_and_never_fine() -> None:
    health = health_of(Answers())
    assert (health.paper, health.cover, health.fault) == ("unknown", "unknown", "no_answer")
    assert health.state == "degraded"


def test_each_missing_answer_leaves_its_part_unknown() -> None:
    assert health_of(Answers(online=0x12)) == Health(reachable=True)
    assert health_of(Answers(online=0x12, paper=0x12)).paper == "ok"
    assert health_of(Answers(online=0x12, cause=0x12)).cover == "closed"


@pytest.mark.parametrize(
    ("answers", "part", "value"),
    [
        (Answers(0x12, 0x12, None, 0x1E), "paper", "near_end"),
        (Answers(0x1A, 0x32, None, 0x12), "paper", "out"),
        (Answers(0x1A, 0x12, None, 0x72), "paper", "out"),
        (Answers(0x1A, 0x16, None, 0x12), "cover", "open"),
        (Answers(0x1A, 0x52, 0x1A, 0x12), "fault", "cutter"),
        (Answers(0x1A, 0x52, 0x32, 0x12), "fault", "unrecoverable"),
        (Answers(0x1A, 0x52, 0x52, 0x12), "fault", "overheated"),
        (Answers(0x1A, 0x12, None, 0x12), "fault", "offline"),
    ],
)
def test_a_bit_says_what_is_wrong(answers: Answers, part: str, value: str) -> None:
    health = health_of(answers)
    assert getattr(health, part) == value
    assert health.state == "degraded"
    assert health.can_print is (value == "near_end")


def test_a_well_printer_is_ready() -> None:
    health = health_of(Answers(0x12, 0x12, None, 0x12))
    assert health == Health(reachable=True, paper="ok", cover="closed")
    assert (health.state, health.can_print, health.words()) == (
        "ready",
        True,
        {"paper": "ok", "cover": "closed"},
    )


@pytest.mark.parametrize(("byte", "paper"), [(0x00, "ok"), (0x03, "near_end"), (0x0C, "out"), (0x0F, "out")])
def test_the_answer_in_turn_tells_the_paper_too(byte: int, paper: str) -> None:
    assert is_turn_answer(byte)
    assert paper_of_turn_answer(byte) == paper


def test_a_group_is_as_well_as_its_worst_device() -> None:
    assert worst(["ready", "lost", "degraded"]) == "lost"
    assert worst(["ready", "degraded"]) == "degraded"
    assert worst([]) == "ready"
