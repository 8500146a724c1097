"""Services closed for a while and opened again."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import Response

from queue_server.domain import commands as c
from queue_server.domain.availability import why_not
from queue_server.domain.hours import Hours
from queue_server.domain.ids import ServiceId
from queue_server.domain.queue_view import waiting_by_service
from queue_server.domain.words import Words
from queue_server.people.ports import SignedIn
from queue_server.web.admin.desk import Desk, back
from queue_server.web.auth.guard import require, require_form
from queue_server.web.auth.rights import Right
from queue_server.web.routes import Routes

SEE = Depends(require(Right.RUN_THE_DAY))
MAY = Depends(require_form(Right.RUN_THE_DAY))
BAD_HOUR = Words(
    "Giờ mở lại chưa đúng dạng giờ:phút. Mời nhập như 13:30.", "Enter the hour as HH:MM, such as 13:30."
)


def router(desk: Desk) -> APIRouter:
    router = Routes()
    deps = desk.deps

    def services_page(request: Request, problem: Words | None = None, status: int = 200) -> Response:
        office, now = deps.engine.office, deps.clock.now()
        config = office.config
        return desk.show(
            request,
            "services.html",
            problem,
            status,
            services=config.services if config else (),
            closures=office.closures,
            waiting=waiting_by_service(office),
            refused={s.id: why_not(office, s, now) for s in config.services} if config else {},
            issued=office.issued_today,
            local=lambda at: config.hours.local(at).strftime("%H:%M") if config else "",
            may_edit=desk.may_edit(request),
        )

    @router.get("/admin/services", include_in_schema=False)
    def services(request: Request, who: SignedIn = SEE) -> Response:
        return services_page(request)

    @router.post("/admin/services/{service}/close", include_in_schema=False)
    async def close(
        request: Request,
        service: str,
        who: SignedIn = MAY,
        request_id: str = Form(""),
        reason_vi: str = Form("", max_length=160),
        reason_en: str = Form("", max_length=160),
        until: str = Form("", max_length=5),
    ) -> Response:
        config = deps.engine.office.config
        if config is None:
            raise HTTPException(503)
        try:
            reopens = hour_today(config.hours, deps.clock.now(), until) if until else None
        except ValueError:
            return services_page(request, BAD_HOUR, 422)
        reason = Words(reason_vi.strip(), reason_en.strip())
        _, refusal, status = await desk.submit(
            request,
            who,
            request_id,
            lambda id_, by: c.CloseService(
                id=id_, by=by, service=ServiceId(service), reason=reason, until=reopens
            ),
        )
        return services_page(request, refusal, status) if refusal else back("/admin/services", "closed")

    @router.post("/admin/services/{service}/open", include_in_schema=False)
    async def reopen(
        request: Request, service: str, who: SignedIn = MAY, request_id: str = Form("")
    ) -> Response:
        _, refusal, status = await desk.submit(
            request,
            who,
            request_id,
            lambda id_, by: c.ReopenService(id=id_, by=by, service=ServiceId(service)),
        )
        return services_page(request, refusal, status) if refusal else back("/admin/services", "opened")

    return router


def hour_today(hours: Hours, now: datetime, text: str) -> datetime:
    """The instant of a local hour "13:30" of today. Raises ValueError when it is no hour."""
    at = time.fromisoformat(text)
    return datetime.combine(hours.day_of(now), at, ZoneInfo(hours.zone))
