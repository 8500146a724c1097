"""The administrator's pages, one module a subject."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from queue_server.clock import new_id, random_below
from queue_server.people.ports import SignedIn
from queue_server.web.admin import (
    accounts,
    accounts_access,
    closures,
    counters,
    device_form,
    devices,
    displays,
    hours,
    hours_form,
    items_form,
    notices,
    office_file,
)
from queue_server.web.admin.desk import Desk
from queue_server.web.auth.guard import require
from queue_server.web.auth.rights import Right
from queue_server.web.pages import Pages
from queue_server.web.ports import WebDeps
from queue_server.web.routes import Routes


def router(deps: WebDeps) -> APIRouter:
    router = Routes(tags=["admin"])
    desk = Desk(deps, Pages(deps, "admin"), new_id, random_below)

    @router.get("/admin", include_in_schema=False)
    def first(
        request: Request, who: SignedIn = Depends(require(Right.RUN_THE_DAY, Right.ACCOUNTS))
    ) -> Response:
        office = deps.engine.office
        return desk.show(request, "admin.html", doubt=office.clock_doubt, day_closed=office.day_closed)

    people = accounts.AccountsDesk(desk)
    router.take(accounts.router(people))
    router.take(accounts_access.router(people))
    for part in (hours_form, closures, notices, hours, counters, displays, devices, device_form, office_file):
        router.take(part.router(desk))
    for kind in (items_form.SERVICES, items_form.COUNTERS):
        router.take(items_form.router(desk, kind))
    return router
