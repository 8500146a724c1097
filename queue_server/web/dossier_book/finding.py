"""Finding a dossier of the book: the latest, by code or number, and the registers."""

import re
from collections.abc import Sequence

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from queue_server.codes.normal import LONGEST, normalise
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words
from queue_server.dossiers.book_ports import Kept
from queue_server.dossiers.book_register import COLUMNS, row_of
from queue_server.dossiers.lookup import codes_in
from queue_server.people.ports import SignedIn
from queue_server.web.auth.guard import require, require_form
from queue_server.web.auth.rights import Right
from queue_server.web.dossier_book import view
from queue_server.web.dossier_book.desk import Desk, text
from queue_server.web.dossier_book.words import NOT_FOUND
from queue_server.web.pages import language_of
from queue_server.web.routes import Routes

LATEST = 50
MAY, MAY_FORM = Depends(require(Right.DOSSIERS)), Depends(require_form(Right.DOSSIERS))
_NUMBER = re.compile(r"(\d{1,9})(?:/[^\W\d]{1,12})?(?:/(\d{4}))?")
"""A receipt's number: `12`, `12/TNHS`, `12/TNHS/2025`."""


def routes(desk: Desk) -> APIRouter:
    router = Routes(include_in_schema=False)

    @router.get("/dossiers")
    async def latest(request: Request, who: SignedIn = MAY) -> Response:
        config = desk.config()
        rows = await desk.read(lambda: desk.book.latest(LATEST)) if config.book.code else ()
        return page(request, config, rows)

    @router.post("/dossiers/search")
    async def search(request: Request, who: SignedIn = MAY_FORM) -> Response:
        """By code, by what a scanner reads of a receipt, or by the receipt's number; never in a URL."""
        config = desk.config()
        typed = text(await request.form(), "code")[:LONGEST]
        found = await desk.read(lambda: find(typed, config))
        if found is not None:
            return RedirectResponse(f"/dossiers/{found.id}", 303)
        rows = await desk.read(lambda: desk.book.latest(LATEST))
        return page(request, config, rows, NOT_FOUND, typed, 404)

    @router.get("/dossiers/registers")
    async def registers(request: Request, who: SignedIn = MAY) -> Response:
        names = await desk.read(desk.book.registers)
        return desk.pages.show(request, "registers.html", registers=names)

    @router.get("/dossiers/registers/{year}")
    async def register(request: Request, year: int, who: SignedIn = MAY, field: str = "") -> Response:
        """A register book: one field (lĩnh vực) in one year."""
        config = desk.config()
        records = await desk.read(lambda: desk.book.register(field, year))
        if not records:
            raise HTTPException(404)
        await desk.record(request, who, "", "dossier.register_opened", str(year))
        rows = [(record.id, record.place.book, row_of(record, config.hours)) for record in records]
        return desk.pages.show(request, "register.html", field=field, year=year, columns=COLUMNS, rows=rows)

    def find(typed: str, config: OfficeConfig) -> Kept | None:
        number = _NUMBER.fullmatch(typed.strip())
        if number:
            this_year = config.hours.day_of(desk.deps.clock.now()).year
            found = desk.book.by_receipt(int(number[1]), int(number[2] or this_year))
            if found is not None:
                return found
        codes = dict.fromkeys((*codes_in(typed, config.dossiers), normalise(typed)))
        return next((kept for code in codes if code and (kept := desk.book.by_code(code))), None)

    def page(
        request: Request,
        config: OfficeConfig,
        rows: Sequence[Kept],
        problem: Words | None = None,
        typed: str = "",
        status: int = 200,
    ) -> Response:
        now, language = desk.deps.clock.now(), language_of(request)
        return desk.pages.show(
            request,
            "list.html" if config.book.code else "off.html",
            status,
            rows=[view.line(config, one, now, language) for one in rows],
            problem=problem,
            typed=typed,
        )

    return router
