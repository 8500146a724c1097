"""Who holds a session cookie: asked of the accounts at each request, remembered for open streams."""

from collections.abc import Callable, Collection
from datetime import datetime

from fastapi import Request
from fastapi.responses import Response

from queue_server.domain.ids import OfficerId
from queue_server.engine.ports import Clock
from queue_server.people.ports import Accounts, SignedIn


class Sessions:
    """Cookie ↔ session. Streams do not keep a session alive: only requests do."""

    def __init__(
        self,
        accounts: Accounts,
        clock: Clock,
        tls: bool,
        factor_roles: Callable[[], Collection[str]] = frozenset,
    ) -> None:
        self._accounts, self._clock, self._tls = accounts, clock, tls
        self._factor_roles = factor_roles
        self._alive: dict[str, tuple[OfficerId, datetime]] = {}
        self.cookie = "__Host-motcua" if tls else "motcua"

    def who(self, request: Request) -> SignedIn | None:
        """The session of the request, its idle life extended; None when there is none alive. Blocking."""
        session_id = request.cookies.get(self.cookie, "")
        if not session_id:
            return None
        found = self._accounts.session(session_id, self._clock.now())
        if found is None or found.account.disabled:
            self._alive.pop(session_id, None)
            return None
        self._alive[session_id] = (found.account.id, found.expires_at)
        return found

    def needs_factor(self, who: SignedIn) -> bool:
        """Whether this person's role may not work without a second factor."""
        return who.account.role.value in self._factor_roles()

    def start(self, response: Response, signed_in: SignedIn) -> None:
        now = self._clock.now()
        self._alive = {id_: held for id_, held in self._alive.items() if held[1] > now}
        self._alive[signed_in.session_id] = (signed_in.account.id, signed_in.expires_at)
        response.set_cookie(
            self.cookie, signed_in.session_id, httponly=True, samesite="strict", secure=self._tls, path="/"
        )

    def end(self, request: Request, response: Response) -> None:
        session_id = request.cookies.get(self.cookie, "")
        if session_id:
            self._accounts.sign_out(session_id)
            self._alive.pop(session_id, None)
        response.delete_cookie(self.cookie, path="/", secure=self._tls, httponly=True, samesite="strict")

    def end_all_of(self, officer: OfficerId) -> None:
        """End every session of an account at once (disabled, or its password was reset)."""
        for session_id, (holder, _) in list(self._alive.items()):
            if holder == officer:
                self._accounts.sign_out(session_id)
                self._alive.pop(session_id, None)

    def alive(self, session_id: str) -> bool:
        """Whether an open stream of this session may go on, without extending it."""
        known = self._alive.get(session_id)
        return known is not None and known[1] > self._clock.now()
