"""Signing in and out, the forced change of a password, and how long to wait after too many tries."""

import anyio
import structlog
from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from queue_server.domain.words import Words
from queue_server.people.ports import BadSignIn, LockedOut, SignedIn, WeakPassword
from queue_server.web.auth import second_factor
from queue_server.web.auth.guard import CSRF_HEADER, check_csrf, require, require_form
from queue_server.web.auth.sessions import Sessions
from queue_server.web.auth.words import HOME, WRONG_OLD, locked_words, own_path
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
WEAK = Words(
    "Mật khẩu mới cần ít nhất 10 ký tự, không trùng tên đăng nhập và không phải mật khẩu phổ biến.",
    "The new password needs 10 characters or more, not your sign-in name, and not a common one.",
)
DIFFERENT = Words(
    "Hai lần nhập mật khẩu mới không giống nhau. Mời nhập lại.",
    "The two new passwords differ. Enter them again.",
)
SAME = Words(
    "Mật khẩu mới phải khác mật khẩu cũ. Mời chọn mật khẩu khác.",
    "The new password must differ from the old one. Choose another.",
)


def router(deps: WebDeps) -> APIRouter:
    router = Routes(tags=["sign-in"])
    pages = Pages(deps, "auth")
    limiter = anyio.CapacityLimiter(AT_ONCE)
    second_factor.routes(router, deps, pages, limiter)

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

    @router.get("/password", include_in_schema=False)
    def password_page(
        request: Request, who: SignedIn = Depends(require(even_with_old_password=True))
    ) -> Response:
        return pages.show(request, "password.html", problem=None)

    @router.post("/password", include_in_schema=False)
    async def change_password(
        request: Request,
        who: SignedIn = Depends(require_form(even_with_old_password=True)),
        old: str = Form("", max_length=256),
        new: str = Form("", max_length=256),
        again: str = Form("", max_length=256),
    ) -> Response:
        sessions: Sessions = request.app.state.sessions
        account, now, where = who.account, deps.clock.now(), address_of(request.scope)

        def change() -> SignedIn:
            proof = deps.accounts.sign_in(account.login, old, where, now)
            deps.accounts.sign_out(proof.session_id)
            deps.accounts.set_password(account.id, new, now, False)
            sessions.end_all_of(account.id)
            return deps.accounts.sign_in(account.login, new, where, now)

        problem: Words | None = None
        status = 422
        if new != again:
            problem = DIFFERENT
        elif new == old:
            problem = SAME
        else:
            try:
                fresh = await run_sync(change, limiter=limiter)
            except WeakPassword:
                problem = WEAK
            except BadSignIn:
                problem = WRONG_OLD
            except LockedOut as locked_out:
                problem, status = locked_words(locked_out.until, now), 429
        if problem is not None:
            return pages.show(request, "password.html", status_code=status, problem=problem)
        answer = RedirectResponse(HOME.get(account.role, "/"), 303)
        sessions.start(answer, fresh)
        return answer

    return router
