"""One account's connection for the test's own clients: asks until answered, however often it breaks."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from tests.benchmarks.raw_mqtt import RawClient

AGAIN_S = 0.7
TRANSIENT = ("storage_failed", "draining")
Log = Callable[..., None]


class _Client(RawClient):
    def connection_lost(self, _why: Exception | None) -> None:
        self.lost.set()
        for waited in (self._ready, self._subscribed):
            if not waited.done():
                waited.set_exception(ConnectionError())
                waited.exception()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.lost = asyncio.Event()

    def _packet(self, kind: int, packet: bytes) -> None:
        if kind >> 4 == 9 and self._subscribed.done():
            return
        if kind >> 4 == 2 and self._ready.done():
            return
        super()._packet(kind, packet)


class Wire:
    """`ask` returns the final reply to a request, however often the line breaks; all of it is logged."""

    def __init__(self, plan: dict[str, Any], user: str, log: Log, name: str) -> None:
        self._plan, self._user, self._log, self._name = plan, user, log, name
        self._waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._client: _Client | None = None
        self._count = 0
        self._task = asyncio.ensure_future(self._keep())

    async def _keep(self) -> None:
        while True:
            self._count += 1
            with suppress(OSError, TimeoutError, asyncio.TimeoutError):
                client = await _Client.connect(
                    self._plan["port"], f"{self._user}-{self._name}-{self._count}", self._user,
                    self._plan["accounts"][self._user], f"{self._plan['root']}/reply/{self._user}",
                    self._heard,
                )  # fmt: skip
                assert isinstance(client, _Client)
                self._client = client
                await client.lost.wait()
            self._client = None
            await asyncio.sleep(0.1)

    def _heard(self, _topic: bytes, payload: bytes) -> None:
        reply = json.loads(payload)
        self._log(do="reply", user=self._user, id=reply["id"], reply=reply)
        waiting = self._waiting.get(reply["id"])
        if waiting is not None and not waiting.done():
            waiting.set_result(reply)

    def say(self, verb: str, body: dict[str, Any]) -> None:
        """Once, without waiting; lost when there is no line."""
        if self._client is not None and not self._client.lost.is_set():
            topic = f"{self._plan['root']}/request/{self._user}/{verb}"
            self._client.publish(topic, json.dumps(body).encode())

    async def ask(self, verb: str, twice: bool = False, **body: Any) -> dict[str, Any]:
        """`body` holds the id. A reply that nothing was kept is asked again under the same id."""
        self._log(do="ask", user=self._user, verb=verb, id=body["id"], body=body)
        silent = 0
        while True:
            future: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
            self._waiting[body["id"]] = future
            self.say(verb, body)
            if twice:
                self.say(verb, body)
            try:
                reply = await asyncio.wait_for(future, AGAIN_S)
            except TimeoutError:
                silent += 1
                if silent % 5 == 0 and self._client is not None:
                    self._client.close()
                continue
            silent = 0
            if not reply["ok"] and reply["refusal"]["code"] in TRANSIENT:
                await asyncio.sleep(0.2)
                continue
            del self._waiting[body["id"]]
            self._log(do="done", user=self._user, id=body["id"])
            return reply

    def close(self) -> None:
        self._task.cancel()
        if self._client is not None:
            self._client.close()
