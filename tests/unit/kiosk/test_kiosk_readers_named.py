"""How readers are named, on the command line and in the office file."""

import pytest

from kiosk.config import BadConfig, read_arguments
from kiosk.readers.spec import BadReader, Spec, read_spec
from queue_server.office_file.checks.places import _READER

GOOD = {
    "wedge": Spec("wedge"),
    "wedge:///dev/input/by-id/usb-Scanner-event-kbd": Spec("wedge", "/dev/input/by-id/usb-Scanner-event-kbd"),
    "serial:///dev/serial/by-id/usb-Scanner": Spec("serial", "/dev/serial/by-id/usb-Scanner"),
    "serial:///dev/ttyUSB0?baud=115200": Spec("serial", "/dev/ttyUSB0", 115200),
    "camera:///dev/video0": Spec("camera", "/dev/video0"),
    "pictures:///srv/frames": Spec("pictures", "/srv/frames"),
}
BAD = [
    "",
    "scanner",
    "serial:ttyUSB0",
    "serial://host/dev/ttyUSB0",
    "serial:///",
    "serial:///dev/ttyUSB0?speed=9600",
    "camera:///dev/video0?baud=9600",
    "http:///dev/video0",
]


@pytest.mark.parametrize("text", GOOD)
def test_a_reader_is_named_by_what_it_is_and_where(text: str) -> None:
    assert read_spec(text) == GOOD[text]
    assert _READER.fullmatch(text)


@pytest.mark.parametrize("text", BAD)
def test_a_name_nobody_understands_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadReader, match=r"wedge|camera:///dev/video0|baud="):
        read_spec(text)
    assert not _READER.fullmatch(text)


def test_an_odd_speed_is_refused() -> None:
    with pytest.raises(BadReader, match="baud=1200"):
        read_spec("serial:///dev/ttyUSB0?baud=1234")


def test_readers_are_given_one_after_another() -> None:
    given = [
        "--broker",
        "h:1",
        "--office",
        "o",
        "--kiosk",
        "k",
        "--reader",
        "wedge",
        "--reader",
        "camera:///dev/video0",
    ]
    assert read_arguments(given).readers == (Spec("wedge"), Spec("camera", "/dev/video0"))
    with pytest.raises(BadConfig, match="--reader laser"):
        read_arguments([*given, "--reader", "laser"])
