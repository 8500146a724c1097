"""The office's own keys: one signs its days, one makes page tokens; files of mode 0600."""

import base64
import hmac
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from queue_server.domain.ids import TicketId

SIGNING_FILE = "signing.key"
PUBLIC_FILE = "signing.pub"
PAGES_FILE = "pages.key"
DOSSIERS_FILE = "dossiers.key"


@dataclass(frozen=True, slots=True)
class Keys:
    """`public` is the signing key's public half in base64 (32 bytes)."""

    signing: Ed25519PrivateKey
    pages: bytes
    public: str

    @classmethod
    def of(cls, signing: bytes, pages: bytes) -> "Keys":
        """From two secrets of 32 bytes."""
        key = Ed25519PrivateKey.from_private_bytes(signing)
        public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return cls(key, pages, base64.b64encode(public).decode())

    @classmethod
    def open(cls, directory: Path) -> "Keys":
        """The keys in an office's directory, made at the first start; the public key is written beside."""
        keys = cls.of(_secret(directory / SIGNING_FILE), _secret(directory / PAGES_FILE))
        public = directory / PUBLIC_FILE
        if not public.exists():
            public.write_text(keys.public + "\n")
        return keys

    def sign_day(self, day: str, seq: int, hash_: str) -> str:
        """Base64 of the signature over a day's head."""
        return base64.b64encode(self.signing.sign(_head(day, seq, hash_))).decode()

    def page_token(self, ticket: TicketId) -> str:
        """The ticket's page token: 128 bits nobody can guess without the key, 22 characters."""
        mac = hmac.digest(self.pages, b"page:" + ticket.encode(), "sha256")
        return base64.urlsafe_b64encode(mac[:16]).rstrip(b"=").decode()


def dossier_key(directory: Path) -> bytes:
    """The key of the second factors' digests, made at the first use; without it no factor fits any more."""
    return _secret(directory / DOSSIERS_FILE)


def signed_by(public: str, signature: str, day: str, seq: int, hash_: str) -> bool:
    """Whether a day's head was signed by the holder of a public key (both base64)."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
        key.verify(base64.b64decode(signature, validate=True), _head(day, seq, hash_))
    except (InvalidSignature, ValueError):
        return False
    return True


def digest(secret: str) -> bytes:
    """What is stored of a token, or a session id."""
    return sha256(secret.encode()).digest()


def _head(day: str, seq: int, hash_: str) -> bytes:
    return f"motcua day {day} {seq} {hash_}".encode()


def _secret(path: Path) -> bytes:
    if path.exists():
        return path.read_bytes()
    made = os.urandom(32)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(file, made)
        os.fsync(file)
    finally:
        os.close(file)
    return made
