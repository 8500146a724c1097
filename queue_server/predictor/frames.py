"""Pickles over a pipe, each after its length in four bytes: between this program and its own child only."""

import pickle
from typing import Any

HEAD = 4
LONGEST = 64_000_000


def framed(value: object) -> bytes:
    body = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    return len(body).to_bytes(HEAD, "big") + body


def length(head: bytes) -> int:
    """How many bytes follow; raises ValueError for what cannot be a frame."""
    found = int.from_bytes(head, "big")
    if len(head) != HEAD or found > LONGEST:
        raise ValueError("no frame begins here")
    return found


def opened(body: bytes) -> Any:
    return pickle.loads(body)
