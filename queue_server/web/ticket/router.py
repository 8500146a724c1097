"""The citizen's page `/t/<token>`: read it, follow it live, and act on one's own ticket."""

from collections.abc import Mapping

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from queue_server.advise.words import come_then
from queue_server.domain.commands import Actor, CancelTicket, Command, ParkTicket, Role, UnparkTicket
from queue_server.domain.ids import CommandId, TicketId
from queue_server.domain.office import Office
from queue_server.domain.ticket import ParkedBy, Ticket
from queue_server.domain.ticket_table import TicketState
from queue_server.web.errors import wants_page
from queue_server.web.live import Channels, any_change
from queue_server.web.live_page import LiveStream
from queue_server.web.pages import LANGUAGE_COOKIE, Pages, language_of
from queue_server.web.ports import WebDeps
from queue_server.web.routes import Routes
from queue_server.web.submit import submit
from queue_server.web.ticket.view import Forecast, View, ticket_view
from queue_server.web.ticket.words import say

PHONE = "phone"
NO_TOKEN_OUTSIDE = {"referrer-policy": "same-origin"}
"""The address holds the token: no other site hears of it, while forms still say that they are ours."""
ACTS = ("later", "hold", "back", "cancel")
OVER = frozenset({TicketState.SERVED, TicketState.CANCELLED, TicketState.ABANDONED, TicketState.NO_SHOW})
"""The visit is over: what may be said is when to come another time."""


def router(deps: WebDeps) -> APIRouter:
    """`/t/{token}`, its part (HTML), state (JSON), stream (SSE) and acts."""
    routes = Routes(include_in_schema=False)
    pages = Pages(deps, "ticket")

    def view_of(office: Office, ticket: Ticket, language: str) -> View:
        forecast = Forecast(deps.predictions.ticket(ticket.id), deps.predictions.made_at())
        view = ticket_view(office, ticket, forecast, language, deps.clock.now())
        return view | {"best": _best(deps, ticket, language)}

    def state(office: Office, key: tuple[TicketId, str]) -> Mapping[str, object]:
        ticket = office.tickets.get(key[0])
        return view_of(office, ticket, key[1]) if ticket is not None else {"kind": "gone"}

    streams: Channels[tuple[TicketId, str]] = Channels(deps, state, any_change)

    def find(token: str) -> Ticket | None:
        """The ticket of a token of today."""
        office = deps.engine.office
        if office.config is None:
            return None
        id_ = deps.accounts.ticket_of(token, office.config.hours.day_of(deps.clock.now()))
        return office.tickets.get(id_) if id_ is not None else None

    def page(request: Request, ticket: Ticket, template: str) -> HTMLResponse:
        language = language_of(request)
        view = view_of(deps.engine.office, ticket, language)
        words = lambda key, **values: say(key, language, **values)  # noqa: E731
        return pages.show(request, template, headers=NO_TOKEN_OUTSIDE, view=view, t=words)

    @routes.get("/t/{token}", response_class=HTMLResponse)
    def show(request: Request, token: str) -> Response:
        ticket = find(token)
        if ticket is None:
            return pages.show(request, "unknown.html", status_code=404)
        chosen = "lang" in request.query_params or LANGUAGE_COOKIE in request.cookies
        if not chosen and ticket.language == "en":
            return RedirectResponse(f"/t/{token}?lang=en", 303)
        return page(request, ticket, "ticket.html")

    @routes.get("/t/{token}/part", response_class=HTMLResponse)
    def part(request: Request, token: str) -> Response:
        ticket = find(token)
        if ticket is None:
            raise HTTPException(404)
        return page(request, ticket, "part.html")

    @routes.get("/t/{token}/state")
    def state_now(request: Request, token: str) -> JSONResponse:
        ticket = find(token)
        if ticket is None:
            raise HTTPException(404)
        return JSONResponse(view_of(deps.engine.office, ticket, language_of(request)))

    @routes.get("/t/{token}/stream")
    async def stream(request: Request, token: str) -> LiveStream:
        ticket, config = find(token), deps.engine.office.config
        if ticket is None or config is None:
            raise HTTPException(404)
        today = config.hours.day_of(deps.clock.now())
        same_day = lambda: config.hours.day_of(deps.clock.now()) == today  # noqa: E731
        return streams.of((ticket.id, language_of(request))).response(request, alive=same_day)

    @routes.post("/t/{token}/{act}")
    async def do(request: Request, token: str, act: str, version: int = Form()) -> Response:
        """An act on one's own ticket; the same tap sent twice is one command."""
        ticket = find(token)
        if ticket is None or act not in ACTS:
            raise HTTPException(404)
        if act in possible(ticket, deps):
            answer = await submit(deps.engine, command(ticket, act, version))
            done = answer is not None and answer.refusal is None
        else:
            done = False
        if wants_page(request):
            return RedirectResponse(f"/t/{token}", 303)
        return JSONResponse({"done": done}, 200 if done else 409)

    def possible(ticket: Ticket, deps: WebDeps) -> list[str]:
        can = view_of(deps.engine.office, ticket, "vi")["can"]
        return [str(one) for one in can] if isinstance(can, list) else []

    return routes


def _best(deps: WebDeps, ticket: Ticket, language: str) -> str:
    """When to come another time, for those whose visit is over; "" while it is not known."""
    found = deps.advice.best_time() if deps.advice is not None and ticket.state in OVER else None
    words = come_then(found[1], found[0]) if found is not None else None
    return words.in_(language) if words is not None else ""


def command(ticket: Ticket, act: str, version: int) -> Command:
    """The command of a tap; its id names the ticket, the act and the state the citizen saw."""
    id_ = CommandId(f"phone-{ticket.id}-{act}-{version}")
    by = Actor(Role.CITIZEN, ticket.id, PHONE)
    match act:
        case "later":
            return ParkTicket(id=id_, by=by, ticket=ticket.id, parked_by=ParkedBy.CITIZEN)
        case "hold":
            return ParkTicket(id=id_, by=by, ticket=ticket.id, parked_by=ParkedBy.CITIZEN, hold=True)
        case "back":
            return UnparkTicket(id=id_, by=by, ticket=ticket.id)
        case _:
            return CancelTicket(id=id_, by=by, ticket=ticket.id)
