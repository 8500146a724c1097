"""The devices' page: how kiosks, printers, displays and the rest are, what happened, and a test of each."""

from collections import Counter
from dataclasses import asdict

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import Response

from queue_server.domain.office import Office
from queue_server.people.ports import SignedIn
from queue_server.web.admin.desk import Desk, back
from queue_server.web.admin.device_cards import cards
from queue_server.web.admin.device_events import rows
from queue_server.web.admin.device_words import KINDS, STATES, TESTS
from queue_server.web.auth.guard import require, require_form
from queue_server.web.auth.rights import Right, may
from queue_server.web.auth.sessions import Sessions
from queue_server.web.live import Channels
from queue_server.web.live_page import LiveStream
from queue_server.web.pages import language_of
from queue_server.web.routes import Routes


def router(desk: Desk) -> APIRouter:
    router, deps = Routes(), desk.deps

    def state(office: Office, language: str) -> dict[str, object]:
        """Cards, counts and events; made anew when a device says something new, and every few heartbeats."""
        config, states = office.config, dict(deps.device_states or {})
        found = cards(config, states, deps.clock.now(), language) if config else []
        counts = Counter(card.state for card in found)
        happened = rows(config, deps.devices.events(), states, language) if config and deps.devices else []
        return {
            "cards": [asdict(card) for card in found],
            "counts": [
                {"tone": tone, "icon": icon, "text": f"{counts[key]} {words.in_(language).lower()}"}
                for key, (words, tone, icon) in STATES.items()
                if counts[key]
            ],
            "events": [asdict(row) for row in happened],
        }

    channels = Channels(deps, state, lambda office, recorded: False)
    if deps.devices is not None:
        deps.devices.watch(channels.stir)

    @router.get("/admin/devices", include_in_schema=False)
    def show(request: Request, who: SignedIn = Depends(require(Right.SEE_DEVICES))) -> Response:
        icons = {icon for icon, _ in KINDS.values()} | {icon for _, _, icon in STATES.values()}
        icons |= {icon for icon, _ in TESTS.values()}
        return desk.show(
            request,
            "devices.html",
            icons=[*sorted(icons), "unplug"],
            server_clock=deps.server_clock() if deps.server_clock else None,
            may_add=desk.may_edit(request),
            may_test=may(who.account.role, Right.RUN_THE_DAY) and deps.test_device is not None,
        )

    @router.get("/admin/devices/stream", include_in_schema=False)
    async def stream(request: Request, who: SignedIn = Depends(require(Right.SEE_DEVICES))) -> LiveStream:
        sessions: Sessions = request.app.state.sessions
        channel = channels.of(language_of(request))
        return channel.response(request, lambda: sessions.alive(who.session_id))

    @router.post("/admin/devices/test", include_in_schema=False)
    async def test(
        request: Request, device: str = Form(), who: SignedIn = Depends(require_form(Right.RUN_THE_DAY))
    ) -> Response:
        """Asks the device's agent; what comes of it shows on the card."""
        if deps.test_device is None or device not in (deps.device_states or {}):
            raise HTTPException(404)
        deps.test_device(device)
        await desk.record(request, who, "device_test", device)
        return back("/admin/devices", "tested")

    return router
