"""The dossier of the ticket at a counter: for the officer who sits there, and nobody else."""

from collections.abc import Callable

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


def dossier_routes(deps: WebDeps, desk: OfficerDesk) -> APIRouter:
    router = Routes(tags=["counter"])

    def sitting(counter: str, who: SignedIn) -> tuple[OfficeConfig, str]:
        """The configuration and the ticket at the counter where this account sits. Raises HTTPException."""
        office = deps.engine.office
        if office.config is None or office.officers.get(who.account.id) != CounterId(counter):
            raise HTTPException(403)
        return office.config, office.counters[CounterId(counter)].ticket or ""

    def shown(config: OfficeConfig, ticket: str, seen: Seen | None, language: str) -> JSONResponse:
        panel = dossier_panel(seen, config, deps.clock.now(), language) if seen else None
        return JSONResponse(
            {"ok": True, "ticket": ticket, "version": desk.version, "dossier": panel}, headers=NO_STORE
        )

    def do(
        request: Request,
        counter: str,
        who: SignedIn,
        ticket: str,
        act: Callable[[At, OfficeConfig], Seen | None],
        what: str = "",
    ) -> JSONResponse:
        config, here = sitting(counter, who)
        if ticket != here:
            return JSONResponse(_GONE, 409, headers=NO_STORE)
        try:
            seen = act(At(who.account.id, counter, ticket), config)
        except SourceUnavailable:
            return JSONResponse(_AWAY, 503, headers=NO_STORE)
        if what:
            id_ = CommandId(f"web-{who.account.id}-{desk.new_id()}")
            deps.engine.submit(RecordAct(id=id_, by=actor(request, who), what=what, subject=ticket))
        return shown(config, ticket, seen, language_of(request))

    @router.get("/counter/{counter}/dossier")
    def of_ticket(
        request: Request, counter: str, who: SignedIn = Depends(require(Right.SERVE))
    ) -> JSONResponse:
        """The dossier of the ticket at the counter, `dossier` null where it is about none."""
        _, here = sitting(counter, who)

        def look(at: At, config: OfficeConfig) -> Seen | None:
            return desk.of_ticket(at.ticket, config, deps.clock.now()) if here else None

        return do(request, counter, who, here, look)

    def look_up(at: At, asked: Asked, config: OfficeConfig) -> Seen | None:
        """Look a code up; where it is found, the ticket is about that dossier from now on."""
        return desk.look_up(at, asked.code, config, deps.clock.now())

    def name(at: At, _: Asked, config: OfficeConfig) -> Seen | None:
        """The same with the applicant's full name; noted under the officer's name."""
        return desk.with_name(at, config, deps.clock.now())

    def unlock(at: At, _: Asked, config: OfficeConfig) -> Seen | None:
        """The second factor may be tried again at the kiosks; noted under the officer's name."""
        return desk.unlock(at, config, deps.clock.now())

    def pressed(
        act: Callable[[At, Asked, OfficeConfig], Seen | None], what: str
    ) -> Callable[..., JSONResponse]:
        def press(
            request: Request, counter: str, asked: Asked, who: SignedIn = Depends(require(Right.SERVE))
        ) -> JSONResponse:
            return do(request, counter, who, asked.ticket, lambda at, config: act(at, asked, config), what)

        press.__doc__ = act.__doc__
        return press

    for path, act, what in (
        ("look", look_up, "dossier.looked_up"),
        ("name", name, "dossier.name_shown"),
        ("unlock", unlock, "dossier.unlocked"),
    ):
        router.add_api_route(
            f"/counter/{{counter}}/dossier/{path}", pressed(act, what), methods=["POST"], name=act.__name__
        )

    return router
