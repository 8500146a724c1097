"""The search of what a visit leaves behind finds what was planted: so its silence means something."""

import base64
import hashlib
import io
import json
import sqlite3
import unicodedata
import zipfile
import zlib
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.acceptance.leftovers import leftovers, needles, packed

NAME, NUMBER = "Đặng Thuỳ Hương Ly", "001190004321"
WANTED = needles([NAME, NUMBER], hashed=[NUMBER])
TEXT = f"xin chao {NAME} so {NUMBER}"


def zipped(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("log.txt", data)
    return out.getvalue()


PLANTED = {
    "plain": NAME.encode(),
    "capitals": NAME.upper().encode(),
    "decomposed": unicodedata.normalize("NFD", NAME).encode(),
    "utf-16": NAME.encode("utf-16-le"),
    "json": json.dumps({"who": NAME}).encode(),
    "address": quote(NAME).encode(),
    "hex": NUMBER.encode().hex().encode(),
    **{f"base64 after {n}": base64.b64encode(b"x" * n + TEXT.encode() + b"yz") for n in range(4)},
    "base64url": base64.urlsafe_b64encode(TEXT.encode()),
    "gzip": packed(TEXT.encode()),
    "gzip in gzip": packed(b"head" + packed(TEXT.encode())),
    "gzip inside a store": b"\0" * 99 + packed(TEXT.encode()) + b"\0" * 99,
    "zlib": zlib.compress(TEXT.encode(), 9),
    "zip": zipped(TEXT.encode()),
    "an unkeyed hash": hashlib.sha256(NUMBER.encode()).hexdigest().encode(),
    "an unkeyed hash as bytes": hashlib.md5(NUMBER.encode()).digest(),
    "an unkeyed hash in base64": base64.b64encode(hashlib.sha1(NUMBER.encode()).digest()),
}


@pytest.mark.parametrize("how", PLANTED)
def test_what_is_planted_is_found(how: str, tmp_path: Path) -> None:
    (tmp_path / "left").write_bytes(b"before " + PLANTED[how] if how != "zip" else PLANTED[how])
    assert leftovers(tmp_path, WANTED)


def test_a_row_that_was_deleted_is_still_found_in_its_page(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA secure_delete = OFF")
        database.execute("CREATE TABLE t (a TEXT)")
        database.executemany("INSERT INTO t VALUES (?)", [(NAME,), ("another",)])
        database.commit()
        database.execute("DELETE FROM t WHERE a = ?", (NAME,))
        database.commit()
    assert leftovers(tmp_path, WANTED)


def test_a_text_split_over_pages_is_found_in_its_row(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA page_size = 512")
        database.execute("CREATE TABLE t (a TEXT)")
        for before in range(440, 520, 4):
            database.execute("INSERT INTO t VALUES (?)", ("x" * before + NAME + "y" * 2000,))
        database.commit()
    assert any(": row " in one for one in leftovers(tmp_path, WANTED))


def test_a_name_of_a_file_counts(tmp_path: Path) -> None:
    (tmp_path / f"{NUMBER}.log").write_text("nothing")
    assert leftovers(tmp_path, WANTED)


def test_a_keyed_hash_and_a_masked_name_are_not_found(tmp_path: Path) -> None:
    keyed = hashlib.blake2b(NUMBER.encode(), key=b"k" * 32).hexdigest()
    (tmp_path / "fine").write_text(f"Đ*** T*** H**** L* {keyed} 4321 0011900")
    assert leftovers(tmp_path, WANTED) == []


def test_what_the_test_itself_wrote_can_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "so.csv").write_text(NAME)
    assert leftovers(tmp_path, WANTED, but=[tmp_path / "mine"]) == []
