"""Signing in and out, and how long to wait after too many tries."""

import anyio
import structlog
from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from queue_server.domain.words import Words
from queue_server.people.ports import BadSignIn, LockedOut, SignedIn
from queue_server.web.auth import password as own_password
from queue_server.web.auth import second_factor
from queue_server.web.auth.guard import CSRF_HEADER, check_csrf, require
from queue_server.web.auth.sessions import Sessions
from queue_server.web.auth.words import HOME, locked_words, own_path
from queue_server.web.errors import wants_page
from queue_server.web.pages import Pages
from queue_server.web.ports import WebDeps
from queue_server.web.routes import Routes
from queue_server.web.security import address_of

log = structlog.get_logger("sign_in")

AT_ONCE = 2
"""Passwords checked at the same time: each takes 64 MiB and 0.1 s."""

BAD = Words(
    "Tên đăng nhập hoặc mật khẩu chưa đúng. Mời nhập lại; quên mật khẩu thì nhờ quản trị viên cấp lại.",
    "Name or password is not right. Try again; if forgotten, ask the administrator for a new one.",
)


def router(deps: WebDeps) -> APIRouter:
    router = Routes(tags=["sign-in"])
    pages = Pages(deps, "auth")
    limiter = anyio.CapacityLimiter(AT_ONCE)
    second_factor.routes(router, deps, pages, limiter)
    own_password.routes(router, deps, pages, limiter)

    @router.get("/sign-in", include_in_schema=False)
    def sign_in_page(request: Request, next: str = "", locked: str = "") -> Response:
        return pages.show(
            request, "sign_in.html", next=own_path(next), locked=bool(locked), problem=None, login=""
        )

    @router.post("/sign-in", include_in_schema=False)
    async def sign_in(
        request: Request,
        login: str = Form("", max_length=64),
        password: str = Form("", max_length=256),
        next: str = Form("", max_length=200),
    ) -> Response:
        sessions: Sessions = request.app.state.sessions
        now, where = deps.clock.now(), address_of(request.scope)
        name = login.strip().lower()
        try:
            signed_in = await run_sync(deps.accounts.sign_in, name, password, where, now, limiter=limiter)
        except BadSignIn:
            log.info("sign_in_refused", why="name_or_password")
            return _again(request, BAD, 401, login, next)
        except LockedOut as locked_out:
            log.info("sign_in_refused", why="locked")
            return _again(request, locked_words(locked_out.until, now), 429, login, next)
        to = own_path(next) or HOME.get(signed_in.account.role, "/")
        if signed_in.account.must_change_password:
            to = "/password"
        if signed_in.factor_due:
            to = second_factor.code_page(own_path(next))
        else:
            log.info("signed_in", account=signed_in.account.id, factors=1)
        answer = RedirectResponse(to, 303)
        sessions.start(answer, signed_in)
        return answer

    def _again(request: Request, problem: Words, status: int, login: str, next_: str) -> Response:
        return pages.show(
            request,
            "sign_in.html",
            status_code=status,
            next=own_path(next_),
            locked=False,
            problem=problem,
            login=login,
        )

    @router.get("/session")
    def session(who: SignedIn = Depends(require(even_with_old_password=True))) -> JSONResponse:
        """200 while the session lives, 401 after: what a page asks when its stream has ended."""
        return JSONResponse({"ok": True})

    @router.post("/sign-out", include_in_schema=False)
    async def sign_out(request: Request) -> Response:
        """Form field or header carries the token; without a session there is nothing to end."""
        sessions: Sessions = request.app.state.sessions
        who = await run_sync(sessions.who, request)
        if who is not None:
            token = request.headers.get(CSRF_HEADER)
            if token is None:
                field = (await request.form()).get("csrf", "")
                token = field if isinstance(field, str) else ""
            check_csrf(who, token)
        answer: Response = (
            RedirectResponse("/sign-in", 303) if wants_page(request) else JSONResponse({"ok": True})
        )
        await run_sync(sessions.end, request, answer)
        return answer

    return router
