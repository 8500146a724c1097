"""`/demo`: kiosk, slips, hall display, console and manager's page side by side; in demo mode only."""

import asyncio
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from queue_server.people.ports import BadSignIn, LockedOut
from queue_server.web.app import RouterFactory
from queue_server.web.demo.ports import DemoDossiers, DemoOfficer, KioskFrames
from queue_server.web.demo.slips import newest, slip_file
from queue_server.web.hall.pairing import is_loopback
from queue_server.web.pages import Pages
from queue_server.web.ports import WebDeps
from queue_server.web.routes import Routes
from queue_server.web.security import address_of

LOOK_EVERY_S = 0.1
ANSWER_AFTER_S = 10.0
"""A question for news is answered at the latest after so long."""
_JPEG = b"\xff\xd8"


class Touch(BaseModel):
    x: float = Field(ge=0, le=1)
    y: float = Field(ge=0, le=1)


def demo_router(
    frames: KioskFrames | None = None,
    officers: Mapping[str, DemoOfficer] | None = None,
    dossiers: Callable[[], DemoDossiers] = DemoDossiers,
) -> RouterFactory:
    """The factory for `make_app`; `officers` maps a role's name (`supervisor`) to its demo sign-in.

    `dossiers` tells which invented ones can be looked up today.
    """

    def router(deps: WebDeps) -> APIRouter:
        return _routes(deps, frames, dict(officers or {}), dossiers) if deps.demo else Routes()

    return router


def _routes(
    deps: WebDeps,
    frames: KioskFrames | None,
    officers: Mapping[str, DemoOfficer],
    dossiers: Callable[[], DemoDossiers],
) -> APIRouter:
    routes = Routes(include_in_schema=False)
    pages = Pages(deps, "demo")
    slips = Path(deps.office_dir) / "slips"

    @routes.get("/demo", response_class=HTMLResponse)
    def demo(request: Request) -> Response:
        config = deps.engine.office.config
        if config is None:
            raise HTTPException(503)
        return pages.show(
            request, "demo.html", zone=config.zones[0].id, kiosk=frames is not None, dossiers=dossiers()
        )

    @routes.get("/demo/news")
    async def news(request: Request, frame_seen: str = "-", slips_seen: str = "-") -> JSONResponse:
        """{frame, slips: [names]} as soon as one of them is not what the page has seen."""
        loop = asyncio.get_running_loop()
        until = loop.time() + ANSWER_AFTER_S
        while True:
            now_frame, _ = await run_in_threadpool(_frame, frames)
            printed = await run_in_threadpool(newest, slips)
            changed = now_frame != frame_seen or ",".join(printed) != slips_seen
            if changed or loop.time() > until or request.app.state.streams.closed:
                return JSONResponse({"frame": now_frame, "slips": printed})
            await asyncio.sleep(LOOK_EVERY_S)

    @routes.get("/demo/slips/{name}")
    def slip(name: str) -> Response:
        file = slip_file(slips, name)
        if file is None:
            raise HTTPException(404)
        return FileResponse(file, media_type="image/png")

    _kiosk(routes, frames)
    _entering(routes, deps, officers)
    return routes


def _frame(frames: KioskFrames | None) -> tuple[str, bytes]:
    """The kiosk's newest picture with its name; both empty where there is none."""
    body = (frames.latest() if frames is not None else None) or b""
    return (sha256(body).hexdigest()[:16] if body else ""), body


def _kiosk(routes: Routes, frames: KioskFrames | None) -> None:
    @routes.get("/demo/kiosk/frame.png")
    def kiosk_frame() -> Response:
        name, body = _frame(frames)
        if not body:
            raise HTTPException(404)
        kind = "image/jpeg" if body.startswith(_JPEG) else "image/png"
        return Response(body, media_type=kind, headers={"etag": f'"{name}"'})

    @routes.post("/demo/kiosk/touch")
    def kiosk_touch(touch: Touch) -> JSONResponse:
        if frames is None:
            raise HTTPException(404)
        frames.touch(touch.x, touch.y)
        return JSONResponse({"ok": True})


def _entering(routes: Routes, deps: WebDeps, officers: Mapping[str, DemoOfficer]) -> None:
    @routes.post("/demo/enter/{role}")
    def enter(request: Request, role: str) -> Response:
        """Signs this browser in as the demo officer of a role; on this machine only."""
        if not is_loopback(request):
            raise HTTPException(403)
        sessions = request.app.state.sessions
        if sessions.who(request) is not None:
            return JSONResponse({"ok": True})
        officer = officers.get(role)
        if officer is None:
            raise HTTPException(404)
        try:
            signed_in = deps.accounts.sign_in(
                officer.login, officer.password, address_of(request.scope), deps.clock.now()
            )
        except (BadSignIn, LockedOut):
            raise HTTPException(403) from None
        answer = JSONResponse({"ok": True})
        sessions.start(answer, signed_in)
        return answer
