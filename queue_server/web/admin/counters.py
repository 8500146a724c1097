"""Counters: the services each takes now, who sits there, and freeing one that was left."""

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from queue_server.domain import commands as c
from queue_server.domain.ids import CounterId, ServiceId
from queue_server.domain.words import Words
from queue_server.people.ports import SignedIn
from queue_server.web.admin.desk import Desk, back
from queue_server.web.auth.guard import require, require_form
from queue_server.web.auth.rights import Right
from queue_server.web.counter.words import STATES
from queue_server.web.officer_names import officer_names
from queue_server.web.pages import language_of
from queue_server.web.routes import Routes

SEE = Depends(require(Right.MIND_COUNTERS))
MAY = Depends(require_form(Right.MIND_COUNTERS))


def router(desk: Desk) -> APIRouter:
    router = Routes()
    deps = desk.deps

    def page(request: Request, problem: Words | None = None, status: int = 200) -> Response:
        office = deps.engine.office
        return desk.show(
            request,
            "counters.html",
            problem,
            status,
            counters=office.config.counters if office.config else (),
            services=office.config.services if office.config else (),
            running=office.counters,
            states=STATES,
            tickets=office.tickets,
            names=officer_names(deps, language_of(request)),
            may_edit=desk.may_edit(request),
        )

    @router.get("/admin/counters", include_in_schema=False)
    def show(request: Request, who: SignedIn = SEE) -> Response:
        return page(request)

    @router.post("/admin/counters/{counter}/services", include_in_schema=False)
    async def services(
        request: Request,
        counter: str,
        who: SignedIn = MAY,
        request_id: str = Form(""),
        services: list[str] = Form(default_factory=list),
    ) -> Response:
        chosen = tuple(ServiceId(s) for s in services)
        _, refusal, status = await desk.submit(
            request,
            who,
            request_id,
            lambda id_, by: c.ChangeCounterServices(
                id=id_, by=by, counter=CounterId(counter), services=chosen
            ),
        )
        if refusal:
            return await run_sync(page, request, refusal, status)
        return back("/admin/counters", "saved")

    @router.post("/admin/counters/{counter}/free", include_in_schema=False)
    async def free(
        request: Request, counter: str, who: SignedIn = MAY, request_id: str = Form("")
    ) -> Response:
        """Sign off whoever sits there; refused while somebody is being served."""
        _, refusal, status = await desk.submit(
            request, who, request_id, lambda id_, by: c.SignOff(id=id_, by=by, counter=CounterId(counter))
        )
        if refusal:
            return await run_sync(page, request, refusal, status)
        return back("/admin/counters", "freed")

    return router
