"""The manager's page, live or of any days: its part, its stream, its CSV files, the tickets behind it."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, Response

from queue_server.domain.ids import ServiceId
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.people.ports import SignedIn
from queue_server.waits.figures import VisitRecord
from queue_server.waits.groups import Dimension
from queue_server.waits.period import Answer, Asked, DayRange, FiguresFor
from queue_server.web.auth.guard import require
from queue_server.web.auth.rights import Right, may, services_seen
from queue_server.web.hall.format import clock
from queue_server.web.live import Channel
from queue_server.web.manager import api
from queue_server.web.manager.advice import Advised, of_services
from queue_server.web.manager.board import Reading, board, board_sheets
from queue_server.web.manager.definitions import DEFINITIONS
from queue_server.web.manager.period import BadPeriod, Shown, bar, query_of, shown, title
from queue_server.web.manager.sheet import csv_bytes
from queue_server.web.manager.tickets import BY, ON_A_PAGE, WHATS, chosen, ticket_sheet
from queue_server.web.officer_names import officer_names
from queue_server.web.pages import Later, Pages, language_of
from queue_server.web.ports import WebDeps

REFRESH = timedelta(seconds=15)
"""Waits grow while nothing happens: the page is drawn again at least this often."""

Reader = Annotated[SignedIn, Depends(require(Right.SEE_FIGURES))]
Day = Annotated[str, Query(max_length=10)]


class Desk:
    """What every route of the page asks: who sees which figures of which days."""

    def __init__(self, deps: WebDeps) -> None:
        self._deps = deps

    def config(self) -> OfficeConfig:
        config = self._deps.engine.office.config
        if config is None or self._deps.figures_for is None:
            raise HTTPException(503)
        return config

    def figures(self) -> FiguresFor:
        assert self._deps.figures_for is not None
        return self._deps.figures_for

    def shown(self, first: str, last: str, day: str) -> Shown:
        """Raises 422 for what is no period."""
        today = self.config().hours.day_of(self._deps.clock.now())
        try:
            return shown(first, last, day, today)
        except BadPeriod as bad:
            raise HTTPException(422) from bad

    def narrowed(self, who: SignedIn) -> frozenset[ServiceId] | None:
        """None for who sees every service: then old services that are gone are counted too."""
        config = self.config()
        seen = services_seen(who.account, config)
        return None if len(seen) == len(config.services) else seen

    def reading(self, who: SignedIn, at: Shown, language: str) -> Reading:
        deps, config = self._deps, self.config()
        services, figures = self.narrowed(who), self.figures()

        @lru_cache
        def ask(by: Dimension) -> Answer:
            return figures.figures_for(Asked(at.days, by, services))

        officers = None
        if may(who.account.role, Right.SEE_OFFICERS) and services is None:
            officers = {str(id_): name for id_, name in officer_names(deps, language).items()}
        return Reading(
            at=deps.clock.now(),
            shown=at,
            ask=ask,
            targets=api.targets(config, at.days),
            newcomers={s.id: deps.predictions.newcomer(s.id) for s in config.services} if at.live else {},
            hall=deps.predictions.hall_mean() if at.live else None,
            devices=dict(deps.device_states or {}),
            seen=services_seen(who.account, config),
            officers=officers,
            notices=deps.dossiers.notices.now(deps.clock.now()) if deps.dossiers else (),
            advised=self._advised(who, services) if at.live else None,
        )

    def _advised(self, who: SignedIn, services: frozenset[ServiceId] | None) -> Advised | None:
        """Who sees some services only is advised on those."""
        advice = self._deps.advice
        if advice is None:
            return None
        whole = Advised(advice.day(), advice.alert(services), may(who.account.role, Right.MIND_COUNTERS))
        return whole if services is None else of_services(whole, self.config(), services)


def router(deps: WebDeps) -> APIRouter:
    """`/manager` and what belongs to it, for who may see figures, each their agency's; `/api/v1/figures`."""
    routes = APIRouter(include_in_schema=False)
    pages, desk = Pages(deps, "manager"), Desk(deps)

    def changed(office: Office) -> Mapping[str, object]:
        return {"seq": office.seq, "turn": int(deps.clock.now().timestamp() // REFRESH.total_seconds())}

    ticking = Channel(deps, changed)

    def seen(request: Request, who: SignedIn, at: Shown) -> dict[str, Any]:
        """What the templates show; the figures (`v`) are asked for when the first of them is."""
        config, language, now = desk.config(), language_of(request), deps.clock.now()
        begun = desk.figures().first_day()
        return {
            "v": Later(lambda: board(deps.engine.office, config, desk.reading(who, at, language), language)),
            "bar": {
                **bar(at, begun, language),
                "live": at.live,
                "seq": deps.engine.office.seq,
                "as_of": clock(config.hours, now, seconds=True),
            },
            "definitions": DEFINITIONS,
            "zone": config.hours.zone,
        }

    @routes.get("/manager", response_class=HTMLResponse)
    def page(
        request: Request,
        who: Reader,
        first: Annotated[Day, Query(alias="from")] = "",
        to: Day = "",
        day: Day = "",
    ) -> Response:
        return pages.stream(request, "manager.html", **seen(request, who, desk.shown(first, to, day)))

    @routes.get("/manager/part", response_class=HTMLResponse)
    def part(request: Request, who: Reader) -> Response:
        return pages.show(request, "manager_part.html", **seen(request, who, desk.shown("", "", "")))

    @routes.get("/manager/stream")
    async def stream(request: Request, who: Reader) -> Response:
        sessions = request.app.state.sessions
        return ticking.response(request, alive=lambda: sessions.alive(who.session_id))

    @routes.get("/manager/csv/{name}")
    def csv(
        request: Request,
        who: Reader,
        name: str,
        first: Annotated[Day, Query(alias="from")] = "",
        to: Day = "",
    ) -> Response:
        at, language = desk.shown(first, to, ""), language_of(request)
        sheets = board_sheets(desk.config(), desk.reading(who, at, language), language)
        if name not in sheets:
            raise HTTPException(404)
        return _download(csv_bytes([sheets[name]], language), name, at.days)

    _tickets(routes, deps, desk, pages)
    both = APIRouter()
    both.include_router(routes)
    both.include_router(api.router(deps))
    return both


def _tickets(routes: APIRouter, deps: WebDeps, desk: Desk, pages: Pages) -> None:
    """`/manager/tickets` and its CSV: which visits a number counts."""

    def wanted(who: SignedIn, what: str, by: str) -> Dimension | None:
        dimension = next((one for one in BY if one.value == by), None)
        if what not in WHATS or (by and dimension is None):
            raise HTTPException(404)
        if dimension is Dimension.OFFICER and not may(who.account.role, Right.SEE_OFFICERS):
            raise HTTPException(403)
        return dimension

    def of_day(who: SignedIn, day: date, what: str, by: Dimension | None, key: str) -> list[VisitRecord]:
        config = desk.config()
        seen, target = desk.narrowed(who), api.targets(config, DayRange(day, day))
        visits = [v for v in deps.figures.visits(day) if seen is None or v.service in seen]
        target_s = max(target) * 60 if target else float("inf")
        return chosen(visits, what, by, key, target_s, config)

    @routes.get("/manager/tickets", response_class=HTMLResponse)
    def tickets(
        request: Request,
        who: Reader,
        first: Annotated[Day, Query(alias="from")] = "",
        to: Day = "",
        what: Annotated[str, Query(max_length=40)] = "all",
        by: Annotated[str, Query(max_length=20)] = "",
        key: Annotated[str, Query(max_length=64)] = "",
        page: Annotated[int, Query(ge=1, le=1000)] = 1,
    ) -> Response:
        at, language, dimension = desk.shown(first, to, ""), language_of(request), wanted(who, what, by)
        config = desk.config()
        days, rows, count = [], None, 0
        if at.days.days > 1:
            services = desk.narrowed(who)
            if dimension is Dimension.SERVICE and (services is None or key in services):
                services = frozenset({ServiceId(key)})
            answer = desk.figures().figures_for(Asked(at.days, Dimension.DAY, services))
            days = [
                {
                    "day": title(DayRange(d, d), language),
                    "n": group.figures.n,
                    "query": query_of(DayRange(d, d)),
                }
                for group in reversed(answer.groups)
                for d in [date.fromisoformat(group.key)]
            ]
        else:
            found = of_day(who, at.days.first, what, dimension, key)
            count = len(found)
            sheet = ticket_sheet(found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE], config, language)
            rows = {"head": sheet.head, "rows": sheet.shown(language)}
        return pages.show(
            request,
            "tickets.html",
            title=title(at.days, language),
            what=what,
            whats=WHATS,
            by=by,
            key=key,
            key_name=_name_of(config, dimension, key, language),
            days=days,
            table=rows,
            count=count,
            page=page,
            pages=-(-count // ON_A_PAGE),
            query=at.query,
            live=at.live,
        )

    @routes.get("/manager/tickets.csv")
    def tickets_csv(
        request: Request,
        who: Reader,
        first: Annotated[Day, Query(alias="from")] = "",
        to: Day = "",
        what: Annotated[str, Query(max_length=40)] = "all",
        by: Annotated[str, Query(max_length=20)] = "",
        key: Annotated[str, Query(max_length=64)] = "",
    ) -> Response:
        at, language, dimension = desk.shown(first, to, ""), language_of(request), wanted(who, what, by)
        if at.days.days > 1:
            raise HTTPException(422)
        found = of_day(who, at.days.first, what, dimension, key)
        return _download(
            csv_bytes([ticket_sheet(found, desk.config(), language)], language), "tickets", at.days
        )


def _name_of(config: OfficeConfig, by: Dimension | None, key: str, language: str) -> str:
    named: Mapping[str, str] = {}
    if by is Dimension.SERVICE:
        named = {s.id: s.name.in_(language) for s in config.services}
    elif by is Dimension.COUNTER:
        named = {c.id: c.name.in_(language) for c in config.counters}
    elif by is Dimension.HOUR:
        return f"{int(key)}h" if key.isdigit() else key
    elif by is Dimension.OFFICER:
        return ""
    return named.get(key, key)


def _download(body: bytes, name: str, days: DayRange) -> Response:
    file = f"{name}-{days.first:%Y%m%d}-{days.last:%Y%m%d}.csv"
    headers = {"content-disposition": f'attachment; filename="{file}"'}
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)
