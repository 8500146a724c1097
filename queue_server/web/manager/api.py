"""`GET /api/v1/figures`: the figures of any days as JSON, for programs; the same numbers as on the page."""

import hmac
import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from queue_server.domain.ids import ServiceId
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words
from queue_server.reports.measures import told
from queue_server.waits.groups import Dimension
from queue_server.waits.period import Asked, DayRange, Group
from queue_server.web.auth.guard import require
from queue_server.web.auth.rights import Right, may, services_seen
from queue_server.web.ports import WebDeps
from queue_server.web.routes import Routes

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def _only_dates(value: object) -> object:
    if isinstance(value, str) and not _DATE.fullmatch(value):
        raise ValueError("a date is written 2026-11-20")
    return value


LocalDay = Annotated[date, BeforeValidator(_only_dates)]
Seconds = Annotated[float | None, Field(description="Seconds; null where there is no data")]
Share = Annotated[float | None, Field(description="Share of 1; null where there is no data", ge=0, le=1)]


class Problem(BaseModel):
    """What went wrong, and what to do, in both languages."""

    ok: Literal[False]
    code: str
    words: dict[str, str]


class TargetShare(BaseModel):
    minutes: float
    share: Annotated[float, Field(ge=0, le=1)]


class Told(BaseModel):
    """How good the waits told at issue were; errors in seconds, told median − true wait."""

    n: int
    within_range: Share
    promise_kept: Share
    mean_error_s: Seconds
    p90_error_s: Seconds
    bias_s: Seconds


class VisitFigures(BaseModel):
    """What is said of any group of visits, here and in a report."""

    key: str
    days: Annotated[int, Field(description="Days with a visit that was served")]
    n: Annotated[int, Field(description="Visits in the mean")]
    mean_s: Seconds
    ci_low_s: Seconds
    ci_high_s: Seconds
    p50_s: Seconds
    p90_s: Seconds
    p95_s: Seconds
    share_within: list[TargetShare]
    share_over_60: Share
    abandoned: int
    no_show: int
    cancelled: int
    mean_open_s: Seconds
    worst_case_mean_s: Seconds
    walk_mean_s: Seconds
    service_mean_s: Seconds
    flags: Annotated[dict[str, int], Field(description="Integrity flag → visits")]


class GroupOut(VisitFigures):
    """One group; `key` is "" for the office, else a service's id, "07" (hour), "2026-11" (month) …"""

    name: dict[str, str]
    work_s: Annotated[
        dict[str, float], Field(description="State of a counter → seconds; counters, officers and the office")
    ]
    told: Told
    histogram: Annotated[
        list[tuple[int, int]] | None,
        Field(description="Waits in whole seconds, rounded up, and how many; only when asked for"),
    ] = None


class FiguresOut(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    first: Annotated[date, Field(alias="from")]
    last: Annotated[date, Field(alias="to")]
    by: Dimension
    as_of: datetime
    not_yet: Annotated[int, Field(description="Days of the range whose figures are still being made")]
    groups: list[GroupOut]


def targets(config: OfficeConfig, days: DayRange) -> tuple[float, ...]:
    """Minutes of the targets that hold on a day of the range, the widest first."""
    holding = {
        target.minutes
        for target in config.targets
        if (target.valid_from is None or target.valid_from <= days.last)
        and (target.valid_to is None or days.first <= target.valid_to)
    }
    return tuple(sorted(holding, reverse=True))


class Caller:
    """Who asks: somebody signed in who may see figures, or a program with the office's token."""

    def __init__(self, deps: WebDeps) -> None:
        self._deps = deps
        self._signed_in = require(Right.SEE_FIGURES)

    def __call__(
        self,
        request: Request,
        bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))],
        _cookie: Annotated[str | None, Depends(APIKeyCookie(name="motcua", auto_error=False))],
    ) -> "Allowed":
        config = self._deps.engine.office.config
        if config is None or self._deps.figures_for is None:
            raise HTTPException(503)
        if bearer is not None:
            token = self._deps.figures_token
            if not token or not hmac.compare_digest(token.encode(), bearer.credentials.encode()):
                raise HTTPException(401)
            return Allowed(config, None, officers=False)
        who = self._signed_in(request)
        seen = services_seen(who.account, config)
        narrowed = None if len(seen) == len(config.services) else seen
        officers = narrowed is None and may(who.account.role, Right.SEE_OFFICERS)
        return Allowed(config, narrowed, officers)


