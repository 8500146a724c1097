"""The reception desk: issue for a citizen, answer calls for help, look a number up and act on it."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response

from queue_server.domain.office import Office
from queue_server.domain.refusals import Code, Refusal
from queue_server.people.ports import SignedIn
from queue_server.web.auth.guard import require
from queue_server.web.auth.rights import Right
from queue_server.web.auth.sessions import Sessions
from queue_server.web.dossier_notices import dossier_notices
from queue_server.web.greeter.view import card, desk
from queue_server.web.live import Channels, any_change
from queue_server.web.live_page import LiveStream
from queue_server.web.pages import Pages, language_of
from queue_server.web.ports import WebDeps
from queue_server.web.routes import Routes
from queue_server.web.submit import refused


def router(deps: WebDeps) -> APIRouter:
    router = Routes(tags=["greeter"])
    pages = Pages(deps, "greeter")

    def state(office: Office, language: str) -> dict[str, object]:
        notices = [f"{n.title}. {n.detail}" for n in dossier_notices(deps, office.config, language)]
        return desk(office, deps.clock.now(), deps.predictions.newcomer, language, notices)

    channels = Channels(deps, state, any_change)

    @router.get("/greeter", include_in_schema=False)
    def page(request: Request, who: SignedIn = Depends(require(Right.DESK))) -> Response:
        config = deps.engine.office.config
        return pages.show(
            request,
            "greeter.html",
            priorities=config.priority_groups if config else (),
            printers=config.printers if config else (),
            languages=config.languages if config else ("vi",),
            dossiers=bool(deps.dossiers and config and config.dossiers.sources),
        )

    @router.get("/greeter/stream", include_in_schema=False)
    async def stream(request: Request, who: SignedIn = Depends(require(Right.DESK))) -> LiveStream:
        sessions: Sessions = request.app.state.sessions
        channel = channels.of(language_of(request))
        return channel.response(request, lambda: sessions.alive(who.session_id))

    @router.get("/greeter/ticket")
    def look_up(request: Request, number: str, who: SignedIn = Depends(require(Right.DESK))) -> JSONResponse:
        """Today's ticket by the number on its slip (or its second number): state, place, what can be done."""
        office = deps.engine.office
        ticket = office.tickets.get(found) if (found := office.numbers.get(tidy(number))) else None
        if ticket is None:
            return refused(Refusal(Code.TICKET_UNKNOWN, "There is no such number today."))
        told = deps.predictions.ticket(ticket.id)
        shown = card(office, ticket, deps.clock.now(), told, language_of(request))
        return JSONResponse({"ok": True, "card": shown})

    return router


def tidy(number: str) -> str:
    """A number as somebody types it: " a 012" is A012."""
    return "".join(number.split()).upper()[:12]
