"""A person changes their own password: once after the one-time one, and whenever they like."""

import anyio
from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from queue_server.domain.words import Words
from queue_server.people.ports import BadSignIn, LockedOut, SignedIn, WeakPassword
from queue_server.web.auth.guard import require, require_form
from queue_server.web.auth.sessions import Sessions
from queue_server.web.auth.words import HOME, WRONG_OLD, locked_words
from queue_server.web.pages import Pages
from queue_server.web.ports import WebDeps
from queue_server.web.security import address_of

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


def routes(router: APIRouter, deps: WebDeps, pages: Pages, limiter: anyio.CapacityLimiter) -> None:
    """Adds the page and its form."""

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
