"""`GET /api/v1/reports/{period}`: a report as JSON for programs; the very document that people download."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from queue_server.domain.ids import ServiceId
from queue_server.reports.json_file import document
from queue_server.reports.period import BadPeriod, Period, parse
from queue_server.reports.ports import Books
from queue_server.reports.report import Scope, Verdict, Wanted, report
from queue_server.web.manager.api import Allowed, Caller, Problem, Share, VisitFigures
from queue_server.web.officer_names import officer_names
from queue_server.web.ports import WebDeps
from queue_server.web.reports.view import scope_keys

_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
PERIOD = rf"^([0-9]{{4}}(-[0-9]{{2}}|-W[0-9]{{2}}|-Q[1-4])?|{_DAY}|{_DAY}\.\.{_DAY})$"


class ReportGroup(VisitFigures):
    """One group of a split; `key` as in `GET /api/v1/figures`."""

    legs_served: int
    open_hours: float | None
    legs_per_open_hour: float | None


class TargetOut(BaseModel):
    minutes: float
    name: dict[str, str]
    scope: str
    verdict: Verdict
    share_within: Share
    days_met: int
    days: int


class DossiersOut(BaseModel):
    """Dossiers of one field whose work ended in the period."""

    early: int
    on_time: int
    late: int
    unknown: int
    share: Share


class RecordOut(BaseModel):
    """What the journal says of its own quality in the period."""

    first_seq: int
    last_seq: int
    last_hash: str
    opened_days: int
    signed_days: int
    clock_steps: int
    clock_stepped_s: float
    clock_doubts: int
    starts: int
    closed_by_turn: int
    ended_by_system: int
    faults: dict[str, int]
    kiosk_offline_s: dict[str, float]
    server_away_s: float


class MethodOut(BaseModel):
    title: str
    text: str


class ReportOut(BaseModel):
    """A report of a period. `previous` and `last_year` are null before the office's first day."""

    model_config = ConfigDict(populate_by_name=True)

    format: str
    office: str
    name: dict[str, str]
    period: str
    first: Annotated[date, Field(alias="from")]
    last: Annotated[date, Field(alias="to")]
    made_at: datetime
    edition: Literal["public", "inner"]
    services: Annotated[list[str] | None, Field(description="null is every service")]
    unfinished: Annotated[bool, Field(description="The period's last day is not over")]
    not_yet: Annotated[int, Field(description="Days whose figures are still being made, and not in it")]
    figures: ReportGroup
    previous: ReportGroup | None
    last_year: ReportGroup | None
    targets: list[TargetOut]
    busiest_hours: list[str]
    by: dict[str, list[ReportGroup]]
    officers: Annotated[dict[str, str] | None, Field(description="Only in an inner edition")]
    histogram: Annotated[list[tuple[int, int]], Field(description="Waits in whole seconds and how many")]
    dossiers: dict[str, DossiersOut] | None
    record: RecordOut
    method: list[MethodOut]


def api_router(deps: WebDeps, books: Books) -> APIRouter:
    """For programs: a session cookie of who may see figures, or `Authorization: Bearer <token>`."""
    routes = APIRouter(tags=["reports"])
    caller = Caller(deps)
    codes = (401, 403, 404, 422, 429, 503)
    said: dict[int | str, dict[str, Any]] = {code: {"model": Problem} for code in codes}

    @routes.get(
        "/api/v1/reports/{period}", response_model=ReportOut, responses=said, summary="A report of a period"
    )
    def reports(
        allowed: Annotated[Allowed, Depends(caller)],
        period: Annotated[
            str,
            Path(
                pattern=PERIOD,
                description="2026, 2026-Q4, 2026-11, 2026-W47, 2026-11-20 or 2026-11-02..2026-11-20",
            ),
        ],
        of: Annotated[
            str, Query(max_length=80, description="service:<id> or agency:<id>; every visit without it")
        ] = "",
        edition: Annotated[
            Literal["public", "inner"], Query(description="inner: with officers, for who may see them")
        ] = "public",
        lang: Annotated[Literal["vi", "en"], Query(description="Of the method's sentences")] = "vi",
    ) -> dict[str, Any]:
        """The document that `/reports/file.json` gives; 404: no such period or services."""
        assert deps.figures_for is not None
        officers = None
        if edition == "inner":
            if not allowed.officers:
                raise HTTPException(403)
            officers = {str(id_): name for id_, name in officer_names(deps, lang).items()}
        wanted = Wanted(_period(period), _scope(allowed, of), officers)
        made = report(wanted, allowed.config, deps.figures_for, books, deps.clock.now())
        return document(made, lang)

    return routes


def _period(text: str) -> Period:
    try:
        return parse(text)
    except BadPeriod as bad:
        raise HTTPException(404) from bad


def _scope(allowed: Allowed, of: str) -> Scope:
    if not of:
        return Scope(allowed.services)
    chosen = scope_keys(allowed.config).get(of)
    if chosen is None:
        raise HTTPException(404)
    services = frozenset(ServiceId(one) for one in chosen)
    if allowed.services is not None and not services <= allowed.services:
        raise HTTPException(403)
    return Scope(services)
