"""`GET /metrics` for a Prometheus server: from this machine, or with the office's token for programs."""

import hmac
from collections.abc import Callable

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from queue_server.web.app import RouterFactory
from queue_server.web.hall.pairing import is_loopback
from queue_server.web.ports import WebDeps
from queue_server.web.routes import Routes

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def scrape_router(text: Callable[[], bytes]) -> RouterFactory:
    """`text` makes the metrics of one scrape."""

    def router(deps: WebDeps) -> APIRouter:
        routes = Routes(include_in_schema=False)

        @routes.get("/metrics")
        def metrics(request: Request) -> Response:
            if not _may(request, deps.figures_token):
                raise HTTPException(401)
            return Response(text(), media_type=CONTENT_TYPE, headers={"cache-control": "no-store"})

        return routes

    return router


def _may(request: Request, token: str) -> bool:
    scheme, _, shown = request.headers.get("authorization", "").partition(" ")
    if scheme:
        known = scheme.lower() == "bearer" and bool(token)
        return known and hmac.compare_digest(token.encode(), shown.strip().encode())
    return is_loopback(request)
