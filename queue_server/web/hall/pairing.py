"""Who may show a display: a TV paired once by code, this machine itself, or anybody in demo mode."""

from ipaddress import ip_address

from fastapi import Request
from fastapi.responses import Response

from queue_server.domain.office_config import OfficeConfig
from queue_server.web.ports import WebDeps
from queue_server.web.security import address_of

COOKIE = "display"
_YEARS = 10 * 31_536_000
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


def is_loopback(request: Request) -> bool:
    """Whether a page is asked for on this very machine; a proxy's word for somebody else is not."""
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ip_address(address_of(request.scope)).is_loopback
    except ValueError:
        return False


def paired_display(request: Request, deps: WebDeps) -> str | None:
    """The display this TV is paired to, None when not, not yet, or revoked."""
    secret = request.cookies.get(COOKIE, "")
    return deps.accounts.paired_display(secret, deps.clock.now()) if secret else None


def may_show(request: Request, deps: WebDeps) -> bool:
    return deps.demo or is_loopback(request) or paired_display(request, deps) is not None


def remember(answer: Response, secret: str, secure: bool) -> None:
    """The device's secret, out of reach of scripts; it opens displays and nothing else."""
    answer.set_cookie(
        COOKIE, secret, max_age=_YEARS, path="/display", httponly=True, samesite="lax", secure=secure
    )


def address_of_display(config: OfficeConfig, display: str) -> str:
    """Where a display lives: by its id in the office file, else by a counter's or zone's id, else zone 1."""
    known = next((one for one in config.displays if one.id == display), None)
    if known is not None and known.kind == "counter" and known.counter is not None:
        return f"/display/counter/{known.counter}"
    if known is not None:
        return f"/display/hall/{known.zone}"
    if any(counter.id == display for counter in config.counters):
        return f"/display/counter/{display}"
    zone = next((zone.id for zone in config.zones if zone.id == display), config.zones[0].id)
    return f"/display/hall/{zone}"
