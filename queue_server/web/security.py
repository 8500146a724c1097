"""What every request and answer must pass: sizes, rates, same origin, headers; and a log without names."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from urllib.parse import urlsplit

import structlog
from fastapi import HTTPException
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from queue_server.engine.ports import Clock

CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "SAMEORIGIN",
}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

log = structlog.get_logger("web.access")


class SecurityHeaders:
    """Every answer says what a browser may do with it; pages are never cached unless they say so."""

    def __init__(self, app: ASGIApp, tls: bool = False) -> None:
        self._app, self._headers = app, dict(HEADERS)
        if tls:
            self._headers["strict-transport-security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class BodyLimit:
    """Bodies over `limit` bytes are refused with 413; `larger` names paths that may carry more."""

    def __init__(self, app: ASGIApp, limit: int = 65_536, larger: Mapping[str, int] | None = None) -> None:
        self._app, self._limit, self._larger = app, limit, dict(larger or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._larger.get(scope["path"], self._limit)
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            if message["type"] == "http.request":
                seen += len(message.get("body", b""))
                if seen > limit:
                    raise HTTPException(413)
            return message

        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdigit() or int(length) > limit:
            raise HTTPException(413)
        await self._app(scope, counted, send)


BUCKETS = "buckets"
"""Where the server that runs the application finds its `Buckets`, in the state of its lifespan."""


_WAITS_BELOW = 0.75
"""What is left of its burst when an address's requests begin to wait."""


class Buckets:
    """A token bucket an address: a quarter of `burst` requests is heard at once, the others wait their turn,
    at `rate` a second; what comes when all of `burst` is taken is refused.

    Who asks for hundreds of pages in a moment would else make the hall wait. What is refused costs a token as
    well, down to a debt of `_MOST_DEBT`: who goes on knocking stays outside, who stops is heard again within
    seconds. For one thread.
    """

    _MOST_ADDRESSES = 10_000
    _MOST_DEBT = 250.0

    def __init__(self, clock: Clock, rate: float = 50.0, burst: int = 600) -> None:
        self._clock, self._rate, self._burst = clock, rate, float(burst)
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def turn(self, address: str) -> float | None:
        """In how many seconds one more request is heard; None when it is refused."""
        level = self._take(address)
        return None if level < 1.0 else max(0.0, (_WAITS_BELOW * self._burst - level) / self._rate)

    def charge(self, address: str, requests: int) -> None:
        """For what costs as much as so many requests and is none."""
        self._take(address, requests)

    def shuts_out(self, address: str) -> bool:
        """Whether a new connection is not even taken: its address is in debt. One that is, costs nothing."""
        now = self._clock.monotonic()
        level, at = self._levels.get(address, (self._burst, now))
        if level + (now - at) * self._rate >= 0.0:
            return False
        self._take(address)
        return True

    def _take(self, address: str, tokens: int = 1) -> float:
        """So many tokens less; how many there were."""
        now = self._clock.monotonic()
        level, at = self._levels.pop(address, (self._burst, now))
        level = min(self._burst, level + (now - at) * self._rate)
        self._levels[address] = (max(-self._MOST_DEBT, level - tokens), now)
        if len(self._levels) > self._MOST_ADDRESSES:
            self._levels.popitem(last=False)
        return level


class RateLimit:
    """Whoever asks much at once is heard in turn; whoever asks more than its bucket holds is answered 429."""

    def __init__(self, app: ASGIApp, buckets: Buckets) -> None:
        self._app, self._buckets = app, buckets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            turn = self._buckets.turn(address_of(scope))
            if turn is None:
                raise HTTPException(429, headers={"retry-after": "1"})
            if turn > 0.0:
                await asyncio.sleep(turn)
        await self._app(scope, receive, send)


class SameOrigin:
    """A request that changes something must come from this site's own pages (or from no page at all).

    Browsers say so in Sec-Fetch-Site; those that do not are judged by Origin, which a form sends as `null`
    under our referrer policy. The CSRF token and the strict cookie stand behind this.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            headers = Headers(scope=scope)
            site, origin = headers.get("sec-fetch-site"), headers.get("origin", "null")
            if site is not None:
                foreign = site not in ("same-origin", "none")
            else:
                foreign = origin != "null" and urlsplit(origin).netloc != headers.get("host", "")
            if foreign:
                raise HTTPException(403)
        await self._app(scope, receive, send)


class AccessLog:
    """One event a request: method, the route's pattern (so no token or name), status, milliseconds.

    Those that were too many are counted and told once a second, so that a flood fills no disk.
    """

    def __init__(self, app: ASGIApp, clock: Clock) -> None:
        self._app, self._clock = app, clock
        self._second, self._too_many = 0, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/static/"):
            await self._app(scope, receive, send)
            return
        started, status = self._clock.monotonic(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            pattern = getattr(scope.get("route"), "path", "(no route)")
            ended = self._clock.monotonic()
            if status == 429 and pattern == "(no route)":
                self._count(int(ended))
            else:
                milliseconds = round((ended - started) * 1000, 1)
                log.info("request", method=scope["method"], route=pattern, status=status, ms=milliseconds)

    def _count(self, second: int) -> None:
        if second != self._second:
            log.warning("too_many_requests", refused=self._too_many + 1)
            self._second, self._too_many = second, 0
        else:
            self._too_many += 1


def address_of(scope: Scope) -> str:
    """The caller's address, empty when the transport has none."""
    client = scope.get("client")
    return str(client[0]) if client else ""
