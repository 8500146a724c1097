"""Entering a dossier: the form, what a procedure fills in, and writing it into the book once."""

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from queue_server.domain.words import Words
from queue_server.dossiers.book_reception import Form, units
from queue_server.people.ports import SignedIn
from queue_server.web.auth.guard import require, require_form
from queue_server.web.auth.rights import Right
from queue_server.web.dossier_book import entry
from queue_server.web.dossier_book.desk import Desk, press, text
from queue_server.web.dossier_book.words import CHANNELS, DUE_CHANGED, METHODS, WRONGS
from queue_server.web.pages import language_of
from queue_server.web.routes import Routes

MAY, MAY_FORM = Depends(require(Right.DOSSIERS)), Depends(require_form(Right.DOSSIERS))


def routes(desk: Desk) -> APIRouter:
    router = Routes(include_in_schema=False)

    @router.get("/dossiers/new")
    def new(request: Request, who: SignedIn = MAY, ticket: str = "") -> Response:
        return page(request, Form(), ticket, desk.new_id())

    @router.get("/dossiers/about")
    def about(request: Request, who: SignedIn = MAY, procedure: str = "", due_day: str = "") -> Response:
        """What the form fills in for a procedure chosen, with the due day if it were received now."""
        config, now = desk.config(), desk.deps.clock.now()
        found = entry.about(config, procedure)
        if found is None:
            raise HTTPException(404)
        due = entry.due_now(config, Form(procedure=procedure, due_day=entry.day_of(due_day)), now)
        return JSONResponse({**found, "due": desk.due(config, due, language_of(request))})

    @router.post("/dossiers")
    async def receive(request: Request, who: SignedIn = MAY_FORM) -> Response:
        config, now, data = desk.config(), desk.deps.clock.now(), await request.form()
        if not config.book.code:
            raise HTTPException(404)
        command, form, ticket = press(who, data), entry.form_of(data), text(data, "ticket")
        made: object = await desk.read(lambda: desk.book.written(command))
        if made is None:
            due = desk.due(config, entry.due_now(config, form, now), language_of(request))
            if due["key"] and text(data, "due_shown") != due["key"]:
                return page(request, form, ticket, text(data, "request_id"), 200, (), DUE_CHANGED)
            made = await desk.read(lambda: desk.book.receive(command, form, who.account.id, now))
        if isinstance(made, tuple):
            problems = tuple(WRONGS[one] for one in made)
            return page(request, form, ticket, text(data, "request_id"), 422, problems)
        await desk.about(who, ticket, str(made))
        await desk.record(request, who, command, "dossier.received", str(made))
        return RedirectResponse(f"/dossiers/{made}?done=received", 303)

    def page(
        request: Request,
        form: Form,
        ticket: str,
        request_id: str,
        status: int = 200,
        problems: tuple[Words, ...] = (),
        notice: Words | None = None,
    ) -> Response:
        config, now = desk.config(), desk.deps.clock.now()
        service, number = entry.service_of(desk.deps.engine.office, ticket)
        return desk.pages.show(
            request,
            "new.html" if config.book.code else "off.html",
            status,
            form=form,
            ticket=ticket if number else "",
            number=number,
            request_id=request_id,
            procedures=entry.offered(config, service),
            units=units(config),
            rows=entry.ROWS,
            known=entry.about(config, form.procedure),
            due=desk.due(config, entry.due_now(config, form, now), language_of(request)),
            channels=CHANNELS,
            methods=METHODS,
            problems=problems,
            notice=notice,
            today=config.hours.day_of(now).isoformat(),
        )

    return router
