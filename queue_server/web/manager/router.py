"""The manager's live page, its changing part, and the stream that says when to fetch it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from queue_server.domain.office import Office
from queue_server.people.ports import SignedIn
from queue_server.web.auth.guard import require
from queue_server.web.auth.rights import Right, services_seen
from queue_server.web.live import Channel, LiveStream
from queue_server.web.manager.definitions import DEFINITIONS
from queue_server.web.manager.view import Reading, manager_view
from queue_server.web.pages import Pages, language_of
from queue_server.web.ports import WebDeps

REFRESH = timedelta(seconds=15)
"""Waits grow while nothing happens: the page is drawn again at least this often."""

Reader = Annotated[SignedIn, Depends(require(Right.SEE_FIGURES))]


def router(deps: WebDeps) -> APIRouter:
    """`/manager`, `/manager/part`, `/manager/stream`; for who may see figures, each their agency's."""
    routes = APIRouter(include_in_schema=False)
    pages = Pages(deps, "manager")

    def changed(office: Office) -> Mapping[str, object]:
        return {"seq": office.seq, "turn": int(deps.clock.now().timestamp() // REFRESH.total_seconds())}

    ticking = Channel(deps, changed)

    def draw(request: Request, who: SignedIn, template: str) -> HTMLResponse:
        office, now = deps.engine.office, deps.clock.now()
        config = office.config
        if config is None:
            raise HTTPException(503)
        reading = Reading(
            at=now,
            visits=deps.figures.visits(config.hours.day_of(now)),
            measure=deps.figures.figures,
            newcomers={s.id: deps.predictions.newcomer(s.id) for s in config.services},
            hall=deps.predictions.hall_mean(),
            devices=dict(deps.device_states or {}),
            seen=services_seen(who.account, config),
        )
        view = manager_view(office, reading, language_of(request), now)
        return pages.show(request, template, v=view, definitions=DEFINITIONS, zone=config.hours.zone)

    @routes.get("/manager", response_class=HTMLResponse)
    def live_page(request: Request, who: Reader) -> Response:
        return draw(request, who, "manager.html")

    @routes.get("/manager/part", response_class=HTMLResponse)
    def part(request: Request, who: Reader) -> Response:
        return draw(request, who, "manager_part.html")

    @routes.get("/manager/stream")
    async def stream(request: Request, who: Reader) -> LiveStream:
        sessions = request.app.state.sessions
        return ticking.response(request, alive=lambda: sessions.alive(who.session_id))

    return routes
