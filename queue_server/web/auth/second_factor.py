"""The code after the password."""

from urllib.parse import quote

import anyio
import structlog
from anyio.to_thread import run_sync
from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from queue_server.people.ports import BadSignIn, SignedIn
from queue_server.web.auth import enrolling
from queue_server.web.auth.factor_desk import FactorDesk
from queue_server.web.auth.guard import check_csrf
from queue_server.web.auth.sessions import Sessions
from queue_server.web.auth.words import HOME, own_path
from queue_server.web.errors import SignInFirst, wants_page
from queue_server.web.pages import Pages
from queue_server.web.ports import WebDeps

log = structlog.get_logger("sign_in")


def routes(router: APIRouter, deps: WebDeps, pages: Pages, limiter: anyio.CapacityLimiter) -> None:
    """Adds the routes where accounts can have a second factor."""
    if deps.second_factors is None:
        return
    desk = FactorDesk(deps, deps.second_factors)
    _asking(router, deps, pages, desk)
    enrolling.routes(router, desk, pages, limiter)


def _asking(router: APIRouter, deps: WebDeps, pages: Pages, desk: FactorDesk) -> None:
    @router.get("/second-factor", include_in_schema=False)
    def ask(request: Request, next: str = "") -> Response:
        who = _half(request)
        if isinstance(who, Response):
            return who
        return pages.show(request, "second_factor.html", csrf=who.csrf, next=own_path(next), problem=None)

    @router.post("/second-factor", include_in_schema=False)
    async def answer(
        request: Request,
        csrf: str = Form("", max_length=100),
        code: str = Form("", max_length=64),
        next: str = Form("", max_length=200),
    ) -> Response:
        who = await run_sync(_half, request)
        if isinstance(who, Response):
            return who
        check_csrf(who, csrf)
        problem = await desk.right(request, who, code)
        if problem is not None:
            return pages.show(
                request,
                "second_factor.html",
                status_code=401,
                csrf=who.csrf,
                next=own_path(next),
                problem=problem,
            )
        sessions: Sessions = request.app.state.sessions
        try:
            whole = await run_sync(desk.factors.complete, who.session_id, deps.clock.now())
        except BadSignIn as over:
            raise SignInFirst from over
        log.info("signed_in", account=who.account.id, factors=2)
        to = own_path(next) or HOME.get(who.account.role, "/")
        back = RedirectResponse("/password" if whole.account.must_change_password else to, 303)
        sessions.start(back, whole)
        return back


def _half(request: Request) -> SignedIn | Response:
    """The session that waits for its code; a page of a whole one goes home. Raises SignInFirst, 403."""
    sessions: Sessions = request.app.state.sessions
    who = sessions.who(request)
    if who is None:
        raise SignInFirst
    if who.factor_due:
        return who
    if request.method == "GET" and wants_page(request):
        return RedirectResponse(HOME.get(who.account.role, "/"), 303)
    raise HTTPException(403)


def code_page(next_: str) -> str:
    """Where the code is asked for, and where to go then."""
    return "/second-factor" + (f"?next={quote(next_)}" if next_ else "")
