"""`/dossiers/<id>/receipt.pdf` and its neighbours, the register's PDF, and slips sent to a printer.

Addresses hold opaque ids, a field and a year; names are in the documents only. Two documents are made at a
time, each in a process of its own.
"""

import hashlib
import threading
from collections.abc import Callable

import structlog
from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from queue_server.domain.commands import RecordAct
from queue_server.domain.ids import CommandId
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words
from queue_server.dossiers.book_ports import BookFailed, BookRecords
from queue_server.dossiers.book_record import BookRecord, Supplement
from queue_server.engine.ports import StorageFailed
from queue_server.forms import pages as documents
from queue_server.forms import slips, views
from queue_server.forms.signed_link import LinkKeys, signed_link
from queue_server.paper.render import PaperFailed, render_pdf
from queue_server.people.ports import SignedIn
from queue_server.web.app import RouterFactory
from queue_server.web.auth.guard import actor, require, require_form
from queue_server.web.auth.rights import Right
from queue_server.web.errors import wants_page
from queue_server.web.forms import words as w
from queue_server.web.forms.ports import SlipDesk
from queue_server.web.pages import Pages, language_of
from queue_server.web.ports import WebDeps
from queue_server.web.routes import Routes
from queue_server.web.submit import ANSWER_WITHIN

AT_ONCE = 2
BUSY_AFTER_S = 30.0
FORM_WITHIN_S = 60.0
REGISTER_WITHIN_S = 300.0

log = structlog.get_logger("web.forms")

Render = Callable[..., bytes]
NewId = Callable[[], str]
_Said = tuple[Words, Words]


class Refused(Exception):
    """A sentence instead of a document."""

    def __init__(self, status: int, said: _Said) -> None:
        super().__init__(status)
        self.status, self.said = status, said


def forms_router(
    book: BookRecords,
    keys: LinkKeys,
    new_id: NewId,
    desk: SlipDesk | None = None,
    render: Render = render_pdf,
) -> RouterFactory:
    """The factory for `make_app`; put it before a router of `/dossiers/{id}`. Without `desk` no slips."""

    def router(deps: WebDeps) -> APIRouter:
        return _Routes(deps, book, keys, new_id, desk, render).routes()

    return router


