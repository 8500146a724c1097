"""A person's own authenticator app: enrolled with a QR code and a first code, taken away with a code."""

from urllib.parse import quote

import anyio
from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from queue_server.domain.words import Words
from queue_server.forms.qr import qr_picture
from queue_server.people.ports import BadCode, BadSignIn, LockedOut, SignedIn
from queue_server.people.totp import enrolment, readable
from queue_server.web.auth.factor_desk import BAD_CODE, FactorDesk
from queue_server.web.auth.guard import require, require_form
from queue_server.web.auth.sessions import Sessions
from queue_server.web.auth.words import HOME, WRONG_PASSWORD, locked_words
from queue_server.web.pages import Pages
from queue_server.web.security import address_of

NOT_THE_APP = Words(
    "Mã chưa khớp. Kiểm tra giờ trên điện thoại (đặt tự động), rồi nhập mã đang hiện.",
    "The code does not fit. Check the phone's clock (set it to automatic) and enter what it shows now.",
)


class EnrolPage:
    """The page of one's own second factor: to be enrolled, or to be taken away."""

    def __init__(self, desk: FactorDesk, pages: Pages) -> None:
        self._desk, self._pages = desk, pages

    def show(
        self,
        request: Request,
        who: SignedIn,
        problem: Words | None = None,
        status: int = 200,
        codes: tuple[str, ...] = (),
    ) -> Response:
        """`codes` are recovery codes that were made just now: no other answer shows them."""
        sessions: Sessions = request.app.state.sessions
        factors, config = self._desk.factors, self._desk.deps.engine.office.config
        secret = None if codes else factors.secret(who.account.id)
        name = config.short_name.vi if config else "motcua"
        return self._pages.show(
            request,
            "enrol.html",
            status_code=status,
            problem=problem,
            codes=codes,
            on=secret is None,
            needed=sessions.needs_factor(who),
            left=factors.recovery_left(who.account.id),
            qr=qr_picture(enrolment(secret, who.account.login, name)) if secret else "",
            secret=readable(secret) if secret else "",
            home=HOME.get(who.account.role, "/"),
        )


def routes(router: APIRouter, desk: FactorDesk, pages: Pages, limiter: anyio.CapacityLimiter) -> None:
    """Adds the page, enrolment and removal."""
    page = EnrolPage(desk, pages)

    @router.get("/second-factor/enrol", include_in_schema=False)
    def own(request: Request, who: SignedIn = Depends(require(even_without_factor=True))) -> Response:
        return page.show(request, who)

    _enrol(router, desk, page, limiter)
    _remove(router, desk, page, limiter)


def _enrol(router: APIRouter, desk: FactorDesk, page: EnrolPage, limiter: anyio.CapacityLimiter) -> None:
    deps, factors = desk.deps, desk.factors

    @router.post("/second-factor/enrol", include_in_schema=False)
    async def enrol(
        request: Request,
        who: SignedIn = Depends(require_form(even_without_factor=True)),
        password: str = Form("", max_length=256),
        code: str = Form("", max_length=64),
    ) -> Response:
        """Password again and a first code; the recovery codes are on this answer only."""
        sessions: Sessions = request.app.state.sessions
        account, now, where = who.account, deps.clock.now(), address_of(request.scope)
        problem, status = None, 422
        if not password or not code or account.second_factor:
            return await run_sync(page.show, request, who, NOT_THE_APP, 422)
        try:
            proof = await run_sync(
                deps.accounts.sign_in, account.login, password, where, now, limiter=limiter
            )
            codes = await run_sync(factors.enrol, account.id, code, now, proof.session_id)
        except BadSignIn:
            problem = WRONG_PASSWORD
        except BadCode:
            await run_sync(deps.accounts.sign_out, proof.session_id)
            problem = NOT_THE_APP
        except LockedOut as locked_out:
            problem, status = locked_words(locked_out.until, now), 429
        if problem is not None:
            return await run_sync(page.show, request, who, problem, status)
        await run_sync(sessions.end_all_of, account.id)
        await desk.record(request, who, "enrolled")
        request.state.who = proof
        shown: Response = await run_sync(page.show, request, proof, None, 200, tuple(codes))
        sessions.start(shown, proof)
        return shown


def _remove(router: APIRouter, desk: FactorDesk, page: EnrolPage, limiter: anyio.CapacityLimiter) -> None:
    deps, factors = desk.deps, desk.factors

    @router.post("/second-factor/remove", include_in_schema=False)
    async def remove(
        request: Request,
        who: SignedIn = Depends(require_form()),
        password: str = Form("", max_length=256),
        code: str = Form("", max_length=64),
    ) -> Response:
        """Password and a code of either kind; the person signs in anew, and enrols where it is needed."""
        sessions: Sessions = request.app.state.sessions
        account, now, where = who.account, deps.clock.now(), address_of(request.scope)
        if not password or not code or not account.second_factor:
            return await run_sync(page.show, request, who, BAD_CODE, 422)
        try:
            proof = await run_sync(
                deps.accounts.sign_in, account.login, password, where, now, limiter=limiter
            )
        except BadSignIn:
            return await run_sync(page.show, request, who, WRONG_PASSWORD, 422)
        except LockedOut as locked_out:
            return await run_sync(page.show, request, who, locked_words(locked_out.until, now), 429)
        await run_sync(deps.accounts.sign_out, proof.session_id)
        problem = await desk.right(request, who, code)
        if problem is not None:
            return await run_sync(page.show, request, who, problem, 422)
        await run_sync(factors.remove, account.id)
        await run_sync(sessions.end_all_of, account.id)
        await desk.record(request, who, "removed")
        return RedirectResponse("/sign-in?next=" + quote("/second-factor/enrol"), 303)
