"""Serial buses without wires: two joined PTYs that can be unplugged, LED displays at the far end."""

import asyncio
import os
import select
import threading
import tty
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from pymodbus.server import ModbusSerialServer
from pymodbus.simulator import DataType, SimData, SimDevice

from devices.display import ascii as frames
from devices.display.modbus import READ, WRITTEN, report_of
from devices.display.ports import WIDTH, Shown


class Wire:
    """Two PTYs joined: `near` is the name a driver opens, `far` the device's end.

    `unplug` takes the near end away as a pulled USB adapter goes; `plug` brings it back under the same name.
    """

    def __init__(self, folder: Path) -> None:
        self.near, self.far = folder / "usb-RS485-if00-port0", folder / "far"
        self._far_master, self._far_slave = os.openpty()
        tty.setraw(self._far_slave)
        self.far.symlink_to(os.ttyname(self._far_slave))
        self._near: tuple[int, int] | None = None
        self._lock = threading.Lock()
        self._stopping = False
        self.crossed = 0
        self.plug()
        self._thread = threading.Thread(target=self._relay, daemon=True)
        self._thread.start()

    def plug(self) -> None:
        with self._lock:
            master, slave = os.openpty()
            tty.setraw(slave)
            self.near.unlink(missing_ok=True)
            self.near.symlink_to(os.ttyname(slave))
            self._near = (master, slave)

    def unplug(self) -> None:
        with self._lock:
            if self._near is not None:
                self.near.unlink(missing_ok=True)
                for end in self._near:
                    os.close(end)
                self._near = None

    def say(self, data: bytes) -> None:
        """Bytes that the driver reads."""
        with self._lock:
            assert self._near is not None
            os.write(self._near[0], data)

    def stop(self) -> None:
        self._stopping = True
        self._thread.join(30)
        self.unplug()
        os.close(self._far_master)
        os.close(self._far_slave)

    def _relay(self) -> None:
        while not self._stopping:
            with self._lock:
                near = self._near[0] if self._near else None
            ends = [self._far_master] + ([near] if near is not None else [])
            with suppress(OSError, ValueError):
                ready, _, _ = select.select(ends, [], [], 0.02)
                for end in ready:
                    with self._lock:
                        if near is None or self._near is None or self._near[0] != near:
                            os.read(self._far_master, 4096) if end == self._far_master else None
                            continue
                        data = os.read(end, 4096)
                        os.write(near if end == self._far_master else self._far_master, data)
                        self.crossed += len(data)


class AsciiDisplays:
    """LED displays that speak the ASCII frame, several on one wire. `away` are switched off."""

    def __init__(self, wire: Wire, addresses: tuple[int, ...]) -> None:
        self.shown = {address: Shown() for address in addresses}
        self.away: set[int] = set()
        self.faults: dict[int, int] = {}
        self.garbles = 0
        """This many of the next answers come with a wrong check."""
        self.refuses: set[int] = set()
        self.writes = 0
        self._end = os.open(wire.far, os.O_RDWR | os.O_NOCTTY)
        self._stopping = False
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def restart(self, address: int) -> None:
        """Power off and on: dark again."""
        self.shown[address] = Shown()

    def stop(self) -> None:
        self._stopping = True
        self._thread.join(30)
        os.close(self._end)

    def _serve(self) -> None:
        kept = b""
        while not self._stopping:
            ready, _, _ = select.select([self._end], [], [], 0.05)
            if not ready:
                continue
            kept += os.read(self._end, 4096)
            whole, end, kept = kept.rpartition(b"\r")
            for frame in frames.decode(whole + end):
                if frame.address in self.shown and frame.address not in self.away:
                    answer = frames.encode(self._answer(frame))
                    if self.garbles > 0:
                        self.garbles -= 1
                        answer = answer[:-3] + b"ZZ\r"
                    os.write(self._end, b"\xff" + answer)

    def _answer(self, frame: frames.Frame) -> frames.Frame:
        if frame.address in self.refuses:
            return frames.Frame(frame.address, "N", "3")
        if frame.letter == "W":
            self.writes += 1
            mode, text = frame.data[0], frame.data[4 : 4 + WIDTH].rstrip()
            self.shown[frame.address] = Shown(text, mode == "B", int(frame.data[1:4]), mode == "T")
            return frames.Frame(frame.address, "A")
        if frame.letter == "R":
            said = frames.written(self.shown[frame.address])
            return frames.Frame(frame.address, "S", f"{said}{self.faults.get(frame.address, 0):02X}1.2")
        return frames.Frame(frame.address, "N", "2")


class ModbusDisplays:
    """LED displays by pymodbus' own RTU server: somebody else's reading of the protocol."""

    def __init__(self, wire: Wire, addresses: tuple[int, ...]) -> None:
        self.registers = {address: [0] * (WRITTEN + 1) + [0x0102] for address in addresses}
        self.away: set[int] = set()
        self._devices = [
            SimDevice(
                id=address,
                simdata=[SimData(0, values=[0] * READ, datatype=DataType.REGISTERS)],
                action=partial(self._accessed, address),
            )
            for address in addresses
        ]
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._path = str(wire.far)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(30)

    @property
    def shown(self) -> dict[int, Shown]:
        found = {}
        for address, values in self.registers.items():
            shown = report_of(tuple(values)).shown
            assert shown is not None
            found[address] = shown
        return found

    def restart(self, address: int) -> None:
        """Power off and on: dark again."""
        self.registers[address][:WRITTEN] = [0] * WRITTEN

    def _heard(self, sending: bool, packet: bytes) -> bytes:
        """A display that is not there answers nothing (pymodbus would answer for it, as a gateway does)."""
        there = packet[:1] and packet[0] in self.registers and packet[0] not in self.away
        return packet if not sending or there else b""

    async def _accessed(
        self, device: int, function: int, start: int, address: int, count: int, current: list[int], new: Any
    ) -> None:
        """pymodbus has read or is about to write registers."""
        mine = self.registers[device]
        if new is not None:
            mine[address : address + count] = new
        current[:READ] = mine

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._server.shutdown(), self._loop).result(30)
        self._thread.join(30)
        self._loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        self._server = ModbusSerialServer(
            self._devices, port=self._path, baudrate=9600, trace_packet=self._heard
        )
        serving = asyncio.ensure_future(self._server.serve_forever(background=True))
        await serving
        self._ready.set()
        with suppress(asyncio.CancelledError):
            await self._server.serving
