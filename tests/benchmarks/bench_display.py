"""From the request to call until a display has the call: 20 displays, half live pages and half MQTT."""

import asyncio
import statistics
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from time import perf_counter

from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.office import BenchOffice, bench_office
from tests.benchmarks.raw_mqtt import RawClient
from tests.benchmarks.raw_sse import RawStream
from tests.benchmarks.traffic import OPERATOR, Traffic

EACH = 10
"""Displays of each kind."""
PAUSES_S = (0.031, 0.055, 0.042, 0.069, 0.048, 0.061)
"""Between calls, 50 ms in the mean, uneven so that no beat of the server is hit always at the same place."""

Messages = list[tuple[float, bytes]]


class Displays:
    """What every display received, each message with the instant of its last byte."""

    def __init__(self) -> None:
        self.got: dict[str, list[Messages]] = {"SSE": [], "MQTT": []}
        self._streams: list[RawStream] = []
        self._clients: list[RawClient] = []

    async def connect(self, office: BenchOffice) -> None:
        zone = office.config.zones[0].id
        for n in range(EACH):
            pages, boards = [], []  # type: ignore[var-annotated]
            self.got["SSE"].append(pages)
            self.got["MQTT"].append(boards)
            self._streams.append(
                await RawStream.connect(office.http, f"/display/hall/{zone}/stream", _into(pages))
            )
            keep = _into(boards)
            self._clients.append(
                await RawClient.connect(
                    office.port, f"board-{n}", OPERATOR, office.accounts[OPERATOR],
                    office.topics.board_state(zone),
                    lambda _, payload, keep=keep: keep(perf_counter(), payload),  # type: ignore[misc]
                )
            )  # fmt: skip

    def close(self) -> None:
        for stream in self._streams:
            stream.close()
        for client in self._clients:
            client.close()


def _into(messages: Messages) -> Callable[[float, bytes], None]:
    return lambda at, message: messages.append((at, message))


def first_seen(messages: Messages, number: str) -> float | None:
    """When a display first had a call of this number."""
    mark = f'"number":"{number}"'.encode()
    return next((at for at, message in messages if mark in message), None)


async def one_round(office: BenchOffice, calls: int, run: str) -> dict[str, list[float]]:
    """Milliseconds from request to display, by kind; raises when a display missed a call."""
    traffic, displays = Traffic(office, run), Displays()
    try:
        await traffic.start()
        await traffic.issue(calls // len(office.config.counters) + 2)
        await displays.connect(office)
        made = []
        for pause, _ in zip(cycle(PAUSES_S), range(calls), strict=False):
            asked, number, counter = await traffic.call()
            made.append((asked, number))
            await asyncio.sleep(pause / 2)
            await traffic.serve(counter)
            await asyncio.sleep(pause / 2)
        await asyncio.sleep(0.5)
    finally:
        traffic.close()
        displays.close()
    took: dict[str, list[float]] = {"SSE": [], "MQTT": []}
    for kind, everyone in displays.got.items():
        for messages in everyone:
            for asked, number in made:
                seen = first_seen(messages, number)
                if seen is None:
                    raise AssertionError(f"a display ({kind}) never had the call of {number}")
                took[kind].append((seen - asked) * 1000)
    return took


def measure(folder: Path, rounds: int, seconds: float, say: Callable[[str], None]) -> list[Figure]:
    """p50 and p99 of both kinds; the medians of the rounds."""
    calls = max(10, int(seconds * 20))
    p50: dict[str, list[float]] = {"SSE": [], "MQTT": []}
    p99: dict[str, list[float]] = {"SSE": [], "MQTT": []}
    with bench_office(folder) as office:
        for round_ in range(rounds):
            took = asyncio.run(one_round(office, calls, f"d{round_}"))
            for kind, values in took.items():
                p50[kind].append(percentile(values, 0.5))
                p99[kind].append(percentile(values, 0.99))
                both = f"p50 {p50[kind][-1]:.1f} ms, p99 {p99[kind][-1]:.1f} ms"
                say(f"round {round_ + 1}/{rounds}, {kind}: {both}")
    detail = f"{2 * EACH} displays, {calls} calls a round"
    figures = []
    for kind in ("SSE", "MQTT"):
        figures.append(
            Figure(f"call → display ({kind}), p50", statistics.median(p50[kind]), "ms", detail=detail)
        )
        figures.append(
            Figure(f"call → display ({kind}), p99", statistics.median(p99[kind]), "ms", 25, detail=detail)
        )
    return figures
