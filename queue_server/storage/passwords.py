"""Passwords: which are too weak, and argon2 over those that are not, at most two at a time."""

import threading
import unicodedata
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from queue_server.people.ports import WeakPassword
from queue_server.storage.common_passwords import COMMON

SHORTEST = 10
_AT_ONCE = 2
"""A hash takes 64 MiB and 0.1 s."""
_AROUND = "0123456789!@#$%^&*()_-+=.,?~ "


def check(password: str, login: str) -> str:
    """The password in NFC, as it is hashed; raises WeakPassword."""
    password = unicodedata.normalize("NFC", password)
    plain = password.casefold()
    core = plain.strip(_AROUND)
    if len(password) < SHORTEST:
        raise WeakPassword(f"a password has at least {SHORTEST} characters")
    if core in (login, "") or plain == login or core == login * 2:
        raise WeakPassword("the password is the sign-in name, or digits only")
    if plain in COMMON or core in COMMON or len(set(plain)) < 4:
        raise WeakPassword("this password is one of the commonest")
    return password


class Hasher:
    """Hashes and verifies in the caller's thread; more than two callers wait for each other.

    Without an argument argon2id costs what its makers recommend (64 MiB, three passes).
    """

    def __init__(self, argon2: PasswordHasher | None = None) -> None:
        self._argon2 = argon2 or PasswordHasher()
        self._room = threading.BoundedSemaphore(_AT_ONCE)

    @cached_property
    def _nobody(self) -> str:
        return self._argon2.hash("nobody has this password")

    def hash(self, password: str) -> str:
        with self._room:
            return self._argon2.hash(password)

    def verify(self, hash_: str | None, password: str) -> bool:
        """Whether the password fits; takes as long for an account that is not there (None)."""
        with self._room:
            try:
                fits = self._argon2.verify(hash_ or self._nobody, unicodedata.normalize("NFC", password))
            except (VerificationError, InvalidHashError):
                return False
        return fits and hash_ is not None
