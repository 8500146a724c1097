"""Words of the book, sealed with the office's dossier key: AES-256-GCM, bound to their row."""

import hmac
import os
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


class Sealed(Exception):
    """Words that this key does not open: another office's, or tampered with."""


class Seal:
    """`key` is the office's dossier key; the seal's own is made from it."""

    def __init__(self, key: bytes, random: Callable[[int], bytes] = os.urandom) -> None:
        self._cipher = AESGCM(hmac.digest(key, b"book-words", "sha256"))
        self._random = random

    def close(self, dossier: str, seq: int, text: str) -> bytes:
        """What is stored of the words of a row."""
        nonce = self._random(_NONCE)
        return nonce + self._cipher.encrypt(nonce, text.encode(), f"{dossier}:{seq}".encode())

    def open(self, dossier: str, seq: int, sealed: bytes) -> str:
        """The words of a row. Raises Sealed."""
        data = bytes(sealed)
        try:
            opened = self._cipher.decrypt(data[:_NONCE], data[_NONCE:], f"{dossier}:{seq}".encode())
        except InvalidTag as wrong:
            raise Sealed(f"the words of {dossier} do not open with this key") from wrong
        return opened.decode()
