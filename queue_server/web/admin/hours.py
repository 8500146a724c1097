"""The hours in force, a doubted clock, and the close of day."""

from datetime import date, timedelta

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import Response

from queue_server.domain import commands as c
from queue_server.domain.hours import Hours
from queue_server.domain.words import Words
from queue_server.people.ports import SignedIn
from queue_server.web.admin.desk import Desk, back
from queue_server.web.auth.guard import require, require_form
from queue_server.web.auth.rights import Right
from queue_server.web.routes import Routes

SEE = Depends(require(Right.RUN_THE_DAY))
MAY = Depends(require_form(Right.RUN_THE_DAY))
NOT_SURE = Words(
    "Mời đánh dấu ô xác nhận trước khi khoá ngày.", "Tick the box to confirm before you close the day."
)


def router(desk: Desk) -> APIRouter:
    router = Routes()
    deps = desk.deps

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


def coming(hours: Hours, today: date, within: timedelta = timedelta(days=120)) -> list[date]:
    """The holidays of the next months, in order."""
    return sorted(day for day in hours.holidays if today <= day <= today + within)
