"""The dossier of the ticket at a counter: for the officer who sits there, and nobody else."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from queue_server.domain.commands import RecordAct
from queue_server.domain.ids import CommandId, CounterId
from queue_server.domain.office_config import OfficeConfig
from queue_server.dossiers.officers import At, OfficerDesk, Seen
from queue_server.dossiers.ports import SourceUnavailable
from queue_server.people.ports import SignedIn
from queue_server.web.auth.guard import actor, require
from queue_server.web.auth.rights import Right
from queue_server.web.counter.dossier_view import dossier_panel
from queue_server.web.pages import language_of
from queue_server.web.ports import WebDeps
from queue_server.web.routes import Routes

NO_STORE = {"Cache-Control": "no-store"}
_GONE = {
    "ok": False,
    "code": "ticket_gone",
    "words": {
        "vi": "Số này không còn ở quầy. Nhìn lại màn hình rồi làm tiếp.",
        "en": "That ticket is not at the counter any more. Look at the screen, then go on.",
    },
}
_AWAY = {
    "ok": False,
    "code": "unavailable",
    "words": {
        "vi": "Chưa đọc được hồ sơ. Thử lại sau một phút.",
        "en": "The dossier cannot be read just now. Try again in a minute.",
    },
}


class Asked(BaseModel):
    """`ticket` is the one the officer saw at the counter; `code` what was typed or scanned."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field("", max_length=64)
    ticket: str = Field(min_length=1, max_length=80)
    code: str = Field("", max_length=200, repr=False)


Act = Callable[[OfficerDesk, At, str, OfficeConfig, datetime], Seen | None]
"""What an officer asks of the desk: where they sit, the code they gave, the time."""


def look_up(desk: OfficerDesk, at: At, code: str, config: OfficeConfig, now: datetime) -> Seen | None:
    """Look a code up; where it is found, the ticket is about that dossier from now on."""
    return desk.look_up(at, code, config, now)


def name(desk: OfficerDesk, at: At, _code: str, config: OfficeConfig, now: datetime) -> Seen | None:
    """The same with the applicant's full name; noted under the officer's name."""
    return desk.with_name(at, config, now)


def unlock(desk: OfficerDesk, at: At, _code: str, config: OfficeConfig, now: datetime) -> Seen | None:
    """The second factor may be tried again at the kiosks; noted under the officer's name."""
    return desk.unlock(at, config, now)


def here_now(desk: OfficerDesk, at: At, _code: str, config: OfficeConfig, now: datetime) -> Seen | None:
    """The dossier that the ticket at the counter is about."""
    return desk.of_ticket(at.ticket, config, now) if at.ticket else None


PRESSED: tuple[tuple[str, Act, str], ...] = (
    ("look", look_up, "dossier.looked_up"),
    ("name", name, "dossier.name_shown"),
    ("unlock", unlock, "dossier.unlocked"),
)
"""Path, act, and how the audit trail names it."""


class _Panel:
    """The panel beside the ticket, for the officer who sits at the counter."""

    def __init__(self, deps: WebDeps, desk: OfficerDesk) -> None:
        self._deps, self._desk = deps, desk

    def sitting(self, counter: str, who: SignedIn) -> tuple[OfficeConfig, str]:
        """The configuration and the ticket at the counter where this account sits. Raises HTTPException."""
        office = self._deps.engine.office
        if office.config is None or office.officers.get(who.account.id) != CounterId(counter):
            raise HTTPException(403)
        return office.config, office.counters[CounterId(counter)].ticket or ""

    def do(
        self, request: Request, counter: str, who: SignedIn, ticket: str, act: Act, code: str, what: str
    ) -> JSONResponse:
        """`act` on the dossier of `ticket`, where that is still at the counter; recorded as `what`."""
        config, here = self.sitting(counter, who)
        if ticket != here:
            return JSONResponse(_GONE, 409, headers=NO_STORE)
        now = self._deps.clock.now()
        try:
            seen = act(self._desk, At(who.account.id, counter, ticket), code, config, now)
        except SourceUnavailable:
            return JSONResponse(_AWAY, 503, headers=NO_STORE)
        if what:
            id_ = CommandId(f"web-{who.account.id}-{self._desk.new_id()}")
            self._deps.engine.submit(RecordAct(id=id_, by=actor(request, who), what=what, subject=ticket))
        panel = dossier_panel(seen, config, self._deps.clock.now(), language_of(request)) if seen else None
        return JSONResponse(
            {"ok": True, "ticket": ticket, "version": self._desk.version, "dossier": panel}, headers=NO_STORE
        )


def dossier_routes(deps: WebDeps, desk: OfficerDesk) -> APIRouter:
    router, panel = Routes(tags=["counter"]), _Panel(deps, desk)

    @router.get("/counter/{counter}/dossier")
    def of_ticket(
        request: Request, counter: str, who: SignedIn = Depends(require(Right.SERVE))
    ) -> JSONResponse:
        """The dossier of the ticket at the counter, `dossier` null where it is about none."""
        _, here = panel.sitting(counter, who)
        return panel.do(request, counter, who, here, here_now, "", "")

    def pressed(act: Act, what: str) -> Callable[..., JSONResponse]:
        def press(
            request: Request, counter: str, asked: Asked, who: SignedIn = Depends(require(Right.SERVE))
        ) -> JSONResponse:
            return panel.do(request, counter, who, asked.ticket, act, asked.code, what)

        press.__doc__ = act.__doc__
        return press

    for path, act, what in PRESSED:
        router.add_api_route(
            f"/counter/{{counter}}/dossier/{path}", pressed(act, what), methods=["POST"], name=act.__name__
        )

    return router
