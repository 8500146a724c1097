"""The console's pages: choose a counter, work there, one live stream; acts go to `/do/<verb>`."""

from dataclasses import asdict

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from queue_server.domain.counter_table import CounterState
from queue_server.domain.ids import CounterId
from queue_server.domain.office import Office
from queue_server.people.ports import SignedIn
from queue_server.web.auth.guard import require
from queue_server.web.auth.rights import Right, may
from queue_server.web.auth.sessions import Sessions
from queue_server.web.counter.device_note import device_note
from queue_server.web.counter.dossier_routes import dossier_routes
from queue_server.web.counter.options import dialog_options
from queue_server.web.counter.today import TodaySource
from queue_server.web.counter.view import console
from queue_server.web.counter.words import STATES
from queue_server.web.dossier_notices import dossier_notices
from queue_server.web.live import Channels, any_change
from queue_server.web.live_page import LiveStream
from queue_server.web.officer_names import officer_names
from queue_server.web.pages import Pages, language_of
from queue_server.web.ports import WebDeps
from queue_server.web.routes import Routes
from queue_server.web.say import clock, service_name


def router(deps: WebDeps) -> APIRouter:
    router = Routes(tags=["counter"])
    pages, today = Pages(deps, "counter"), TodaySource(deps)

    def state(office: Office, key: tuple[CounterId, str]) -> dict[str, object]:
        now = deps.clock.now()
        shown = console(office, key[0], now, today.latest(), deps.predictions.hall_mean(), key[1])
        looked_up = office.config is not None and bool(office.config.dossiers.sources)
        states, config = deps.device_states or {}, office.config
        return {
            **shown,
            "devices": device_note(config, states, *key) if config else "",
            "dossiers": deps.dossiers.version if deps.dossiers and looked_up else None,
            "notices": [asdict(one) for one in dossier_notices(deps, office.config, key[1])],
        }

    channels = Channels(deps, state, any_change)
    if deps.devices is not None:
        deps.devices.watch(channels.stir)

    @router.get("/counter", include_in_schema=False)
    def own_counter(request: Request, who: SignedIn = Depends(require(Right.SERVE))) -> Response:
        office = deps.engine.office
        counter = office.officers.get(who.account.id)
        if counter is not None:
            return show_console(request, counter, who)
        return pages.show(
            request,
            "choose.html",
            counters=counters_to_choose(office, language_of(request)),
        )

    @router.get("/counter/options")
    def options(request: Request, who: SignedIn = Depends(require(Right.DESK, Right.SERVE))) -> JSONResponse:
        """What the dialogs offer: reasons, services, counters, officers at counters, priorities, printers."""
        language = language_of(request)
        names = officer_names(deps, language)
        return JSONResponse(dialog_options(deps.engine.office, names, language))

    @router.get("/counter/{counter}", include_in_schema=False)
    def any_counter(
        request: Request, counter: str, who: SignedIn = Depends(require(Right.MIND_COUNTERS))
    ) -> Response:
        id_ = CounterId(counter)
        if id_ not in deps.engine.office.counters:
            raise HTTPException(404)
        return show_console(request, id_, who)

    @router.get("/counter/{counter}/stream", include_in_schema=False)
    async def stream(
        request: Request, counter: str, who: SignedIn = Depends(require(Right.SERVE))
    ) -> LiveStream:
        id_ = CounterId(counter)
        if id_ not in deps.engine.office.counters:
            raise HTTPException(404)
        sessions: Sessions = request.app.state.sessions
        channel = channels.of((id_, language_of(request)))
        return channel.response(request, lambda: sessions.alive(who.session_id))

    if deps.dossiers is not None:
        router.take(dossier_routes(deps, deps.dossiers))

    def show_console(request: Request, counter: CounterId, who: SignedIn) -> Response:
        return pages.show(
            request,
            "console.html",
            counter=counter,
            mine=deps.engine.office.officers.get(who.account.id) == counter,
            may_mind=may(who.account.role, Right.MIND_COUNTERS),
        )

    return router


def counters_to_choose(office: Office, language: str) -> list[dict[str, object]]:
    """Every counter in order, with its services, state, and whether it is free to sit at."""
    if office.config is None:
        return []
    rows: list[dict[str, object]] = []
    for counter in office.config.counters:
        running = office.counters[counter.id]
        words, tone = STATES[running.state]
        rows.append(
            {
                "id": counter.id,
                "number": counter.number,
                "services": ", ".join(service_name(office, s, language) for s in running.services),
                "free": running.state is CounterState.UNSTAFFED,
                "state": words.in_(language),
                "tone": tone,
                "since": clock(office.config.hours, running.changed_at) if running.changed_at else "",
            }
        )
    return rows
