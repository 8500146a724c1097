"""A cable between two programs: torn, silent in one direction or in both, or mixing up what it carries."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from tests.torture.shuffle import Dice, Frames


class Cables:
    """All proxies of a run, on one thread. `add` gives the port that a program is told instead."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="cables", daemon=True)
        self._thread.start()
        self._cables: dict[str, _Cable] = {}

    def add(self, name: str, target: int) -> int:
        cable = _Cable(target)
        self._cables[name] = cable
        return int(asyncio.run_coroutine_threadsafe(cable.open(), self._loop).result(5))

    def tear(self, name: str) -> None:
        """Every connection ends without a word; the next one is taken."""
        self._do(self._cables[name].tear)

    def silence(self, name: str, there: bool, back: bool) -> None:
        """Nothing passes to the target (`there`) or from it (`back`); nothing is closed or lost."""
        self._do(lambda: self._cables[name].silence(there, back))

    def shuffle(self, name: str, dice: Dice | None) -> None:
        """Messages to the target are said twice, late and in another order; None: as they come."""
        self._do(lambda: self._cables[name].shuffle(dice))

    def heal(self) -> None:
        for name in self._cables:
            self.silence(name, False, False)
            self.shuffle(name, None)

    def close(self) -> None:
        for cable in self._cables.values():
            self._do(cable.close)
        asyncio.run_coroutine_threadsafe(_settle(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def _do(self, act: Callable[[], Any]) -> None:
        self._loop.call_soon_threadsafe(act)


class _Cable:
    def __init__(self, target: int) -> None:
        self._target = target
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._dice: Dice | None = None

    async def open(self) -> int:
        self._there, self._back = asyncio.Event(), asyncio.Event()
        self._there.set()
        self._back.set()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, far_writer}
        try:
            pumps = [
                asyncio.ensure_future(self._pump_there(reader, far_writer)),
                asyncio.ensure_future(_pump(far_reader, writer, self._back)),
            ]
            _, rest = await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
            for pump in rest:
                pump.cancel()
        finally:
            for one in (writer, far_writer):
                self._writers.discard(one)
                one.transport.abort()

    async def _pump_there(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop, frames = asyncio.get_running_loop(), Frames()
        with suppress(OSError):
            while data := await reader.read(65536):
                await self._there.wait()
                packets = frames.feed(data)
                for late, packet in self._dice.throw(packets) if self._dice else [(0.0, p) for p in packets]:
                    if late:
                        loop.call_later(late, _write, writer, packet)
                    else:
                        writer.write(packet)
                await writer.drain()

    def shuffle(self, dice: Dice | None) -> None:
        self._dice = dice

    def tear(self) -> None:
        for writer in list(self._writers):
            writer.transport.abort()

    def silence(self, there: bool, back: bool) -> None:
        for gate, silent in ((self._there, there), (self._back, back)):
            if silent:
                gate.clear()
            else:
                gate.set()

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
        self.tear()


def _write(writer: asyncio.StreamWriter, packet: bytes) -> None:
    if not writer.transport.is_closing():
        writer.write(packet)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, gate: asyncio.Event) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            await gate.wait()
            writer.write(data)
            await writer.drain()


async def _settle() -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
