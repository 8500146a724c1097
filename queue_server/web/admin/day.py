"""The running day: services closed and reopened, notices, hours, the clock, and the close of day."""

from datetime import date, datetime, time, timedelta
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
NOT_SURE = Words(
    "Mời đánh dấu ô xác nhận trước khi khoá ngày.", "Tick the box to confirm before you close the day."
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

    def notices_page(request: Request, problem: Words | None = None, status: int = 200) -> Response:
        return desk.show(request, "notices.html", problem, status, notice=deps.engine.office.notice)

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

    def hours_page(request: Request, problem: Words | None = None, status: int = 200) -> Response:
        office, now = deps.engine.office, deps.clock.now()
        config = office.config
        if config is None:
            raise HTTPException(503)
        today = config.hours.day_of(now)
        return desk.show(
            request,
            "hours.html",
            problem,
            status,
            today=[
                (s.start.strftime("%H:%M"), s.end.strftime("%H:%M")) for s in config.hours.sessions(today)
            ],
            local_now=config.hours.local(now).strftime("%H:%M:%S %d/%m/%Y"),
            seasons=config.hours.seasons,
            holidays=coming(config.hours, today),
            make_ups=[(d, w) for d, w in config.hours.make_up_days if d >= today],
            day_closed=office.day_closed,
            doubt=office.clock_doubt,
            may_edit=desk.may_edit(request),
            own_hours=[s for s in config.services if s.hours is not None],
        )

    @router.get("/admin/hours", include_in_schema=False)
    def hours(request: Request, who: SignedIn = SEE) -> Response:
        return hours_page(request)

    @router.post("/admin/hours/close-day", include_in_schema=False)
    async def close_day(
        request: Request, who: SignedIn = MAY, request_id: str = Form(""), sure: str = Form("")
    ) -> Response:
        if not sure:
            return hours_page(request, NOT_SURE, 422)
        _, refusal, status = await desk.submit(
            request, who, request_id, lambda id_, by: c.CloseDay(id=id_, by=by)
        )
        return hours_page(request, refusal, status) if refusal else back("/admin/hours", "day")

    @router.post("/admin/hours/confirm-clock", include_in_schema=False)
    async def confirm_clock(request: Request, who: SignedIn = MAY, request_id: str = Form("")) -> Response:
        _, refusal, status = await desk.submit(
            request, who, request_id, lambda id_, by: c.ConfirmClock(id=id_, by=by)
        )
        return hours_page(request, refusal, status) if refusal else back("/admin/hours", "clock")

    return router


def hour_today(hours: Hours, now: datetime, text: str) -> datetime:
    """The instant of a local hour "13:30" of today. Raises ValueError when it is no hour."""
    at = time.fromisoformat(text)
    return datetime.combine(hours.day_of(now), at, ZoneInfo(hours.zone))


def coming(hours: Hours, today: date, within: timedelta = timedelta(days=120)) -> list[date]:
    """The holidays of the next months, in order."""
    return sorted(day for day in hours.holidays if today <= day <= today + within)
