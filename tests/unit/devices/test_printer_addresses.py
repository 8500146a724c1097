"""Printers' addresses in the configuration."""

from pathlib import Path

import pytest

from devices.printer.addresses import EXAMPLES, BadAddress, open_printer


def opened(address: str, dots: int = 576) -> object:
    return open_printer(address, dots, Path(), lambda: 0.0)


@pytest.mark.parametrize("address", EXAMPLES)
def test_every_example_has_a_driver_and_nothing_is_opened(address: str) -> None:
    printer = opened(address, 512)
    assert getattr(printer, "dots") == 512  # noqa: B009


@pytest.mark.parametrize(
    "address",
    ["", "tcp://", "tcp://host:port", "usb://04b8", "usb://zz:01", "serial:", "lpt1", "http://x", "cups://"],
)
def test_a_bad_address_is_refused_with_examples(address: str) -> None:
    with pytest.raises(BadAddress, match=r"tcp://192\.0\.2\.20:9100"):
        opened(address)


def test_a_width_without_a_design_is_refused() -> None:
    with pytest.raises(BadAddress, match="576, 512, 384"):
        opened("sim:slips", 600)
