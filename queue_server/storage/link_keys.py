"""The keys that sign receipts' addresses: a file of mode 0600, one key a line, the newest last.

A key is added with `new_link_key`; receipts signed with an older one stay good until its line is deleted.
"""

import base64
import os
from pathlib import Path

FILE = "links.keys"
_BYTES = 32


class BadLinkKeys(Exception):
    """The file of link keys cannot be read: restore it from the backup, or receipts' QR codes are refused."""


def link_keys(directory: Path) -> dict[str, bytes]:
    """Key id → key, the newest last; the first is made at the first use. Raises BadLinkKeys, OSError."""
    path = directory / FILE
    if not path.exists():
        _write(path, {"1": os.urandom(_BYTES)})
    return _read(path)


def new_link_key(directory: Path) -> str:
    """Add a key, with which receipts are signed from the next start on; its id. Raises as `link_keys`."""
    keys = link_keys(directory)
    id_ = str(max((int(known) for known in keys if known.isdigit()), default=0) + 1)
    _write(directory / FILE, keys | {id_: os.urandom(_BYTES)})
    return id_


def _read(path: Path) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for line in path.read_text("ascii").splitlines():
        id_, _space, text = line.partition(" ")
        try:
            key = base64.b64decode(text, validate=True)
        except ValueError:
            key = b""
        if len(key) != _BYTES or not id_.isalnum() or len(id_) > 8:
            raise BadLinkKeys(f"{path.name}: {BadLinkKeys.__doc__}")
        keys[id_] = key
    if not keys:
        raise BadLinkKeys(f"{path.name}: {BadLinkKeys.__doc__}")
    return keys


def _write(path: Path, keys: dict[str, bytes]) -> None:
    """Whole or not at all; it belongs to the folder's owner, whoever runs the command."""
    owner = path.parent.stat()
    part = path.with_suffix(".new")
    part.unlink(missing_ok=True)
    file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(file, "".join(f"{id_} {base64.b64encode(k).decode()}\n" for id_, k in keys.items()).encode())
        if os.geteuid() == 0:
            os.fchown(file, owner.st_uid, owner.st_gid)
        os.fsync(file)
    finally:
        os.close(file)
    part.replace(path)
