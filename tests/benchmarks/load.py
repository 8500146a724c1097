"""Asks over MQTT with N clients at once and times every answer; run as a process of its own."""

import asyncio
import json
import statistics
import sys
from time import perf_counter
from typing import Any

from tests.benchmarks.raw_mqtt import RawClient


async def drive(plan: dict[str, Any]) -> dict[str, Any]:
    """`plan`: port, root, topic (with {user}), body, accounts [(user, password)], seconds, warm_up (requests a client)."""
    latencies: list[float] = []
    refused = 0
    clients: list[RawClient] = []
    stop_at = 0.0
    counting = False

    async def one(user: str, password: str) -> None:
        nonlocal refused
        arrived: asyncio.Queue[bytes] = asyncio.Queue()
        client = await RawClient.connect(
            plan["port"], f"{user}-load", user, password, f"{plan['root']}/reply/{user}",
            lambda _, payload: arrived.put_nowait(payload),
        )  # fmt: skip
        clients.append(client)
        topic, body = f"{plan['root']}/{plan['topic'].format(user=user)}", plan["body"]
        sent = 0
        while perf_counter() < stop_at or sent < plan["warm_up"]:
            sent += 1
            request = json.dumps({**body, "id": f"{plan['run']}-{sent}"}).encode()
            began = perf_counter()
            client.publish(topic, request)
            answer = await asyncio.wait_for(arrived.get(), 20)
            if counting and sent > plan["warm_up"]:
                latencies.append(perf_counter() - began)
                if b'"ok":false' in answer:
                    refused += 1

    stop_at = perf_counter() + plan["seconds"] + 0.5
    counting = True
    began = perf_counter()
    await asyncio.gather(*(one(user, password) for user, password in plan["accounts"]))
    took = perf_counter() - began
    for client in clients:
        client.close()
    latencies.sort()
    count = len(latencies)
    return {
        "count": count,
        "refused": refused,
        "per_second": count / took,
        "p50_ms": statistics.median(latencies) * 1000,
        "p99_ms": latencies[min(count - 1, int(count * 0.99))] * 1000,
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(drive(json.loads(sys.stdin.read())))))