class _Routes:
    def __init__(
        self,
        deps: WebDeps,
        book: BookRecords,
        keys: LinkKeys,
        new_id: NewId,
        desk: SlipDesk | None,
        render: Render,
    ) -> None:
        self._deps, self._book, self._keys, self._new_id = deps, book, keys, new_id
        self._desk, self._render = desk, render
        self._pages = Pages(deps)
        self._presses = threading.BoundedSemaphore(AT_ONCE)

    def routes(self) -> APIRouter:
        routes = Routes(tags=["forms"])
        officer, clerk = Depends(require(Right.DOSSIERS)), Depends(require_form(Right.DOSSIERS))

        @routes.get("/dossiers/register.pdf")
        def register(
            request: Request,
            field: str = Query(max_length=300),
            year: int = Query(ge=1900, le=9999),
            who: SignedIn = officer,
        ) -> Response:
            """The register of a field and a year, all its books, A4 landscape."""
            return self._answer(request, who, "register", f"{year}", lambda c: self._register(c, field, year))

        @routes.get("/dossiers/{id_}/receipt.pdf")
        def receipt(request: Request, id_: str, who: SignedIn = officer) -> Response:
            """Both copies, with the signed QR."""
            return self._answer(request, who, "receipt", id_, lambda c: self._receipt(c, id_))

        @routes.get("/dossiers/{id_}/guidance.pdf")
        def guidance(
            request: Request, id_: str, n: int = Query(0, ge=0, le=1000), who: SignedIn = officer
        ) -> Response:
            """The `n`th request to complete it, counted from 1; the last one without `n`."""
            return self._answer(request, who, "guidance", id_, lambda c: self._guidance(c, id_, n))

        @routes.get("/dossiers/{id_}/control.pdf")
        def control(request: Request, id_: str, who: SignedIn = officer) -> Response:
            """The control slip as the dossier's way is now."""
            return self._answer(request, who, "control", id_, lambda c: self._control(c, id_))

        @routes.post("/dossiers/{id_}/slip")
        def slip(
            request: Request,
            id_: str,
            id: str = Form(min_length=8, max_length=64),
            what: str = Form(pattern="^(receipt|guidance)$"),
            printer: str = Form(max_length=80),
            n: int = Form(0, ge=0, le=1000),
            language: str = Form("vi", pattern="^(vi|en)$"),
            reprint: bool = Form(False),
            who: SignedIn = clerk,
        ) -> Response:
            """A slip on a printer of the office; the same `id` again is the same slip."""
            try:
                job = self._print(who, id_, id, what, printer, n, language, reprint)
                self._note(request, who, f"{what}_slip", id_)
            except Refused as refused:
                return self._refused(request, refused)
            if wants_page(request):
                return RedirectResponse(f"/dossiers/{id_}?slip={job}", 303)
            return JSONResponse({"ok": True, "job": job})

        @routes.get("/dossier-slips/{job}")
        def outcome(job: str, who: SignedIn = officer) -> JSONResponse:
            """What came of a slip: waiting, printed, unconfirmed, failed or unknown, with words."""
            known = self._desk.outcome(job) if self._desk is not None else None
            state, reason = known or ("unknown", "")
            said = w.OUTCOMES[state]
            return JSONResponse({"outcome": state, "reason": reason, "words": {"vi": said.vi, "en": said.en}})

        return routes

    def _answer(
        self,
        request: Request,
        who: SignedIn,
        form: str,
        of: str,
        make: Callable[[OfficeConfig], tuple[str, str, float]],
    ) -> Response:
        """The PDF, or a page that says why there is none. `make` gives HTML, a file name and its time."""
        config = self._deps.engine.office.config
        if config is None:
            raise HTTPException(503)
        try:
            html, name, within = make(config)
            pdf = self._pressed(html, within)
            self._note(request, who, form, of)
        except Refused as refused:
            return self._refused(request, refused)
        log.info("form_printed", form=form, of=of, by=who.account.id)
        headers = {"content-disposition": f'inline; filename="{name}.pdf"'}
        return Response(pdf, media_type="application/pdf", headers=headers)

    def _note(self, request: Request, who: SignedIn, form: str, of: str) -> None:
        """Into the audit trail before the paper is given: which form of which dossier, by opaque id."""
        act = RecordAct(
            id=CommandId(f"web-{who.account.id}-{self._new_id()}"),
            by=actor(request, who),
            what=f"dossier.{form}_printed",
            subject=of,
        )
        try:
            noted = self._deps.engine.submit(act).result(ANSWER_WITHIN)
        except (StorageFailed, TimeoutError) as failed:
            raise Refused(503, w.BOOK_AWAY) from failed
        if noted.refusal is not None:
            raise Refused(503, w.BOOK_AWAY)

    def _pressed(self, html: str, within: float) -> bytes:
        if not self._presses.acquire(timeout=BUSY_AFTER_S):
            raise Refused(503, w.BUSY)
        try:
            return self._render(html, timeout_s=within)
        except PaperFailed as failed:
            log.error("form_failed", why=str(failed))
            raise Refused(500, w.NOT_MADE) from failed
        finally:
            self._presses.release()

    def _receipt(self, config: OfficeConfig, id_: str) -> tuple[str, str, float]:
        record = self._record(id_)
        view = views.receipt(record, config, self._link(config, record))
        return documents.receipt_html(view), _file("giay-tiep-nhan", str(record.receipt)), FORM_WITHIN_S

    def _guidance(self, config: OfficeConfig, id_: str, n: int) -> tuple[str, str, float]:
        record = self._record(id_)
        supplement = _supplement(record, n)
        html = documents.guidance_html(views.guidance(record, supplement, config))
        return html, _file("phieu-huong-dan", str(supplement.number)), FORM_WITHIN_S

    def _control(self, config: OfficeConfig, id_: str) -> tuple[str, str, float]:
        record = self._record(id_)
        html = documents.control_html(views.control(record, config))
        return html, _file("phieu-kiem-soat", str(record.control)), FORM_WITHIN_S

    def _register(self, config: OfficeConfig, field: str, year: int) -> tuple[str, str, float]:
        try:
            records = self._book.register(field, year)
        except BookFailed as failed:
            raise Refused(503, w.BOOK_AWAY) from failed
        if not records:
            raise Refused(404, w.NO_REGISTER)
        html = documents.register_html(views.register(records, field, year, config))
        return html, f"so-theo-doi-ho-so-{year}", REGISTER_WITHIN_S

    def _record(self, id_: str) -> BookRecord:
        try:
            record = self._book.record(id_)
        except BookFailed as failed:
            raise Refused(503, w.BOOK_AWAY) from failed
        if record is None:
            raise Refused(404, w.NO_DOSSIER)
        if record.forgotten:
            raise Refused(410, w.FORGOTTEN)
        return record

    def _link(self, config: OfficeConfig, record: BookRecord) -> str:
        return signed_link(config.public_url, config.id, record.code, self._keys)

    def _print(
        self,
        who: SignedIn,
        id_: str,
        asked: str,
        what: str,
        printer: str,
        n: int,
        language: str,
        reprint: bool,
    ) -> str:
        """Ask for the slip; the job's id, the same for the same request."""
        config = self._deps.engine.office.config
        if config is None or self._desk is None or printer not in {p.id for p in config.printers}:
            raise Refused(404, w.NO_PRINTER)
        record, now = self._record(id_), self._deps.clock.now()
        link = self._link(config, record)
        if what == "receipt":
            made = slips.receipt_slip(record, config, link, now, language, reprint)
        else:
            made = slips.guidance_slip(record, _supplement(record, n), config, link, now, language, reprint)
        job = "d" + hashlib.sha256(f"{who.account.id}\n{id_}\n{what}\n{asked}".encode()).hexdigest()[:24]
        self._desk.ask(job, printer, made)
        log.info("slip_sent", form=what, of=id_, by=who.account.id, job=job)
        return job

    def _refused(self, request: Request, refused: Refused) -> Response:
        what, then = refused.said
        if wants_page(request):
            return self._pages.show(request, "error.html", refused.status, what=what, then=then)
        said = {"vi": f"{what.vi}. {then.vi}", "en": f"{what.en}. {then.en}"}
        body = {"ok": False, "words": said, "language": language_of(request)}
        return JSONResponse(body, refused.status)


def _supplement(record: BookRecord, n: int) -> Supplement:
    """The `n`th request from 1, the last for 0. Raises Refused."""
    if not record.supplements or n > len(record.supplements):
        raise Refused(404, w.NO_SUPPLEMENT)
    return record.supplements[n - 1]


def _file(kind: str, number: str) -> str:
    """A file's name without anybody's: the form and its number."""
    return f"{kind}-{''.join(c if c.isascii() and c.isalnum() else '-' for c in number)}"
