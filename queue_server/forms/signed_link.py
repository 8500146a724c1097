"""PURE: the signed address in a receipt's QR: `<public address>/h/<code>?k=<key id>.<signature>`.

The code is no personal datum; nothing else is in the address. Without the signature, which only the office
can make, nobody can go through codes from outside: the status page answers signed addresses only. A key id
lets keys be changed while receipts signed with older ones stay good.
"""

import base64
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from queue_server.codes.normal import normalise

PATH = "/h/"
_BYTES = 12
"""96 bits: nobody guesses them through a page that answers a few times a minute, and the QR stays small."""
_SIGNATURE = re.compile(r"([A-Za-z0-9]{1,8})\.([A-Za-z0-9_-]{16})", re.ASCII)
_NOBODYS_KEY = b"\0" * 32


@dataclass(frozen=True, slots=True)
class LinkKeys:
    """The office's keys by id; `newest` signs, all of them are believed."""

    newest: str
    keys: Mapping[str, bytes] = field(repr=False)


def signed_link(public_url: str, office: str, code: str, keys: LinkKeys) -> str:
    """The address of a code's status page; empty for an office without a public address."""
    if not public_url:
        return ""
    code = normalise(code)
    signature = f"{keys.newest}.{_sign(office, code, keys.keys[keys.newest])}"
    return f"{public_url.rstrip('/')}{PATH}{quote(code, safe='')}?k={signature}"


def is_genuine(office: str, code: str, signature: str, keys: LinkKeys) -> bool:
    """Whether this office signed this code. Takes as long for a wrong signature as for a right one."""
    found = _SIGNATURE.fullmatch(signature)
    id_, given = (found[1], found[2]) if found else ("", "")
    key = keys.keys.get(id_)
    right = hmac.compare_digest(_sign(office, normalise(code), key or _NOBODYS_KEY).encode(), given.encode())
    return right and key is not None


def _sign(office: str, code: str, key: bytes) -> str:
    mac = hmac.digest(key, f"motcua dossier link\n{office}\n{code}".encode(), "sha256")
    return base64.urlsafe_b64encode(mac[:_BYTES]).decode()
