"""The devices' page: how kiosks, printers and the rest are, looked at again every ten seconds."""

from collections import Counter

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from queue_server.people.ports import SignedIn
from queue_server.web.admin.desk import Desk
from queue_server.web.admin.device_cards import STATES, cards
from queue_server.web.auth.guard import require
from queue_server.web.auth.rights import Right
from queue_server.web.pages import language_of


def router(desk: Desk) -> APIRouter:
    router = APIRouter()

    @router.get("/admin/devices", include_in_schema=False)
    def show(request: Request, who: SignedIn = Depends(require(Right.SEE_DEVICES))) -> Response:
        config, states = desk.deps.engine.office.config, dict(desk.deps.device_states or {})
        found = cards(config, states, desk.deps.clock.now(), language_of(request)) if config else []
        counts = Counter(card.state for card in found)
        return desk.show(request, "devices.html", cards=found, counts=counts, states=STATES)

    return router
