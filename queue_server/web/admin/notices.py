"""The notice that kiosks, displays and phones show."""

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from queue_server.domain import commands as c
from queue_server.domain.words import Words
from queue_server.people.ports import SignedIn
from queue_server.web.admin.desk import Desk, back
from queue_server.web.auth.guard import require, require_form
from queue_server.web.auth.rights import Right
from queue_server.web.routes import Routes

SEE = Depends(require(Right.RUN_THE_DAY))
MAY = Depends(require_form(Right.RUN_THE_DAY))


def router(desk: Desk) -> APIRouter:
    router = Routes()

    def notices_page(request: Request, problem: Words | None = None, status: int = 200) -> Response:
        return desk.show(request, "notices.html", problem, status, notice=desk.deps.engine.office.notice)

    @router.get("/admin/notices", include_in_schema=False)
    def notices(request: Request, who: SignedIn = SEE) -> Response:
        return notices_page(request)

    @router.post("/admin/notices", include_in_schema=False)
    async def post_notice(
        request: Request,
        who: SignedIn = MAY,
        request_id: str = Form(""),
        vi: str = Form("", max_length=200),
        en: str = Form("", max_length=200),
    ) -> Response:
        words = Words(vi.strip(), en.strip())
        _, refusal, status = await desk.submit(
            request, who, request_id, lambda id_, by: c.PostNotice(id=id_, by=by, words=words)
        )
        if refusal:
            return notices_page(request, refusal, status)
        return back("/admin/notices", "posted" if words.vi else "cleared")

    return router