class Allowed:
    """What a caller may see: `services` None is every one."""

    def __init__(self, config: OfficeConfig, services: frozenset[ServiceId] | None, officers: bool) -> None:
        self.config, self.services, self.officers = config, services, officers


def router(deps: WebDeps) -> APIRouter:
    """For programs: a session cookie of who may see figures, or `Authorization: Bearer <token>`."""
    routes = Routes(tags=["figures"])
    caller = Caller(deps)
    said: dict[int | str, dict[str, Any]] = {code: {"model": Problem} for code in (401, 403, 422, 429, 503)}

    @routes.get(
        "/api/v1/figures", response_model=FiguresOut, responses=said, summary="Figures of any local days"
    )
    def figures(
        allowed: Annotated[Allowed, Depends(caller)],
        first: Annotated[LocalDay, Query(alias="from", description="First local day, inclusive")],
        last: Annotated[LocalDay, Query(alias="to", description="Last local day, inclusive")],
        by: Annotated[Dimension, Query(description="Split by")] = Dimension.OFFICE,
        service: Annotated[
            list[str] | None, Query(max_length=64, description="Only visits that began with these services")
        ] = None,
        histogram: Annotated[bool, Query(description="With the waits of every second")] = False,
    ) -> FiguresOut:
        """Waits are measured as docs/integrator.md says; today's figures hold visits that are over only."""
        if by is Dimension.OFFICER and not allowed.officers:
            raise HTTPException(403)
        days = DayRange(min(first, last), max(first, last))
        services = allowed.services
        if service:
            wanted = frozenset(ServiceId(one) for one in service)
            services = wanted if services is None else services & wanted
        assert deps.figures_for is not None
        answer = deps.figures_for.figures_for(Asked(days, by, services))
        return FiguresOut(
            first=days.first,
            last=days.last,
            by=by,
            as_of=deps.clock.now(),
            not_yet=answer.not_yet,
            groups=[_group(group, by, allowed.config, histogram) for group in answer.groups],
        )

    return routes


def _group(group: Group, by: Dimension, config: OfficeConfig, histogram: bool) -> GroupOut:
    figures, total, was = group.figures, group.total, told(group)
    return GroupOut(
        key=group.key,
        name=_name(group.key, by, config),
        days=group.days,
        n=figures.n,
        mean_s=figures.mean_s,
        ci_low_s=figures.ci_low_s,
        ci_high_s=figures.ci_high_s,
        p50_s=figures.p50_s,
        p90_s=figures.p90_s,
        p95_s=figures.p95_s,
        share_within=[TargetShare(minutes=m, share=s) for m, s in figures.share_within.items()],
        share_over_60=figures.share_over_60,
        abandoned=figures.abandoned,
        no_show=figures.no_show,
        cancelled=figures.cancelled,
        mean_open_s=figures.mean_open_s,
        worst_case_mean_s=figures.worst_case_mean_s,
        walk_mean_s=figures.walk_mean_s,
        service_mean_s=figures.service_mean_s,
        work_s={state: us / 1e6 for state, us in sorted(total.work.items())},
        told=Told(**asdict(was)),
        flags=figures.flags,
        histogram=sorted(total.seconds.items()) if histogram else None,
    )


def _name(key: str, by: Dimension, config: OfficeConfig) -> dict[str, str]:
    """In both languages where the office file has one; officers have none here."""
    names: dict[Dimension, Sequence[tuple[str, Words]]] = {
        Dimension.OFFICE: [("", config.short_name)],
        Dimension.SERVICE: [(s.id, s.name) for s in config.services],
        Dimension.AGENCY: [(a.id, a.name) for a in config.agencies],
        Dimension.GROUP: list(config.groups),
        Dimension.COUNTER: [(c.id, c.name) for c in config.counters],
        Dimension.PRIORITY_GROUP: [(p.id, p.name) for p in config.priority_groups],
        Dimension.KIOSK: [(k.id, k.name) for k in config.kiosks],
    }
    words = dict(names.get(by, ())).get(key) or Words(key)
    return {"vi": words.in_("vi"), "en": words.in_("en")}
