"""`/reports`: choose a period and whose visits, look, download. A manager of an agency sees that agency's."""

import threading
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, Response

from queue_server.domain.ids import ServiceId
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words
from queue_server.paper.render import PaperFailed
from queue_server.people.ports import SignedIn
from queue_server.reports.formats import FORMATS
from queue_server.reports.heading import file_name, heading
from queue_server.reports.period import BadPeriod, Kind, Period, around, last_over, of_days, parse
from queue_server.reports.ports import Books
from queue_server.reports.report import Report, Scope, Wanted, report
from queue_server.web.app import RouterFactory
from queue_server.web.auth.guard import require
from queue_server.web.auth.rights import Right, may, services_seen
from queue_server.web.officer_names import officer_names
from queue_server.web.pages import Pages, language_of
from queue_server.web.ports import WebDeps
from queue_server.web.reports.api import api_router
from queue_server.web.reports.view import chooser, query, scope_keys, view
from queue_server.web.routes import Routes

AT_ONCE = 2
"""PDFs made at a time, each in a process of its own."""
BUSY_AFTER_S = 30.0
INNER = "inner"

log = structlog.get_logger("web.reports")
Reader = Annotated[SignedIn, Depends(require(Right.SEE_FIGURES))]
Text = Annotated[str, Query(max_length=80)]


def reports_router(books: Books) -> RouterFactory:
    """What main wires: where the record and the dossiers of a period are read."""

    def router(deps: WebDeps) -> APIRouter:
        both = APIRouter()
        both.include_router(_router(deps, books))
        both.include_router(api_router(deps, books))
        return both

    return router


class _Desk:
    def __init__(self, deps: WebDeps, books: Books) -> None:
        self._deps, self._books = deps, books

    def config(self) -> OfficeConfig:
        config = self._deps.engine.office.config
        if config is None or self._deps.figures_for is None:
            raise HTTPException(503)
        return config

    def period(self, key: str, first: str, last: str) -> Period:
        """Nothing chosen is the latest month that is over, or this one of an office that is younger.

        Raises 422 for what is no period.
        """
        today = self.config().hours.day_of(self._deps.clock.now())
        try:
            if first or last:
                ends = [parse(one or today.isoformat()).days.first for one in (first, last)]
                return of_days(min(ends), max(ends))
            if key:
                return parse(key)
        except BadPeriod as bad:
            raise HTTPException(422) from bad
        assert self._deps.figures_for is not None
        begun, month = self._deps.figures_for.first_day(), last_over(Kind.MONTH, today)
        return month if begun is not None and begun <= month.days.last else around(Kind.MONTH, today)

    def may_name(self, who: SignedIn) -> bool:
        whole = len(services_seen(who.account, self.config())) == len(self.config().services)
        return whole and may(who.account.role, Right.SEE_OFFICERS)

    def report(self, who: SignedIn, period: Period, of: str, edition: str, language: str) -> Report:
        """Raises 403 for what this reader may not see, 404 for what is not there."""
        config = self.config()
        assert self._deps.figures_for is not None
        officers = None
        if edition == INNER:
            if not self.may_name(who):
                raise HTTPException(403)
            officers = {str(id_): name for id_, name in officer_names(self._deps, language).items()}
        wanted = Wanted(period, self._scope(who, of), officers)
        return report(wanted, config, self._deps.figures_for, self._books, self._deps.clock.now())

    def _scope(self, who: SignedIn, of: str) -> Scope:
        config = self.config()
        seen = services_seen(who.account, config)
        whole = len(seen) == len(config.services)
        if not of:
            if whole:
                return Scope()
            name = next((a.name for a in config.agencies if a.id == who.account.agency), Words("", ""))
            return Scope(seen, name)
        chosen = scope_keys(config).get(of)
        if chosen is None:
            raise HTTPException(404)
        services = frozenset(ServiceId(one) for one in chosen)
        if not services <= seen:
            raise HTTPException(403)
        named = [s.name for s in config.services if of == f"service:{s.id}"]
        named += [a.name for a in config.agencies if of == f"agency:{a.id}"]
        return Scope(services, named[0])


def _router(deps: WebDeps, books: Books) -> APIRouter:
    routes = Routes(include_in_schema=False)
    pages, desk, presses = Pages(deps, "reports"), _Desk(deps, books), threading.Semaphore(AT_ONCE)

    @routes.get("/reports", response_class=HTMLResponse)
    def page(
        request: Request,
        who: Reader,
        period: Text = "",
        first: Annotated[str, Query(alias="from", max_length=10)] = "",
        to: Annotated[str, Query(max_length=10)] = "",
        of: Text = "",
        edition: Text = "",
    ) -> Response:
        chosen, language, config = desk.period(period, first, to), language_of(request), desk.config()
        made = desk.report(who, chosen, of, edition, language)
        today = config.hours.day_of(deps.clock.now())
        seen = frozenset(str(one) for one in services_seen(who.account, config))
        return pages.show(
            request,
            "reports.html",
            v=view(made, language),
            bar=chooser(chosen, of, edition, today, config, seen, language),
            of=of,
            edition=edition,
            may_name=desk.may_name(who) and not of,
            address=lambda name: f"/reports/file.{name}?{query(chosen, of, edition)}&lang={language}",
            other=f"/reports?{query(chosen, of, '' if edition == INNER else INNER)}",
            about=heading(made).about,
        )

    @routes.get("/reports/file.{name}")
    def file(
        request: Request,
        who: Reader,
        name: str,
        period: Text,
        of: Text = "",
        edition: Text = "",
    ) -> Response:
        if name not in FORMATS:
            raise HTTPException(404)
        language = language_of(request)
        made = desk.report(who, desk.period(period, "", ""), of, edition, language)
        if not presses.acquire(timeout=BUSY_AFTER_S):
            raise HTTPException(503)
        try:
            body = FORMATS[name].make(made, language)
        except PaperFailed as failed:
            log.error("report_failed", period=made.period.key, why=str(failed))
            raise HTTPException(503) from failed
        finally:
            presses.release()
        headers = {
            "content-disposition": f'attachment; filename="{file_name(made, name)}"',
            "cache-control": "no-store",
        }
        return Response(body, media_type=FORMATS[name].media_type, headers=headers)

    return routes
