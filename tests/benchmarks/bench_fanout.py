"""One call on 500 displays, beside the broker alone carrying a message of that size to 500 readers."""

import asyncio
import resource
import statistics
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import perf_counter

from tests.benchmarks.figures import Figure
from tests.benchmarks.office import BenchOffice, bench_office
from tests.benchmarks.raw_mqtt import RawClient
from tests.benchmarks.raw_sse import RawStream
from tests.benchmarks.traffic import OPERATOR, Traffic

DISPLAYS = 500
SETTLE_S = 0.15
"""Between changes, so that each is a change of its own."""


class Crowd:
    """Counts how many readers have had the message they are to wait for."""

    def __init__(self) -> None:
        self._has: set[int] = set()
        self._mark = b""
        self._all = asyncio.Event()
        self.last = 0.0
        self.size = 0

    def expect(self, mark: bytes) -> None:
        self._has.clear()
        self._mark = mark
        self._all.clear()

    def seen(self, who: int, message: bytes) -> None:
        if self._mark and self._mark in message and who not in self._has:
            self._has.add(who)
            self.last, self.size = perf_counter(), len(message)
            if len(self._has) == DISPLAYS:
                self._all.set()

    async def everyone(self) -> float:
        """The instant the last of them had it; raises when one did not within 10 s."""
        try:
            await asyncio.wait_for(self._all.wait(), 10)
        except TimeoutError:
            raise AssertionError(f"only {len(self._has)} of {DISPLAYS} displays had it") from None
        return self.last


def allow_many_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < 4096:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))


async def _readers(office: BenchOffice, topic: str, crowd: Crowd, name: str) -> list[RawClient]:
    def one(n: int) -> Awaitable[RawClient]:
        return RawClient.connect(
            office.port, f"{name}-{n}", OPERATOR, office.accounts[OPERATOR], topic,
            lambda _, payload: crowd.seen(n, payload),
        )  # fmt: skip

    return [await one(n) for n in range(DISPLAYS)]


async def _pages(office: BenchOffice, crowd: Crowd) -> list[RawStream]:
    path = f"/display/hall/{office.config.zones[0].id}/stream"
    return [
        await RawStream.connect(office.http, path, lambda _, message, n=n: crowd.seen(n, message))  # type: ignore[misc]
        for n in range(DISPLAYS)
    ]


async def _calls(traffic: Traffic, crowd: Crowd, changes: int) -> list[float]:
    """Milliseconds from asking for a call until the whole crowd has it. Numbers are foreseen: one queue a
    counter, in order, so the mark is known before the call is made."""
    took = []
    for number, counter in await traffic.foreseen(changes):
        crowd.expect(f'"number":"{number}"'.encode())
        asked = perf_counter()
        called = traffic.send("call-next", counter=counter, end_current=True)
        took.append((await crowd.everyone() - asked) * 1000)
        answer = await called
        assert answer["ok"] and answer["acted"]["ticket"]["number"] == number, answer
        await traffic.serve(counter)
        await asyncio.sleep(SETTLE_S)
    return took


async def one_round(office: BenchOffice, changes: int, run: str) -> dict[str, float]:
    """Medians in ms of `changes` each: raw broker, displays on MQTT, displays on live pages."""
    traffic, crowd = Traffic(office, run), Crowd()
    got: dict[str, float] = {}
    try:
        await traffic.start()
        zone = office.config.zones[0].id
        pages = await _pages(office, crowd)
        got["sse_ms"] = statistics.median(await _calls(traffic, crowd, changes))
        got["sse_bytes"] = crowd.size
        for page in pages:
            page.close()
        boards = await _readers(office, office.topics.board_state(zone), crowd, "board")
        got["mqtt_ms"] = statistics.median(await _calls(traffic, crowd, changes))
        got["mqtt_bytes"] = crowd.size
        for board in boards:
            board.close()
        for kind in ("sse", "mqtt"):
            got[f"raw_{kind}_ms"] = await _raw(office, crowd, changes, int(got[f"{kind}_bytes"]), run)
    finally:
        traffic.close()
    return got


async def _raw(office: BenchOffice, crowd: Crowd, changes: int, size: int, run: str) -> float:
    """The broker alone: one publish of `size` bytes to 500 readers of one topic, median in ms."""
    topic = office.topics.event("bench.fanout")
    readers = await _readers(office, topic, crowd, "raw")
    sender = await RawClient.connect(
        office.port, f"raw-sender-{run}", "echo", office.accounts["echo"], office.topics.reply("echo"),
        lambda *_: None,
    )  # fmt: skip
    took = []
    for n in range(changes):
        mark = f"{run}-{n}-{size}-".encode()
        crowd.expect(mark)
        asked = perf_counter()
        sender.publish(topic, mark.ljust(size, b"x"))
        took.append((await crowd.everyone() - asked) * 1000)
        await asyncio.sleep(SETTLE_S)
    for reader in (*readers, sender):
        reader.close()
    return statistics.median(took)


def measure(folder: Path, rounds: int, seconds: float, say: Callable[[str], None]) -> list[Figure]:
    """Ratios of the medians of the rounds."""
    allow_many_files()
    changes = max(3, int(seconds * 5))
    got: dict[str, list[float]] = {}
    with bench_office(folder) as office:
        for round_ in range(rounds):
            for name, value in asyncio.run(one_round(office, changes, f"f{round_}")).items():
                got.setdefault(name, []).append(value)
            say(f"round {round_ + 1}/{rounds}: " + ", ".join(f"{n} {v[-1]:.0f}" for n, v in got.items()))
    middle = {name: statistics.median(values) for name, values in got.items()}
    return [
        Figure(
            f"{DISPLAYS} displays ({label}) ÷ raw broker fan-out",
            middle[f"{kind}_ms"] / middle[f"raw_{kind}_ms"],
            "×",
            1.5,
            detail=f"{middle[f'{kind}_ms']:.1f} ms beside {middle[f'raw_{kind}_ms']:.1f} ms, "
            f"{middle[f'{kind}_bytes'] / 1000:.1f} kB each",
        )
        for kind, label in (("mqtt", "MQTT"), ("sse", "SSE"))
    ]
