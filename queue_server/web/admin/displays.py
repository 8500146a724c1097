"""Displays: pair a TV by the code it shows, see what is paired, revoke."""

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from queue_server.domain.words import Words
from queue_server.people.ports import SignedIn
from queue_server.web.admin.desk import Desk, back
from queue_server.web.auth.guard import require, require_form
from queue_server.web.auth.rights import Right
from queue_server.web.routes import Routes

SEE = Depends(require(Right.PAIR_DISPLAYS))
MAY = Depends(require_form(Right.PAIR_DISPLAYS))
NO_CODE = Words(
    "Mã này không đúng hoặc đã hết hạn. Mời nhìn lại mã đang hiện trên ti vi rồi nhập lại.",
    "The code is wrong or has expired. Look at the code on the TV and enter it again.",
)
NO_DISPLAY = Words(
    "Màn hình này không có trong tệp cấu hình. Mời chọn màn hình khác.",
    "The office file has no such display. Choose another.",
)


def router(desk: Desk) -> APIRouter:
    router = Routes()
    deps = desk.deps

    def page(request: Request, problem: Words | None = None, status: int = 200) -> Response:
        config = deps.engine.office.config
        return desk.show(
            request,
            "displays.html",
            problem,
            status,
            displays=config.displays if config else (),
            counters={k.id: k for k in config.counters} if config else {},
            zones={z.id: z for z in config.zones} if config else {},
            pairings=deps.accounts.pairings(),
            local=lambda at: config.hours.local(at).strftime("%H:%M %d/%m/%Y") if config else "",
        )

    @router.get("/admin/displays", include_in_schema=False)
    def show(request: Request, who: SignedIn = SEE) -> Response:
        return page(request)

    @router.post("/admin/displays", include_in_schema=False)
    async def confirm(
        request: Request,
        who: SignedIn = MAY,
        code: str = Form("", max_length=12),
        display: str = Form("", max_length=80),
    ) -> Response:
        config = deps.engine.office.config
        if config is None or not any(d.id == display for d in config.displays):
            return await run_sync(page, request, NO_DISPLAY, 422)
        tidy, now = "".join(code.split()).upper(), deps.clock.now()
        paired = await run_sync(deps.accounts.confirm_pairing, tidy, display, who.account.id, now)
        if not paired:
            return await run_sync(page, request, NO_CODE, 422)
        await desk.record(request, who, "display.paired", display)
        return back("/admin/displays", "paired")

    @router.post("/admin/displays/revoke", include_in_schema=False)
    async def revoke(
        request: Request, who: SignedIn = MAY, pairing: str = Form("", max_length=120)
    ) -> Response:
        display = next((d for id_, d, _ in await run_sync(deps.accounts.pairings) if id_ == pairing), "")
        await run_sync(deps.accounts.revoke_pairing, pairing)
        await desk.record(request, who, "display.revoked", display)
        return back("/admin/displays", "revoked")

    return router
