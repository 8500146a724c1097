"""A free TCP port on loopback, from outside the range that outgoing connections take theirs from."""

import os
import random
import socket

FIRST, LAST = 15_000, 32_000


def free_port() -> int:
    """A port nobody listens on now. Tests that run beside each other draw different ones: each process has
    its own slice of the range, and asks for one after the other of it."""
    for _ in range(1000):
        port = FIRST + _next_of(os.getpid())
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no free port")


_drawn: dict[int, int] = {}


def _next_of(process: int) -> int:
    start = _drawn.setdefault(process, random.Random(process).randrange(LAST - FIRST))
    _drawn[process] = (start + 1) % (LAST - FIRST)
    return start
