"""The week and the holidays as a form: changed in the office file, with the same checks as the file."""

import re
from collections.abc import Mapping, Sequence

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import Response

from queue_server.domain.hours import Hours
from queue_server.domain.words import Words
from queue_server.office_file.edit import NotEditable, has_seasons, holidays_in, with_hours
from queue_server.people.ports import SignedIn
from queue_server.web.admin.desk import Desk, back
from queue_server.web.auth.guard import require, require_form
from queue_server.web.auth.rights import Right
from queue_server.web.routes import Routes

_BETWEEN = re.compile(r"[,;\n]+")


def router(desk: Desk) -> APIRouter:
    router = Routes()
    office_file = desk.deps.office_file

    def page(
        request: Request, mistakes: Sequence[Words | str] = (), typed: Mapping[str, str] | None = None
    ) -> Response:
        config = desk.deps.engine.office.config
        if office_file is None or config is None:
            raise HTTPException(404)
        text = office_file.text()
        values = dict(typed) if typed else as_typed(config.hours, holidays_in(text))
        return desk.show(
            request,
            "hours_form.html",
            None,
            422 if mistakes else 200,
            mistakes=mistakes,
            values=values,
            editable=not has_seasons(text),
        )

    @router.get("/admin/hours/edit", include_in_schema=False)
    def show(request: Request, who: SignedIn = Depends(require(Right.OFFICE_FILE))) -> Response:
        return page(request)

    @router.post("/admin/hours/edit", include_in_schema=False)
    async def save(
        request: Request,
        who: SignedIn = Depends(require_form(Right.OFFICE_FILE)),
        holidays: str = Form("", max_length=4000),
    ) -> Response:
        if office_file is None:
            raise HTTPException(404)
        form = await request.form()
        typed = {f"day_{n}": str(form.get(f"day_{n}", ""))[:120] for n in range(7)} | {"holidays": holidays}
        week = {n: parts(typed[f"day_{n}"]) for n in range(7)}
        try:
            text = with_hours(office_file.text(), week, parts(holidays))
        except NotEditable as problem:
            return page(request, [str(problem)], typed)
        mistakes = list(await run_sync(office_file.apply, text))
        if mistakes:
            return page(request, mistakes, typed)
        await desk.record(request, who, "hours.changed", "office")
        return back("/admin/hours", "hours")

    return router


def as_typed(hours: Hours, holidays: Sequence[str]) -> dict[str, str]:
    """The fields as a person would type them: `day_0` "07:30-11:30, 13:00-17:00", `holidays` a line each."""
    week = hours.seasons[0].week if hours.seasons else ((),) * 7
    values = {
        f"day_{n}": ", ".join(f"{s.start:%H:%M}-{s.end:%H:%M}" for s in sessions)
        for n, sessions in enumerate(week)
    }
    return values | {"holidays": "\n".join(holidays)}


def parts(text: str) -> list[str]:
    """What is between commas, semicolons and line ends, without blanks around."""
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]
