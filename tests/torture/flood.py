"""Somebody who talks far too much: MQTT garbage and repeats, pages by the thousand, a slow loris."""

import asyncio
import json
import sys
from contextlib import suppress
from time import monotonic
from typing import Any

from tests.torture.wire import _Client


def payload(how: str, number: int) -> bytes:
    match how:
        case "garbage":
            return b"\xff{[" + bytes([number % 256]) * 40
        case "large":
            return json.dumps({"id": "big", "services": ["x" * 70_000]}).encode()
        case "unknown":
            return json.dumps({"id": f"u{number}", "services": ["khong-co"]}).encode()
        case _:
            return json.dumps({"id": "same-one", "services": ["chung-thuc"]}).encode()


async def mqtt(port: int, root: str, user: str, password: str, how: str, seconds: float) -> int:
    """As fast as the broker takes it; how many were sent."""
    end, sent = monotonic() + seconds, 0
    while monotonic() < end:
        with suppress(OSError, TimeoutError, asyncio.TimeoutError):
            client = await _Client.connect(
                port, f"{user}-f{sent}", user, password, f"{root}/reply/{user}", lambda *_: None
            )
            assert isinstance(client, _Client)
            while monotonic() < end and not client.lost.is_set():
                for _ in range(50):
                    client.publish(f"{root}/request/{user}/issue", payload(how, sent))
                    sent += 1
                transport = client._transport
                assert transport is not None
                while transport.get_write_buffer_size() > 200_000 and not client.lost.is_set():
                    await asyncio.sleep(0.005)
                await asyncio.sleep(0)
            client.close()
        await asyncio.sleep(0.01)
    return sent


async def http(port: int, how: str, seconds: float) -> int:
    """`pages` are asked for and thrown away, `slow` never ends its request, `large` sends 2 MB of header."""
    end, sent = monotonic() + seconds, 0

    async def one() -> None:
        nonlocal sent
        while monotonic() < end:
            with suppress(OSError, TimeoutError, asyncio.TimeoutError):
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                try:
                    if how == "slow":
                        for byte in b"GET / HTTP/1.1\r\nhost: x\r\n":
                            writer.write(bytes([byte]))
                            await asyncio.sleep(0.05)
                            if monotonic() > end:
                                break
                    else:
                        extra = b"x-a: " + b"a" * 2_000_000 + b"\r\n" if how == "large" else b""
                        writer.write(
                            b"GET /sign-in HTTP/1.1\r\nhost: x\r\nconnection: close\r\n" + extra + b"\r\n"
                        )
                        await asyncio.wait_for(reader.read(-1), 2)
                    sent += 1
                finally:
                    writer.close()

    await asyncio.gather(*(one() for _ in range(20)))
    return sent


def main(plan: dict[str, Any]) -> int:
    how, seconds = str(plan["how"]), float(plan["seconds"])
    if plan["what"] == "mqtt":
        return asyncio.run(mqtt(plan["port"], plan["root"], plan["user"], plan["password"], how, seconds))
    return asyncio.run(http(plan["port"], how, seconds))


if __name__ == "__main__":
    print(main(json.loads(sys.stdin.read())))
