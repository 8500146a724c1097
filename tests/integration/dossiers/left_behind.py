"""Looks for a planted text in everything below a folder, in every dress a careless program might give it."""

import base64
import gzip
import hashlib
import sqlite3
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path


def dresses(planted: str) -> Iterator[tuple[str, bytes]]:
    """(what it is called, bytes): encodings, forms, base64 at every alignment, hex, unkeyed hashes."""
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, planted)  # type: ignore[arg-type]
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1258"):
            try:
                raw = text.encode(encoding)
            except UnicodeEncodeError:
                continue
            yield f"{form} {encoding}", raw
        raw = text.encode()
        yield f"{form} hex", raw.hex().encode()
        yield f"{form} json", ascii(text)[1:-1].encode()
        yield f"{form} upper", text.upper().encode()
        for shift in range(3):
            for encode in (base64.b64encode, base64.urlsafe_b64encode):
                dressed = encode(b"\0" * shift + raw)
                yield f"{form} base64+{shift}", dressed[4 if shift else 0 : len(dressed) - 4]
        for name in ("md5", "sha1", "sha256", "sha512", "blake2b"):
            made = hashlib.new(name, raw).digest()
            yield f"{form} {name}", made
            yield f"{form} {name} hex", made.hex().encode()
            yield f"{form} {name} base64", base64.b64encode(made)[:20]


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """(where, bytes) of every file, of what is packed in it, and of every cell of every SQLite table.

    All files are read first, because opening a SQLite file may move what is in its log.
    """
    files = [(path, raw) for path in sorted(folder.rglob("*")) if (raw := _raw(path)) is not None]
    for path, raw in files:
        where = str(path.relative_to(folder))
        yield where, raw
        if raw.startswith(b"PK\x03\x04"):
            yield from _zipped(path, where)
        for packed in (gzip.decompress, zlib.decompress):
            try:
                yield f"{where} unpacked", packed(raw)
            except (OSError, zlib.error, EOFError):
                continue
    for path, raw in files:
        if raw.startswith(b"SQLite format 3\0"):
            yield from _cells(path, str(path.relative_to(folder)))


def _zipped(path: Path, where: str) -> Iterator[tuple[str, bytes]]:
    """What is in a backup, and in the database in it."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
        for name, raw in contents(Path(folder)):
            yield f"{where}!{name}", raw


def _raw(path: Path) -> bytes | None:
    """None for what is no file, and for one that a running program has just deleted."""
    try:
        return path.read_bytes() if path.is_file() else None
    except FileNotFoundError:
        return None


def _cells(path: Path, where: str) -> Iterator[tuple[str, bytes]]:
    connection = sqlite3.connect(path)
    try:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        for table in tables:
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                for cell in row:
                    if isinstance(cell, bytes):
                        yield f"{where} {table}", cell
                        try:
                            yield f"{where} {table} unpacked", zlib.decompress(cell)
                        except zlib.error:
                            continue
    finally:
        connection.close()


def found(folder: Path, *planted: str) -> list[str]:
    """Where any of the texts is, and in which dress; never the text."""
    looked_for = [(n, *dress) for n, text in enumerate(planted) for dress in dresses(text)]
    hits = []
    for where, raw in contents(folder):
        hits += [f"text {n} as {name} in {where}" for n, name, dress in looked_for if dress in raw]
    return hits
