"""The dependency in front of every staff route: signed in, entitled, and no forged request."""

import hmac
from collections.abc import Awaitable, Callable

from fastapi import HTTPException, Request
from starlette.concurrency import run_in_threadpool

from queue_server.domain.commands import Actor
from queue_server.people.ports import SignedIn
from queue_server.web.auth.rights import Right, may
from queue_server.web.auth.sessions import Sessions
from queue_server.web.errors import CodeFirst, FactorFirst, PasswordFirst, SignInFirst
from queue_server.web.security import SAFE_METHODS, address_of

CSRF_HEADER = "x-csrf-token"
CSRF_FIELD = "csrf"


def require(
    *rights: Right, even_with_old_password: bool = False, even_without_factor: bool = False
) -> Callable[[Request], SignedIn]:
    """A FastAPI dependency: the session, if its role has any of `rights` (none given: just signed in).

    Raises SignInFirst, CodeFirst, PasswordFirst, FactorFirst, HTTPException 403. A changing request
    must carry the session's CSRF token in the header; a form's route passes its field to `check_csrf` instead
    (see `require_form`).
    """

    def signed_in(request: Request) -> SignedIn:
        who = _entitled(request, rights, even_with_old_password, even_without_factor)
        if request.method not in SAFE_METHODS:
            check_csrf(who, request.headers.get(CSRF_HEADER, ""))
        return who

    return signed_in


def require_form(
    *rights: Right, even_with_old_password: bool = False, even_without_factor: bool = False
) -> Callable[[Request], Awaitable[SignedIn]]:
    """As `require`, for routes that take an HTML form: the token is the form's field `csrf`."""

    async def signed_in(request: Request) -> SignedIn:
        who = await run_in_threadpool(_entitled, request, rights, even_with_old_password, even_without_factor)
        token = (await request.form()).get(CSRF_FIELD, "")
        check_csrf(who, token if isinstance(token, str) else "")
        return who

    return signed_in


def check_csrf(who: SignedIn, token: str) -> None:
    """Raises HTTPException 403 when the token is not the session's."""
    if not hmac.compare_digest(who.csrf.encode(), token.encode()):
        raise HTTPException(403)


def actor(request: Request, who: SignedIn) -> Actor:
    """Who asks, for the journal: role, opaque account id, address."""
    return Actor(who.account.role, who.account.id, address_of(request.scope))


def _entitled(
    request: Request, rights: tuple[Right, ...], even_with_old_password: bool, even_without_factor: bool
) -> SignedIn:
    sessions: Sessions = request.app.state.sessions
    who = sessions.who(request)
    if who is None:
        raise SignInFirst
    if who.factor_due:
        raise CodeFirst
    request.state.who = who
    if who.account.must_change_password and not even_with_old_password:
        raise PasswordFirst
    if sessions.needs_factor(who) and not (
        who.account.second_factor or even_with_old_password or even_without_factor
    ):
        raise FactorFirst
    if rights and not any(may(who.account.role, right) for right in rights):
        raise HTTPException(403)
    return who
