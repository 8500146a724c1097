"""Asks over MQTT with N clients at once and times every answer; run as a process of its own."""

import asyncio
import json
import statistics
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

from tests.benchmarks.raw_mqtt import RawClient

PATIENCE_S = 30.0


async def drive(plan: dict[str, Any]) -> dict[str, Any]:
    """`plan`: port, root, topic (with {user}), body, run, accounts [(user, password)], warm_up (requests a
    client, not counted), and seconds, or requests (a client). All clients have connected and are warm before
    the clock starts; what is counted was asked and answered while it ran."""
    latencies: list[float] = []
    refused = 0
    gate = asyncio.Barrier(len(plan["accounts"]))
    until = float("inf")
    began = ended = 0.0

    async def one(user: str, password: str) -> None:
        nonlocal refused, until, began, ended
        arrived: asyncio.Queue[bytes] = asyncio.Queue()
        client = await _connected(plan, user, password, lambda _, payload: arrived.put_nowait(payload))
        topic, body = f"{plan['root']}/{plan['topic'].format(user=user)}", plan["body"]

        async def ask(number: int) -> float:
            nonlocal refused
            id_ = f"{plan['run']}-{number}"
            request = json.dumps({**body, "id": id_}).encode()
            asked = perf_counter()
            client.publish(topic, request)
            answer = await asyncio.wait_for(arrived.get(), PATIENCE_S)
            took = perf_counter() - asked
            if id_.encode() not in answer:
                raise ValueError(f"{user} asked {id_} and was answered {answer[:200]!r}")
            refused += b'"ok":false' in answer
            return took

        for number in range(plan["warm_up"]):
            await ask(number)
        await gate.wait()
        if not began:
            began = perf_counter()
            until = began + plan["seconds"] if plan.get("requests") is None else float("inf")
        number = plan["warm_up"]
        last = number + plan["requests"] if plan.get("requests") is not None else sys.maxsize
        while number < last and perf_counter() < until:
            latencies.append(await ask(number))
            number += 1
        ended = max(ended, perf_counter())
        client.close()

    await asyncio.gather(*(one(user, password) for user, password in plan["accounts"]))
    latencies.sort()
    count = len(latencies)
    return {
        "count": count,
        "refused": refused,
        "per_second": count / (ended - began),
        "p50_ms": statistics.median(latencies) * 1000,
        "p99_ms": latencies[min(count - 1, int(count * 0.99))] * 1000,
    }


async def _connected(
    plan: dict[str, Any], user: str, password: str, heard: Callable[[bytes, bytes], None]
) -> RawClient:
    """A broker whose accounts change at this moment refuses who comes: ask again, as every client does."""
    for _ in range(10):
        try:
            reply = f"{plan['root']}/reply/{user}"
            return await RawClient.connect(plan["port"], f"{user}-load", user, password, reply, heard)
        except ConnectionRefusedError:
            await asyncio.sleep(0.2)
    raise ConnectionRefusedError(f"the broker does not take {user}")


if __name__ == "__main__":
    print(json.dumps(asyncio.run(drive(json.loads(sys.stdin.read())))))
