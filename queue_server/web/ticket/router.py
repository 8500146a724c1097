"""The citizen's page `/t/<token>`: read it, follow it live, and act on one's own ticket."""

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from queue_server.domain.ids import TicketId
from queue_server.domain.ticket import Ticket
from queue_server.web.errors import wants_page
from queue_server.web.live import Channels, any_change
from queue_server.web.live_page import LiveStream
from queue_server.web.pages import LANGUAGE_COOKIE, Pages, language_of
from queue_server.web.ports import WebDeps
from queue_server.web.routes import Routes
from queue_server.web.submit import submit
from queue_server.web.ticket.own import ACTS, OwnTickets, command
from queue_server.web.ticket.words import say

NO_TOKEN_OUTSIDE = {"referrer-policy": "same-origin"}
"""The address holds the token: no other site hears of it, while forms still say that they are ours."""


def router(deps: WebDeps) -> APIRouter:
    """`/t/{token}`, its part (HTML), state (JSON), stream (SSE) and acts."""
    routes = Routes(include_in_schema=False)
    own = OwnTickets(deps)
    _pages(routes, deps, own)
    _live(routes, deps, own)
    _acts(routes, deps, own)
    return routes


def _known(own: OwnTickets, token: str) -> Ticket:
    ticket = own.find(token)
    if ticket is None:
        raise HTTPException(404)
    return ticket


def _pages(routes: Routes, deps: WebDeps, own: OwnTickets) -> None:
    pages = Pages(deps, "ticket")

    def page(request: Request, ticket: Ticket, template: str) -> HTMLResponse:
        language = language_of(request)
        view = own.view(deps.engine.office, ticket, language)
        words = lambda key, **values: say(key, language, **values)  # noqa: E731
        return pages.show(request, template, headers=NO_TOKEN_OUTSIDE, view=view, t=words)

    @routes.get("/t/{token}", response_class=HTMLResponse)
    def show(request: Request, token: str) -> Response:
        ticket = own.find(token)
        if ticket is None:
            return pages.show(request, "unknown.html", status_code=404)
        chosen = "lang" in request.query_params or LANGUAGE_COOKIE in request.cookies
        if not chosen and ticket.language == "en":
            return RedirectResponse(f"/t/{token}?lang=en", 303)
        return page(request, ticket, "ticket.html")

    @routes.get("/t/{token}/part", response_class=HTMLResponse)
    def part(request: Request, token: str) -> Response:
        return page(request, _known(own, token), "part.html")


def _live(routes: Routes, deps: WebDeps, own: OwnTickets) -> None:
    streams: Channels[tuple[TicketId, str]] = Channels(deps, own.state, any_change)

    @routes.get("/t/{token}/state")
    def state_now(request: Request, token: str) -> JSONResponse:
        return JSONResponse(own.view(deps.engine.office, _known(own, token), language_of(request)))

    @routes.get("/t/{token}/stream")
    async def stream(request: Request, token: str) -> LiveStream:
        ticket, config = _known(own, token), deps.engine.office.config
        if config is None:
            raise HTTPException(404)
        today = config.hours.day_of(deps.clock.now())
        same_day = lambda: config.hours.day_of(deps.clock.now()) == today  # noqa: E731
        return streams.of((ticket.id, language_of(request))).response(request, alive=same_day)


def _acts(routes: Routes, deps: WebDeps, own: OwnTickets) -> None:
    @routes.post("/t/{token}/{act}")
    async def do(request: Request, token: str, act: str, version: int = Form()) -> Response:
        """An act on one's own ticket; the same tap sent twice is one command."""
        ticket = own.find(token)
        if ticket is None or act not in ACTS:
            raise HTTPException(404)
        done = False
        if act in own.possible(ticket):
            answer = await submit(deps.engine, command(ticket, act, version))
            done = answer is not None and answer.refusal is None
        if wants_page(request):
            return RedirectResponse(f"/t/{token}", 303)
        return JSONResponse({"done": done}, 200 if done else 409)
