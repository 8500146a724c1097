"""Searches everything a run left on disk for planted texts, in every form they could have been left in."""

import base64
import gzip
import hashlib
import io
import json
import sqlite3
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote, quote_plus

HASHES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b", "blake2s", "sha3_256")
DEPTH = 3
"""How many packings inside each other are opened."""
LEAST_PACKED = 8
STREAMS = (
    (b"\x1f\x8b\x08", 31, "gzip"),
    *((b"\x78" + end, 15, "zlib") for end in (b"\x01", b"\x9c", b"\xda")),
)
"""How a packed stream begins, the window bits that unpack it, its name."""


def needles(planted: Sequence[str], hashed: Sequence[str] = ()) -> dict[bytes, str]:
    """Bytes to look for → what they are. `hashed` texts count as found by a hash without a key, too."""
    wanted: dict[bytes, str] = {}
    for text in planted:
        for form in ("NFC", "NFD"):
            composed = unicodedata.normalize(form, text)
            for said in {composed, composed.upper(), composed.lower(), composed.replace(" ", "")}:
                for what, data in _written(said):
                    wanted.setdefault(data, f"{form} {what}")
    for text in hashed:
        for name in HASHES:
            digest = hashlib.new(name, text.encode()).digest()
            hexed = digest.hex()
            for what, data in (
                ("hex", hexed.encode()),
                ("HEX", hexed.upper().encode()),
                ("raw", digest),
                ("base64", base64.b64encode(digest).rstrip(b"=")),
                ("base64url", base64.urlsafe_b64encode(digest).rstrip(b"=")),
            ):
                wanted.setdefault(data, f"unkeyed {name} {what}")
    return wanted


def _written(text: str) -> Iterator[tuple[str, bytes]]:
    plain = text.encode()
    yield "utf-8", plain
    yield "utf-16-le", text.encode("utf-16-le")
    yield "utf-16-be", text.encode("utf-16-be")
    yield "url", quote(text).encode()
    yield "form", quote_plus(text).encode()
    yield "json", json.dumps(text)[1:-1].encode()
    yield "hex", plain.hex().encode()
    yield "HEX", plain.hex().upper().encode()
    for shift in range(3):
        for name, encode in (("base64", base64.b64encode), ("base64url", base64.urlsafe_b64encode)):
            yield name, _inner(encode(b"\0" * shift + plain), shift, len(plain))


def _inner(encoded: bytes, shift: int, length: int) -> bytes:
    """The characters of a base64 that depend on the text alone, whatever stands before and after it."""
    first = -(-shift * 8 // 6)
    last = (shift + length) * 8 // 6
    return encoded[first:last]


def leftovers(folder: Path, wanted: Mapping[bytes, str], but: Sequence[Path] = ()) -> list[str]:
    """Where any of it is: `file: how it is written`. Also inside gzip, zlib, zip and SQLite's own texts."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file() or any(path.is_relative_to(one) for one in but):
            continue
        data = path.read_bytes()
        found += [f"{path.relative_to(folder)}: {what}" for what in _in(data, wanted, DEPTH)]
        found += [f"{path.relative_to(folder)}: name {what}" for what in _in(path.name.encode(), wanted, 0)]
        if data.startswith(b"SQLite format 3"):
            found += [f"{path.relative_to(folder)}: row {what}" for what in _in(_rows(path), wanted, 0)]
    return found


def _in(data: bytes, wanted: Mapping[bytes, str], depth: int) -> Iterator[str]:
    for needle, what in wanted.items():
        if needle and needle in data:
            yield what
    if depth:
        for name, packed in _unpacked(data):
            for what in _in(packed, wanted, depth - 1):
                yield f"{what} in {name}"


def _unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    """What is packed anywhere in the bytes: streams are found by their first bytes."""
    for magic, bits, name in STREAMS:
        at = data.find(magic)
        while at >= 0:
            with suppress(zlib.error):
                out = zlib.decompressobj(bits).decompress(data[at:])
                if len(out) >= LEAST_PACKED:
                    yield name, out
            at = data.find(magic, at + 1)
    if data.startswith(b"PK\x03\x04"):
        with suppress(zipfile.BadZipFile, OSError, RuntimeError), zipfile.ZipFile(io.BytesIO(data)) as pack:
            for member in pack.namelist():
                yield "zip", pack.read(member)


def _rows(path: Path) -> bytes:
    """Every value of every table, so that a text that is split over pages is whole."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = (row for name in names for row in database.execute(f'SELECT * FROM "{name}"'))
        return b"\n".join(
            cell if isinstance(cell, bytes) else str(cell).encode() for row in rows for cell in row
        )


def packed(data: bytes) -> bytes:
    """As a log rotator or a store packs it."""
    return gzip.compress(data)
