"""`/h/<code>?k=<signature>`: the masked status of a dossier whose receipt's QR this office signed.

Without the right signature nothing is looked up. What is shown is what the kiosk shows to the code alone, by
the same desk with the same limits; search engines and caches are told to keep away.
"""

import asyncio
import hashlib
from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from queue_server.codes.normal import normalise
from queue_server.contract.dossiers import Looked
from queue_server.contract.replies import Reply
from queue_server.contract.requests import DossierLookup
from queue_server.domain.refusals import Code
from queue_server.forms.signed_link import PATH, LinkKeys, is_genuine
from queue_server.web.app import RouterFactory
from queue_server.web.pages import Pages, language_of
from queue_server.web.ports import WebDeps
from queue_server.web.routes import Routes
from queue_server.web.security import address_of
from queue_server.web.status.limit import StatusLimit
from queue_server.web.status.ports import StatusDesk
from queue_server.web.status.view import found_view
from queue_server.web.status.words import say

ANSWER_WITHIN_S = 8.0
_CLIENTS = 1024
_KEEP_AWAY = {"x-robots-tag": "noindex, nofollow, noarchive"}


def status_router(desk: StatusDesk, keys: LinkKeys, new_id: Callable[[], str]) -> RouterFactory:
    """The factory for `make_app`."""

    def router(deps: WebDeps) -> APIRouter:
        return _routes(deps, desk, keys, new_id)

    return router


def _routes(deps: WebDeps, desk: StatusDesk, keys: LinkKeys, new_id: Callable[[], str]) -> APIRouter:
    routes = Routes(include_in_schema=False)
    pages, limit = Pages(deps, "status"), StatusLimit()

    def told(request: Request, key: str, status: int, **values: object) -> HTMLResponse:
        """A title and what to do next."""
        language = language_of(request)
        config = deps.engine.office.config
        values.setdefault("desk", config.help_desk.in_(language) if config else "")
        headers = _KEEP_AWAY | ({"retry-after": str(values["seconds"])} if "seconds" in values else {})
        return pages.show(
            request,
            "told.html",
            status,
            headers,
            title=say(key, language),
            text=say(f"{key}_next", language, **values),
            signature=_signature(request),
        )

    @routes.get(PATH + "{code:path}", response_class=HTMLResponse)
    async def status(request: Request, code: str) -> HTMLResponse:
        """403 for an address this office did not sign, 429 when it is opened too often."""
        config, language = deps.engine.office.config, language_of(request)
        wait = limit.wait_s(address_of(request.scope), deps.clock.monotonic())
        if wait:
            return told(request, "slower", 429, seconds=wait)
        code = normalise(code)
        if config is None or not is_genuine(config.id, code, _signature(request), keys):
            return told(request, "forged", 403)
        client = _client(deps.boot_id, address_of(request.scope), code)
        reply = await _asked(desk, client, DossierLookup(id=new_id(), code=code))
        if reply is None or reply.looked is None:
            refusal = reply.refusal if reply is not None else None
            if refusal is not None and refusal.code == Code.TOO_OFTEN.value:
                return told(request, "slower", 429, seconds=refusal.detail.get("wait_s", "10"))
            if refusal is not None and refusal.code == Code.NOT_CONFIGURED.value:
                return told(request, "not_found", 404)
            return told(request, "unavailable", 503)
        found: Looked = reply.looked
        if found.dossier is None:
            office = found.other_office
            named = ((office.en or office.vi) if language == "en" else office.vi) if office else ""
            missing = {"not_found": 404, "elsewhere": 404}.get(found.outcome, 503)
            return told(request, found.outcome, missing, office=named)
        view = found_view(found, config.hours, language)
        words = lambda key, **values: say(key, language, **values)  # noqa: E731
        return pages.show(
            request, "status.html", headers=_KEEP_AWAY, view=view, t=words, signature=_signature(request)
        )

    return routes


async def _asked(desk: StatusDesk, client: str, request: DossierLookup) -> Reply | None:
    """The desk's reply, None when it has not come in time."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[bytes] = loop.create_future()

    def arrived(raw: bytes) -> None:
        if not answer.done():
            answer.set_result(raw)

    def answered(raw: bytes) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(arrived, raw)

    desk.ask(client, request, answered)
    try:
        return Reply.model_validate_json(await asyncio.wait_for(answer, ANSWER_WITHIN_S))
    except TimeoutError:
        return None


def _signature(request: Request) -> str:
    return request.query_params.get("k", "")[:64]


def _client(boot: str, address: str, code: str) -> str:
    """Whose limits a look-up counts in: one of many shelves, by address and code, which it does not tell.

    A whole hall comes from one address with neighbouring codes; as their addresses are signed, that is no
    guessing and must not look like it.
    """
    digest = hashlib.sha256(f"{boot}\n{address}\n{code}".encode()).digest()
    return f"phone-{int.from_bytes(digest[:4], 'big') % _CLIENTS}"
