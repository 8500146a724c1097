"""The web of an office: middlewares, static files, health, first page, and the audiences' routers."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route

from queue_server.domain.words import Words
from queue_server.web.auth.sessions import Sessions
from queue_server.web.errors import HANDLERS, RefusalsOfMiddleware
from queue_server.web.live import Streams
from queue_server.web.pages import Pages
from queue_server.web.ports import WebDeps
from queue_server.web.routes import Routes
from queue_server.web.security import (
    BUCKETS,
    AccessLog,
    BodyLimit,
    Buckets,
    RateLimit,
    SameOrigin,
    SecurityHeaders,
)
from queue_server.web.static_files import StaticFiles

RouterFactory = Callable[[WebDeps], APIRouter]

LARGER_BODIES = {"/admin/office": 2_000_000}
"""Paths whose bodies may exceed 64 kB: the office file."""

FIRST_PAGE: tuple[tuple[str, str, Words, Words], ...] = (
    ("/demo", "monitor", Words("Cả văn phòng trên một trang", "The whole office on one page"), Words("", "")),
    (
        "/counter",
        "megaphone",
        Words("Bàn làm việc tại quầy", "Counter console"),
        Words("Công chức: gọi số, phục vụ, chuyển, tạm gác", "Officers: call, serve, transfer, park"),
    ),
    (
        "/greeter",
        "hand-helping",
        Words("Quầy Hướng dẫn", "Reception desk"),
        Words("Cấp số giúp, tra số, trả lời gọi giúp đỡ", "Issue, look up, answer calls for help"),
    ),
    (
        "/manager",
        "gauge",
        Words("Theo dõi trực tiếp", "Live dashboard"),
        Words("Lãnh đạo: thời gian chờ hôm nay", "Managers: waiting time today"),
    ),
    (
        "/admin",
        "settings",
        Words("Quản trị", "Administration"),
        Words(
            "Tài khoản, việc, quầy, giờ, thông báo, màn hình", "Accounts, services, hours, notices, displays"
        ),
    ),
    (
        "/hall",
        "tv",
        Words("Bảng gọi số ở sảnh", "Hall display"),
        Words("Mở trên ti vi, toàn màn hình", "Open on a TV, full screen"),
    ),
    ("/openapi.json", "file-text", Words("Giao diện lập trình (OpenAPI)", "OpenAPI"), Words("", "")),
)


def make_app(
    deps: WebDeps, routers: Sequence[RouterFactory], *, tls: bool = False, burst: int = 600
) -> FastAPI:
    """The ASGI application with these audiences; `burst` requests of one address are taken in at once.

    `app.state.streams.close()` (from any thread) ends every live stream, so that a shutdown does not wait.
    """

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[dict[str, object]]:
        yield {BUCKETS: app.state.buckets}
        app.state.streams.close()

    static = StaticFiles(deps.css, deps.logo)
    made = [*(factory(deps) for factory in (_common, *routers)), static.router()]
    app = FastAPI(
        title="motcua",
        version="1",
        docs_url=None,
        redoc_url=None,
        lifespan=life,
        exception_handlers=HANDLERS,
        routes=[route for router in made for route in router.routes],
    )
    app.state.streams = Streams()
    app.state.buckets = Buckets(deps.clock, burst=burst)
    app.state.static = static
    app.state.pages = Pages(deps)
    app.state.sessions = Sessions(deps.accounts, deps.clock, tls, lambda: _factor_roles(deps))
    app.state.paths = {"/openapi.json"}.union(*(paths_of(router) for router in made[:-1]))

    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(BodyLimit, larger=LARGER_BODIES)
    app.add_middleware(SameOrigin)
    app.add_middleware(RateLimit, buckets=app.state.buckets)
    app.add_middleware(RefusalsOfMiddleware)
    app.add_middleware(SecurityHeaders, tls=tls)
    app.add_middleware(AccessLog, clock=deps.clock)
    return app


def _factor_roles(deps: WebDeps) -> frozenset[str]:
    config = deps.engine.office.config
    if config is None or deps.second_factors is None or deps.demo:
        return frozenset()
    return config.staff.second_factor


def paths_of(router: APIRouter) -> set[str]:
    """The paths a router answers, those of routers inside it too."""
    found: set[str] = set()
    for route in router.routes:
        inner = None if isinstance(route, Route) else getattr(route, "original_router", None)
        found |= paths_of(inner) if isinstance(inner, APIRouter) else {getattr(route, "path", "")}
    return found


def _common(deps: WebDeps) -> APIRouter:
    router = Routes()
    pages = Pages(deps)

    @router.get("/", response_class=HTMLResponse, include_in_schema=False)
    def first_page(request: Request) -> Response:
        links = [link for link in FIRST_PAGE if link[0] in request.app.state.paths]
        return pages.show(request, "index.html", links=links)

    @router.get("/healthz")
    def healthz() -> JSONResponse:
        """200 only when every part answers; the parts by name in either case."""
        parts = deps.health() if deps.health else {"engine": deps.engine.office.config is not None}
        well = all(parts.values())
        return JSONResponse({"ok": well, **parts}, 200 if well else 503)

    return router
