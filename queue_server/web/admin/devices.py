"""The devices' page: how kiosks, printers and the rest are, live."""

from collections import Counter
from dataclasses import asdict

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from queue_server.domain.office import Office
from queue_server.people.ports import SignedIn
from queue_server.web.admin.desk import Desk
from queue_server.web.admin.device_cards import KINDS, STATES, cards
from queue_server.web.auth.guard import require
from queue_server.web.auth.rights import Right
from queue_server.web.auth.sessions import Sessions
from queue_server.web.live import Channels, LiveStream
from queue_server.web.pages import language_of


def router(desk: Desk) -> APIRouter:
    router, deps = APIRouter(), desk.deps

    def state(office: Office, language: str) -> dict[str, object]:
        """Cards and counts, made anew every few heartbeats: no commit tells of devices."""
        found = (
            cards(office.config, dict(deps.device_states or {}), deps.clock.now(), language)
            if office.config
            else []
        )
        counts = Counter(card.state for card in found)
        return {
            "cards": [asdict(card) for card in found],
            "counts": [
                {"tone": tone, "icon": icon, "text": f"{counts[key]} {words.in_(language).lower()}"}
                for key, (words, tone, icon) in STATES.items()
                if counts[key]
            ],
        }

    channels = Channels(deps, state, lambda office, recorded: False)

    @router.get("/admin/devices", include_in_schema=False)
    def show(request: Request, who: SignedIn = Depends(require(Right.SEE_DEVICES))) -> Response:
        icons = sorted({icon for icon, _ in KINDS.values()} | {icon for _, _, icon in STATES.values()})
        return desk.show(request, "devices.html", icons=[*icons, "unplug"])

    @router.get("/admin/devices/stream", include_in_schema=False)
    async def stream(request: Request, who: SignedIn = Depends(require(Right.SEE_DEVICES))) -> LiveStream:
        sessions: Sessions = request.app.state.sessions
        channel = channels.of(language_of(request))
        return channel.response(request, lambda: sessions.alive(who.session_id))

    return router
