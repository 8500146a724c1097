"""One dossier: its page and its movements, the last one undone by a supervisor."""

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from queue_server.domain.words import Words
from queue_server.dossiers.book_movements import Asked, No, Said
from queue_server.dossiers.book_ports import Kept
from queue_server.dossiers.book_reception import units
from queue_server.dossiers.book_table import Kind
from queue_server.people.ports import SignedIn
from queue_server.web.auth.guard import require, require_form
from queue_server.web.auth.rights import Right, may
from queue_server.web.dossier_book import entry, view
from queue_server.web.dossier_book.desk import Desk, press, seq, text
from queue_server.web.dossier_book.words import DONE, NOES
from queue_server.web.pages import language_of
from queue_server.web.routes import Routes

MAY, MAY_FORM = Depends(require(Right.DOSSIERS)), Depends(require_form(Right.DOSSIERS))
CORRECT_FORM = Depends(require_form(Right.CORRECT_DOSSIERS))
SLIPS = "/dossiers/{id_}/slip"
"""Where slips are printed, where the office prints them."""
_OWN_PAGES = (Kind.RECEIVED, Kind.CORRECTED, Kind.UNDONE)


def _opaque(text: str) -> str:
    """The id of a print job in the address, empty for what is none."""
    return text if text.isascii() and text.isalnum() and len(text) <= 64 else ""


def routes(desk: Desk) -> APIRouter:
    router = Routes(include_in_schema=False)

    @router.get("/dossiers/{id_}")
    async def show(request: Request, id_: str, who: SignedIn = MAY) -> Response:
        return await page(request, await desk.kept(id_), who)

    @router.post("/dossiers/{id_}/move")
    async def move(request: Request, id_: str, who: SignedIn = MAY_FORM) -> Response:
        data = await request.form()
        kind, unit = text(data, "kind"), text(data, "unit")
        if kind not in {one.value for one in Kind if one not in _OWN_PAGES}:
            raise HTTPException(400)
        if unit and unit not in units(desk.config()):
            raise HTTPException(422)
        rows = (" ".join(row.split()) for row in text(data, "items").splitlines())
        said = Said(
            text(data, "reason").strip(),
            tuple(row for row in rows if row),
            text(data, "contact").strip(),
            text(data, "contact_phone").strip(),
        )
        asked = Asked(Kind(kind), seq(data), unit, entry.dong(text(data, "amount")), said)
        return await moved(request, id_, who, data, asked)

    @router.post("/dossiers/{id_}/undo")
    async def undo(request: Request, id_: str, who: SignedIn = CORRECT_FORM) -> Response:
        data = await request.form()
        asked = Asked(Kind.UNDONE, seq(data), said=Said(text(data, "reason").strip()))
        return await moved(request, id_, who, data, asked)

    async def moved(request: Request, id_: str, who: SignedIn, data: FormData, asked: Asked) -> Response:
        command, now = press(who, data), desk.deps.clock.now()
        made = await desk.read(lambda: desk.book.move(command, id_, asked, who.account.id, now))
        if made is None:
            raise HTTPException(404)
        if isinstance(made, No):
            return await page(request, await desk.kept(id_), who, NOES[made], 409, asked)
        await desk.record(request, who, command, f"dossier.{asked.kind.value}", id_)
        return RedirectResponse(f"/dossiers/{id_}?done=moved", 303)

    async def page(
        request: Request,
        kept: Kept,
        who: SignedIn,
        problem: Words | None = None,
        status: int = 200,
        tried: Asked | None = None,
    ) -> Response:
        config, now, language = desk.config(), desk.deps.clock.now(), language_of(request)
        names = await desk.read(desk.names)
        await desk.record(request, who, "", "dossier.opened", kept.id)
        return desk.pages.show(
            request,
            "dossier.html",
            status,
            problem=problem,
            done=None if problem else DONE.get(request.query_params.get("done", "")),
            tried=tried,
            new_id=desk.new_id,
            may_correct=may(who.account.role, Right.CORRECT_DOSSIERS),
            contact=config.dossiers.contact,
            printers=config.printers if SLIPS in request.app.state.paths and kept.private else (),
            slip=_opaque(request.query_params.get("slip", "")),
            **view.page(desk.book, kept, config, now, lambda id_: names.get(id_, ""), language),
        )

    return router
