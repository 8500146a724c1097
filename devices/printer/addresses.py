"""From a printer's address in the configuration to its driver."""

from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from devices.drivers import BadAddress, Place, PrinterDriver, plug_in
from devices.line import Line
from devices.ports import Monotonic, SlipPrinter
from devices.printer.cups import CupsPrinter
from devices.printer.escpos_printer import EscposPrinter
from devices.printer.file import FileLine
from devices.printer.network import NetworkLine
from devices.printer.serial_printer import SerialLine
from devices.printer.simulated import SimulatedPrinter
from devices.printer.usb import UsbLine
from devices.receipts.style import WIDTHS

EXAMPLES = (
    "tcp://192.0.2.20:9100",
    "usb://04b8:0e15",
    "usb://04b8:0e15/SERIAL-NUMBER",
    "serial:///dev/serial/by-id/NAME?baud=115200",
    "file:///dev/usb/lp0",
    "file:///var/spool/slips.bin?append=1",
    "cups://QUEUE",
    "sim:slips",
)


def open_printer(address: str, dots: int, folder: Path, monotonic: Monotonic) -> SlipPrinter:
    """The driver for `address`. Nothing is opened yet; `sim:` folders without a root lie in `folder`.

    Raises BadAddress.
    """
    if dots not in WIDTHS:
        raise BadAddress(f"{dots} dots: a slip can be {', '.join(map(str, WIDTHS))} dots wide")
    try:
        parts = urlsplit(address)
        match parts.scheme:
            case "cups" if parts.hostname:
                return CupsPrinter(unquote(parts.netloc), dots)
            case "sim" | "simulated":
                return SimulatedPrinter(folder / unquote(parts.path or "slips"), dots)
            case scheme if scheme.startswith("x-"):
                driver = plug_in(address)
                if not isinstance(driver, PrinterDriver):
                    raise BadAddress(f"{address!r}: the plug-in is a {type(driver).__name__}, no printer's")
                return driver.open(Place(address, folder, monotonic, dots))
            case _:
                return EscposPrinter(_line(parts), dots, monotonic)
    except ValueError as error:
        if isinstance(error, BadAddress):
            raise
        raise _bad(address) from error


def _line(parts: SplitResult) -> Line:
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    match parts.scheme:
        case "tcp" if parts.hostname:
            return NetworkLine(parts.hostname, parts.port or 9100)
        case "usb":
            vendor, product = parts.netloc.split(":")
            return UsbLine(int(vendor, 16), int(product, 16), unquote(parts.path.strip("/")))
        case "serial" if parts.path:
            return SerialLine(unquote(parts.path), int(options.get("baud", "115200")))
        case "file" if parts.path:
            return FileLine(Path(unquote(parts.path)), append=options.get("append") == "1")
        case _:
            raise _bad(parts.geturl())


def _bad(address: str) -> BadAddress:
    return BadAddress(f"{address!r} is no printer's address; write one such as {', '.join(EXAMPLES)}")
