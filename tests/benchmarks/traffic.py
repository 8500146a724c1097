"""Tickets and calls through the contract, for the benches of displays: one call at a time."""

import asyncio
import json
from collections.abc import Iterator
from itertools import count, cycle
from time import perf_counter
from typing import Any

from tests.benchmarks.office import BenchOffice
from tests.benchmarks.raw_mqtt import RawClient

OPERATOR = "operator"


class Traffic:
    """Every counter of the office, called from in turn by the operator's account."""

    def __init__(self, office: BenchOffice, run: str) -> None:
        self._office, self._run = office, run
        self._ids = count(1)
        self._answers: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._operator: RawClient | None = None
        self._counters: Iterator[str] = cycle(c.id for c in office.config.counters)

    async def start(self) -> None:
        """Connects, and opens every counter that is not open yet."""
        self._operator = await self._connect(OPERATOR)
        for counter in self._office.config.counters:
            await self.ask("sign-on", counter=counter.id, officer=f"officer-{counter.id}")
            await self.ask("open", counter=counter.id)

    async def _connect(self, user: str) -> RawClient:
        office = self._office
        return await RawClient.connect(
            office.port, f"{user}-traffic", user, office.accounts[user],
            office.topics.reply(user), self._answered,
        )  # fmt: skip

    def _answered(self, _topic: bytes, payload: bytes) -> None:
        answer = json.loads(payload)
        waiting = self._answers.pop(answer["id"], None)
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)

    def send(self, verb: str, **body: Any) -> "asyncio.Future[dict[str, Any]]":
        user, client = OPERATOR, self._operator
        assert client is not None
        id_ = f"{self._run}-{next(self._ids)}"
        self._answers[id_] = asyncio.get_running_loop().create_future()
        client.publish(self._office.topics.request(user, verb), json.dumps({"id": id_, **body}).encode())
        return self._answers[id_]

    async def ask(self, verb: str, **body: Any) -> dict[str, Any]:
        return await asyncio.wait_for(self.send(verb, **body), 20)

    async def issue(self, each: int) -> None:
        """`each` tickets for the first service of every counter."""
        for counter in self._office.config.counters:
            asked = [self.send("issue", services=[counter.services[0]]) for _ in range(each)]
            for answer in await asyncio.wait_for(asyncio.gather(*asked), 60):
                assert answer["ok"], answer

    async def call(self) -> tuple[float, str, str]:
        """The next counter ends what it has and calls: (instant it was asked, number, counter)."""
        counter = next(self._counters)
        asked = perf_counter()
        answer = await self.ask("call-next", counter=counter, end_current=True)
        assert answer["ok"], answer
        return asked, answer["acted"]["ticket"]["number"], counter

    async def foreseen(self, calls: int) -> list[tuple[str, str]]:
        """Tickets for that many calls at the first counter: (number, counter) in the order they will come.

        The counter's queue must be empty; it is called from by nobody else."""
        counter = self._office.config.counters[0]
        asked = [self.send("issue", services=[counter.services[0]]) for _ in range(calls)]
        answers = await asyncio.wait_for(asyncio.gather(*asked), 60)
        return [(answer["issued"]["ticket"]["number"], counter.id) for answer in answers]

    async def serve(self, counter: str) -> None:
        """The called citizen has come."""
        answer = await self.ask("start", counter=counter)
        assert answer["ok"], answer

    def close(self) -> None:
        if self._operator is not None:
            self._operator.close()
