"""PURE: the second factor: keyed digests of ID numbers and last four digits; no number is kept."""

import hmac
from collections.abc import Iterable, Sequence

_SIZE = 15
_WHOLE, _LAST = b"n", b"4"


def digests_of(key: bytes, code: str, ids: Iterable[str], phones: Iterable[str]) -> tuple[bytes, ...]:
    """What is stored for a dossier: of every ID number the whole and its last four, of phones the last four.

    Each is 16 bytes and of use for this dossier only; without the key it tells nothing.
    """
    found: list[bytes] = []
    for number in ids:
        found += [_digest(key, _WHOLE, code, number), _digest(key, _LAST, code, number[-4:])]
    found += [_digest(key, _LAST, code, number[-4:]) for number in phones]
    return tuple(dict.fromkeys(found))


def can_tell(factor: str, digests: Sequence[bytes]) -> bool:
    """Whether there is anything stored to compare such a factor with."""
    kind = _LAST if len(factor) == 4 else _WHOLE
    return any(d.startswith(kind) for d in digests)


def fits(key: bytes, code: str, factor: str, digests: Sequence[bytes]) -> bool:
    """Whether four digits, or a whole ID number, belong to the applicant; in constant time."""
    made = _digest(key, _LAST if len(factor) == 4 else _WHOLE, code, factor)
    right = False
    for digest in digests:
        right |= hmac.compare_digest(made, digest)
    return right


def code_digest(key: bytes, code: str) -> bytes:
    """A dossier's code as the counter of tries knows it."""
    return hmac.digest(key, b"c:" + code.encode(), "sha256")[:16]


def _digest(key: bytes, kind: bytes, code: str, number: str) -> bytes:
    return kind + hmac.digest(key, b"%b:%b:%b" % (kind, code.encode(), number.encode()), "sha256")[:_SIZE]
