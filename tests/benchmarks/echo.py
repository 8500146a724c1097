"""The floor: a service that makes every request durable with one fsynced SQLite commit and answers.

`python -m tests.benchmarks.echo single|group` reads its plan (JSON) from standard input, prints "ready" and
serves until standard input ends. `group` commits what has gathered in one transaction.
"""

import json
import queue
import sqlite3
import sys
import threading
from pathlib import Path

from queue_server.link.client import PahoLink
from queue_server.link.ports import Address, Credentials, LinkState, Received


def main(kind: str) -> None:
    plan = json.loads(sys.stdin.readline())
    database = sqlite3.connect(
        Path(plan["dir"]) / f"echo-{kind}.db", isolation_level=None, check_same_thread=False
    )
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE IF NOT EXISTS requests (seq INTEGER PRIMARY KEY, data TEXT)")
    link = PahoLink(
        Address("127.0.0.1", plan["port"]), f"echo-{kind}", Credentials(plan["user"], plan["password"]),
        keep_at_most=20_000,
    )  # fmt: skip
    waiting: queue.SimpleQueue[Received] = queue.SimpleQueue()

    def answer(received: Received) -> None:
        user = received.topic.split("/")[4]
        body = json.loads(received.payload)
        reply = json.dumps({"id": body["id"], "ok": True, "echo": body})
        link.publish(f"{plan['root']}/reply/{user}", reply.encode())

    def commit(batch: list[Received]) -> None:
        database.execute("BEGIN IMMEDIATE")
        database.executemany("INSERT INTO requests (data) VALUES (?)", [(r.payload.decode(),) for r in batch])
        database.execute("COMMIT")

    def single(received: Received) -> None:
        commit([received])
        answer(received)

    def grouping() -> None:
        while True:
            batch = [waiting.get()]
            while not waiting.empty():
                batch.append(waiting.get())
            commit(batch)
            for one in batch:
                answer(one)

    if kind == "group":
        threading.Thread(target=grouping, daemon=True).start()
    ready = threading.Event()
    link.on_state(lambda state: ready.set() if state is LinkState.ONLINE else None)
    handler = single if kind == "single" else waiting.put
    link.subscribe(f"{plan['root']}/device/+/echo-{kind}", handler, qos=0)
    link.start()
    assert ready.wait(10)
    print("ready", flush=True)
    sys.stdin.read()
    link.stop()


if __name__ == "__main__":
    main(sys.argv[1])
