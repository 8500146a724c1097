"""The addresses of the displays: hall, counter, pairing and the sound check, with their live streams."""

from collections.abc import Mapping

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from queue_server.domain.ids import CounterId, ZoneId
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.queue_view import waiting_by_service
from queue_server.web.hall import pairing, sounds
from queue_server.web.hall.announce import check_clips
from queue_server.web.hall.counter_view import counter_view
from queue_server.web.hall.view import hall_view
from queue_server.web.live import Channels, any_change
from queue_server.web.live_page import LiveStream
from queue_server.web.pages import Pages
from queue_server.web.ports import WebDeps
from queue_server.web.routes import Routes


def router(deps: WebDeps) -> APIRouter:
    """`/display/…`, `/hall`, and the clips below `/static/sounds`."""
    routes = Routes(include_in_schema=False)
    routes.take(sounds.router(deps))
    pages = Pages(deps, "hall")
    _entrance(routes, deps, pages)
    _halls(routes, deps, pages)
    _counters(routes, deps, pages)
    return routes


def _config(deps: WebDeps) -> OfficeConfig:
    there = deps.engine.office.config
    if there is None:
        raise HTTPException(503)
    return there


def _entrance(routes: Routes, deps: WebDeps, pages: Pages) -> None:
    """Where a television finds its display, and tries its sound."""

    @routes.get("/hall")
    @routes.get("/display/hall")
    def first_hall() -> Response:
        return RedirectResponse(f"/display/hall/{_config(deps).zones[0].id}", 303)

    @routes.get("/display")
    def pair(request: Request) -> Response:
        """Paired: to the display. Else a code, until somebody on the staff confirms it."""
        display = pairing.paired_display(request, deps)
        if display is not None:
            return RedirectResponse(pairing.address_of_display(_config(deps), display), 303)
        secret, code = deps.accounts.pairing_code(deps.clock.now())
        answer = pages.show(request, "pairing.html", code=code, title=_config(deps).name.vi)
        pairing.remember(answer, secret, request.url.scheme == "https")
        return answer

    @routes.get("/display/pairing")
    def paired(request: Request) -> JSONResponse:
        """{"allowed": may this machine show displays, "address": where it belongs, or null}."""
        display = pairing.paired_display(request, deps)
        address = pairing.address_of_display(_config(deps), display) if display else None
        return JSONResponse({"allowed": pairing.may_show(request, deps), "address": address})

    @routes.get("/display/sound-check", response_class=HTMLResponse)
    def sound_check_page(request: Request) -> Response:
        if not pairing.may_show(request, deps):
            return RedirectResponse("/display", 303)
        return pages.show(
            request, "sound_check.html", clips=check_clips(_config(deps)), title=_config(deps).name.vi
        )


def _halls(routes: Routes, deps: WebDeps, pages: Pages) -> None:
    def hall_state(office: Office, zone: str) -> Mapping[str, object]:
        config = office.config
        newcomers = {s.id: deps.predictions.newcomer(s.id) for s in config.services} if config else {}
        only = ZoneId(zone) if config is None or len(config.zones) > 1 else None
        return hall_view(office, only, waiting_by_service(office), newcomers, deps.clock.now())

    halls: Channels[str] = Channels(deps, hall_state, any_change)

    @routes.get("/display/hall/{zone}", response_class=HTMLResponse)
    def hall(request: Request, zone: str) -> Response:
        found = next((one for one in _config(deps).zones if one.id == zone), None)
        if found is None:
            raise HTTPException(404)
        if not pairing.may_show(request, deps):
            return RedirectResponse("/display", 303)
        return pages.show(
            request, "hall.html", zone=zone, zone_name=found.name.vi, title=_config(deps).name.vi
        )

    @routes.get("/display/hall/{zone}/stream")
    async def hall_stream(request: Request, zone: str) -> LiveStream:
        if not any(one.id == zone for one in _config(deps).zones):
            raise HTTPException(404)
        return _stream(request, deps, halls, zone)


def _counters(routes: Routes, deps: WebDeps, pages: Pages) -> None:
    def counter_state(office: Office, counter: str) -> Mapping[str, object]:
        return counter_view(office, CounterId(counter), deps.clock.now()) or {"ready": False}

    counters: Channels[str] = Channels(deps, counter_state, any_change)

    @routes.get("/display/counter/{counter}", response_class=HTMLResponse)
    def counter_display(request: Request, counter: str) -> Response:
        found = _config(deps).counter(CounterId(counter))
        if found is None:
            raise HTTPException(404)
        if not pairing.may_show(request, deps):
            return RedirectResponse("/display", 303)
        return pages.show(request, "counter.html", counter=counter, counter_name=f"Quầy {found.number}")

    @routes.get("/display/counter/{counter}/stream")
    async def counter_stream(request: Request, counter: str) -> LiveStream:
        if _config(deps).counter(CounterId(counter)) is None:
            raise HTTPException(404)
        return _stream(request, deps, counters, counter)


def _stream(request: Request, deps: WebDeps, channels: Channels[str], key: str) -> LiveStream:
    """The page's stream; it ends when the TV's pairing is revoked."""
    if not pairing.may_show(request, deps):
        raise HTTPException(403)
    return channels.of(key).response(request, alive=lambda: pairing.may_show(request, deps))
