"""PURE: codes of an authenticator app (RFC 6238, SHA-1, six digits, 30 s), and the link that enrols one."""

import base64
import hmac
from datetime import datetime
from urllib.parse import quote, urlencode

STEP_S = 30
DIGITS = 6
SECRET_BYTES = 20
DRIFT = 1
"""Steps before and after now that are taken: a phone's clock may be half a minute off."""


def code_at(secret: bytes, step: int) -> str:
    """The code of one step of 30 seconds since 1970."""
    mac = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def step_of(secret: bytes, code: str, now: datetime, after: int = -1) -> int | None:
    """The step whose code this is, None when it is none of now's; `after` is the last step that was used."""
    here = int(now.timestamp()) // STEP_S
    found = None
    for step in range(here - DRIFT, here + DRIFT + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), code.encode()) and step > after:
            found = step
    return found


def readable(secret: bytes) -> str:
    """The secret as people type it: base32 in groups of four."""
    text = base64.b32encode(secret).decode()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def enrolment(secret: bytes, login: str, office: str) -> str:
    """The `otpauth:` link that an authenticator app reads from a QR code."""
    issuer = office.replace(":", " ")
    query = urlencode(
        {"secret": base64.b32encode(secret).decode(), "issuer": issuer, "digits": DIGITS, "period": STEP_S},
        quote_via=quote,
    )
    return f"otpauth://totp/{quote(issuer)}:{quote(login)}?{query}"
