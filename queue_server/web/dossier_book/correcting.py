"""What a supervisor puts right in a dossier: its sheet, with a reason."""

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from queue_server.domain.words import Words
from queue_server.dossiers.book_movements import Asked, No, Said
from queue_server.dossiers.book_ports import Kept
from queue_server.dossiers.book_reception import Form, Wrong
from queue_server.dossiers.book_table import Kind
from queue_server.people.ports import SignedIn
from queue_server.web.auth.guard import require, require_form
from queue_server.web.auth.rights import Right
from queue_server.web.dossier_book import entry
from queue_server.web.dossier_book.desk import Desk, press, seq, text
from queue_server.web.dossier_book.words import NOES, WRONGS
from queue_server.web.routes import Routes

CORRECT = Depends(require(Right.CORRECT_DOSSIERS))
CORRECT_FORM = Depends(require_form(Right.CORRECT_DOSSIERS))


def routes(desk: Desk) -> APIRouter:
    router = Routes(include_in_schema=False)

    @router.get("/dossiers/{id_}/sheet")
    async def sheet(request: Request, id_: str, who: SignedIn = CORRECT) -> Response:
        kept = await desk.kept(id_)
        if kept.private is None:
            raise HTTPException(404)
        p = kept.private
        form = Form(
            kept.procedure_code, p.applicant, p.request, p.papers, result_place=p.result_place, note=p.note
        )
        await desk.record(request, who, "", "dossier.opened", kept.id)
        return sheet_page(request, kept, form, desk.new_id(), kept.movements[-1].seq, "")

    @router.post("/dossiers/{id_}/sheet")
    async def correct(request: Request, id_: str, who: SignedIn = CORRECT_FORM) -> Response:
        kept, data = await desk.kept(id_), await request.form()
        command, form, reason = press(who, data), entry.form_of(data), text(data, "reason").strip()
        asked = Asked(Kind.CORRECTED, seq(data), said=Said(reason))
        now = desk.deps.clock.now()
        made = await desk.read(lambda: desk.book.correct(command, id_, form, asked, who.account.id, now))
        if made is None:
            raise HTTPException(404)
        problems = (
            (NOES[made],)
            if isinstance(made, No)
            else tuple(WRONGS[one] for one in made if isinstance(one, Wrong))
        )
        if problems:
            status = 409 if isinstance(made, No) else 422
            request_id = text(data, "request_id")
            return sheet_page(request, kept, form, request_id, seq(data), reason, problems, status)
        await desk.record(request, who, command, "dossier.corrected", id_)
        return RedirectResponse(f"/dossiers/{id_}?done=corrected", 303)

    def sheet_page(
        request: Request,
        kept: Kept,
        form: Form,
        request_id: str,
        expected: int,
        reason: str,
        problems: tuple[Words, ...] = (),
        status: int = 200,
    ) -> Response:
        return desk.pages.show(
            request,
            "sheet.html",
            status,
            kept=kept,
            form=form,
            rows=entry.ROWS,
            expected=expected,
            request_id=request_id,
            reason=reason,
            problems=problems,
        )

    return router
