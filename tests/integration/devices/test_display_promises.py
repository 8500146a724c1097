"""LED displays on a serial bus: two protocols, one of them judged by pymodbus, and the simulated twin."""

from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from fakes.bus_twin import AsciiDisplays, ModbusDisplays, Wire

from devices.display.framing import FramedBus
from devices.display.modbus import ModbusRtu
from devices.display.ports import Displays, NoAnswer, Refused, Report, Shown
from devices.display.simulated import FAULT_FILE, FolderDisplays
from devices.drivers import Place, open_displays
from devices.promises import DisplayPromises
from devices.serial_port import SerialPort


class WireRig:
    addresses, missing = (1, 5), 9

    def __init__(self, folder: Path, protocol: str) -> None:
        self.wire = Wire(folder)
        addresses = (*self.addresses, self.missing)
        self.twin = (ModbusDisplays if protocol == "modbus" else AsciiDisplays)(self.wire, addresses)
        self.twin.away.add(self.missing)
        place = Place(f"{protocol}://{self.wire.near}?baud=19200", folder, monotonic)
        self.displays: Displays = open_displays(place)

    def seen(self, address: int) -> Shown:
        return self.twin.shown[address]

    def unplug(self) -> None:
        self.wire.unplug()

    def plug(self) -> None:
        self.wire.plug()

    def stop(self) -> None:
        self.displays.close()
        self.twin.stop()
        self.wire.stop()


class TestModbus(DisplayPromises):
    @pytest.fixture
    def rig(self, tmp_path: Path) -> Iterator[WireRig]:
        made = WireRig(tmp_path, "modbus")
        yield made
        made.stop()


class TestAscii(DisplayPromises):
    @pytest.fixture
    def rig(self, tmp_path: Path) -> Iterator[WireRig]:
        made = WireRig(tmp_path, "ascii")
        yield made
        made.stop()


class FolderRig:
    addresses, missing = (1, 5), 9

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "leds"
        self.displays: Displays = FolderDisplays(self.folder)
        self.folder.mkdir()
        (self.folder / FAULT_FILE).write_text(str(self.missing))

    def seen(self, address: int) -> Shown:
        shown = self.displays.ask(address).shown
        assert shown is not None
        return shown

    def unplug(self) -> None:
        self.folder.rename(self.folder.with_name("away"))
        self.folder.write_text("no folder any more")

    def plug(self) -> None:
        self.folder.unlink()
        self.folder.with_name("away").rename(self.folder)


class TestSimulated(DisplayPromises):
    @pytest.fixture
    def rig(self, tmp_path: Path) -> FolderRig:
        return FolderRig(tmp_path)

    def test_closing_twice_is_no_error_and_a_closed_bus_is_down(self, rig: FolderRig) -> None:  # type: ignore[override]
        """Nothing is kept open, so nothing can be closed."""
        rig.displays.close()
        rig.displays.close()
        rig.displays.show(1, Shown("A1"))
        assert rig.seen(1).text == "A1"


def test_a_report_names_broken_segments_heat_and_firmware(tmp_path: Path) -> None:
    rig = WireRig(tmp_path, "modbus")
    rig.displays.open()
    rig.twin.registers[1][7] = 1
    assert rig.displays.ask(1) == Report(Shown("", False, 0), "display", "1.2")
    rig.twin.registers[1][7] = 2
    assert rig.displays.ask(1).fault == "overheated"
    rig.stop()


def test_an_answer_with_a_wrong_check_is_no_answer_and_noise_is_passed_over(tmp_path: Path) -> None:
    rig = WireRig(tmp_path, "ascii")
    rig.displays.open()
    rig.twin.garbles = 1
    with pytest.raises(NoAnswer):
        rig.displays.ask(1)
    assert rig.displays.ask(1).firmware == "1.2"
    rig.stop()


def test_a_display_that_refuses_says_why(tmp_path: Path) -> None:
    rig = WireRig(tmp_path, "ascii")
    rig.displays.open()
    rig.twin.refuses.add(5)
    with pytest.raises(Refused, match="wrong data"):
        rig.displays.show(5, Shown("A1"))
    rig.stop()


class EchoLine:
    """An RS-485 adapter that hears itself."""

    two_way = True

    def __init__(self, inner: SerialPort) -> None:
        self.inner, self.echo = inner, b""

    def open(self) -> None:
        self.inner.open()

    def write(self, data: bytes) -> None:
        self.echo += data
        self.inner.write(data)

    def read(self, within: float) -> bytes:
        said, self.echo = self.echo, b""
        return said or self.inner.read(within)

    def close(self) -> None:
        self.inner.close()


def test_an_adapter_that_hears_itself_does_not_confuse_the_bus(tmp_path: Path) -> None:
    rig = WireRig(tmp_path, "modbus")
    bus = FramedBus(EchoLine(SerialPort(str(rig.wire.near))), ModbusRtu(), monotonic)
    bus.open()
    bus.show(5, Shown("A012"))
    assert bus.ask(5).shown == Shown("A012") == rig.seen(5)
    bus.close()
    rig.stop()
