"""The code after the password, and a person's own app: enrolled with a QR code, taken away with a code."""

from urllib.parse import quote

import anyio
import structlog
from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from queue_server.clock import new_id
from queue_server.domain.commands import RecordAct
from queue_server.domain.ids import CommandId
from queue_server.domain.words import Words
from queue_server.forms.qr import qr_picture
from queue_server.people.ports import BadCode, BadSignIn, LockedOut, SecondFactors, SignedIn
from queue_server.people.totp import enrolment, readable
from queue_server.web.auth.guard import actor, check_csrf, require, require_form
from queue_server.web.auth.sessions import Sessions
from queue_server.web.auth.words import HOME, WRONG_PASSWORD, locked_words, own_path
from queue_server.web.errors import SignInFirst, wants_page
from queue_server.web.pages import Pages
from queue_server.web.ports import WebDeps
from queue_server.web.security import address_of
from queue_server.web.submit import submit

log = structlog.get_logger("sign_in")

BAD_CODE = Words(
    "Mã chưa đúng hoặc đã hết hạn. Mời nhập mã đang hiện trên ứng dụng, hoặc một mã khôi phục.",
    "That code is not right or is over. Enter the one your app shows now, or a recovery code.",
)
USED_CODE = Words(
    "Mã này đã dùng rồi. Mời chờ ứng dụng hiện mã mới rồi nhập lại.",
    "This code has been used. Wait for your app's next one and enter that.",
)
NOT_THE_APP = Words(
    "Mã chưa khớp. Kiểm tra giờ trên điện thoại (đặt tự động), rồi nhập mã đang hiện.",
    "The code does not fit. Check the phone's clock (set it to automatic) and enter what it shows now.",
)


def routes(router: APIRouter, deps: WebDeps, pages: Pages, limiter: anyio.CapacityLimiter) -> None:
    """Adds the routes where accounts can have a second factor."""
    if deps.second_factors is None:
        return
    factors: SecondFactors = deps.second_factors

    async def record(request: Request, who: SignedIn, what: str) -> None:
        """Into the audit trail, with the account's opaque id."""
        id_ = CommandId(f"web-{who.account.id}-{new_id()}")
        await submit(
            deps.engine,
            RecordAct(id=id_, by=actor(request, who), what=f"second_factor.{what}", subject=who.account.id),
        )

    async def right(request: Request, who: SignedIn, code: str) -> Words | None:
        """What is wrong with a code, None when it is right; either is recorded."""
        now = deps.clock.now()
        try:
            how = await run_sync(factors.check, who.account.id, code, now)
        except BadCode as bad:
            await record(request, who, "replayed" if bad.used else "refused")
            return USED_CODE if bad.used else BAD_CODE
        except LockedOut as locked_out:
            await record(request, who, "locked")
            return locked_words(locked_out.until, now)
        if how == "recovery":
            await record(request, who, "recovery_used")
        return None

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
        problem = await right(request, who, code)
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
            whole = await run_sync(factors.complete, who.session_id, deps.clock.now())
        except BadSignIn as over:
            raise SignInFirst from over
        log.info("signed_in", account=who.account.id, factors=2)
        to = own_path(next) or HOME.get(who.account.role, "/")
        back = RedirectResponse("/password" if whole.account.must_change_password else to, 303)
        sessions.start(back, whole)
        return back

    def enrol_page(
        request: Request,
        who: SignedIn,
        problem: Words | None = None,
        status: int = 200,
        codes: tuple[str, ...] = (),
    ) -> Response:
        sessions: Sessions = request.app.state.sessions
        config = deps.engine.office.config
        secret = None if codes else factors.secret(who.account.id)
        name = config.short_name.vi if config else "motcua"
        return pages.show(
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

    @router.get("/second-factor/enrol", include_in_schema=False)
    def own(request: Request, who: SignedIn = Depends(require(even_without_factor=True))) -> Response:
        return enrol_page(request, who)

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
            return await run_sync(enrol_page, request, who, NOT_THE_APP, 422)
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
            return await run_sync(enrol_page, request, who, problem, status)
        await run_sync(sessions.end_all_of, account.id)
        await record(request, who, "enrolled")
        request.state.who = proof
        page: Response = await run_sync(enrol_page, request, proof, None, 200, tuple(codes))
        sessions.start(page, proof)
        return page

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
            return await run_sync(enrol_page, request, who, BAD_CODE, 422)
        try:
            proof = await run_sync(
                deps.accounts.sign_in, account.login, password, where, now, limiter=limiter
            )
        except BadSignIn:
            return await run_sync(enrol_page, request, who, WRONG_PASSWORD, 422)
        except LockedOut as locked_out:
            return await run_sync(enrol_page, request, who, locked_words(locked_out.until, now), 429)
        await run_sync(deps.accounts.sign_out, proof.session_id)
        problem = await right(request, who, code)
        if problem is not None:
            return await run_sync(enrol_page, request, who, problem, 422)
        await run_sync(factors.remove, account.id)
        await run_sync(sessions.end_all_of, account.id)
        await record(request, who, "removed")
        return RedirectResponse("/sign-in?next=" + quote("/second-factor/enrol"), 303)


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
