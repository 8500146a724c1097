"""What the book's pages share: the office file in force, the book off the event loop, the audit trail."""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from anyio.to_thread import run_sync
from fastapi import HTTPException, Request
from starlette.datastructures import FormData

from queue_server.domain.commands import RecordAct
from queue_server.domain.ids import CommandId
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words
from queue_server.dossiers.book import DossierBook
from queue_server.dossiers.book_due import Due
from queue_server.dossiers.book_ports import BookFailed, Kept
from queue_server.dossiers.ports import SourceUnavailable
from queue_server.people.ports import SignedIn
from queue_server.web.auth.guard import actor
from queue_server.web.dossier_book import view
from queue_server.web.pages import Pages
from queue_server.web.ports import WebDeps
from queue_server.web.submit import command_id, submit

T = TypeVar("T")
LATE = Words(
    "Nhận sau giờ quy định: tính từ ngày làm việc tiếp theo, {day}.",
    "Received after hours: counted from the next working day, {day}.",
)


class Desk:
    """`new_id` makes one id a form, so that a second press is the same press."""

    def __init__(self, deps: WebDeps, book: DossierBook, new_id: Callable[[], str]) -> None:
        self.deps, self.book, self.new_id = deps, book, new_id
        self.pages = Pages(deps, "dossier_book")

    def config(self) -> OfficeConfig:
        """Raises HTTPException 503 before an office file is in force."""
        config = self.deps.engine.office.config
        if config is None:
            raise HTTPException(503)
        return config

    async def read(self, work: Callable[[], T]) -> T:
        """The book's answer, from a thread. Raises HTTPException 503 when it cannot be read or written:
        nothing changed then, and the same press may come again."""
        try:
            return await run_sync(work)
        except BookFailed:
            raise HTTPException(503) from None

    async def kept(self, id_: str) -> Kept:
        """Raises HTTPException 404."""
        kept = await self.read(lambda: self.book.load(id_))
        if kept is None:
            raise HTTPException(404)
        return kept

    async def record(self, request: Request, who: SignedIn, command: str, what: str, subject: str) -> None:
        """Into the audit trail: opaque ids only. A repeated command is recorded once."""
        id_ = CommandId(f"{command}-book" if command else f"web-{who.account.id}-{self.new_id()}")
        by = actor(request, who)
        await submit(self.deps.engine, RecordAct(id=id_, by=by, what=what, subject=subject))
        if self.deps.dossiers is not None:
            self.deps.dossiers.changed()

    async def about(self, who: SignedIn, ticket: str, id_: str) -> None:
        """The ticket that this officer serves is about the dossier just entered: its panel shows it."""
        office, dossiers = self.deps.engine.office, self.deps.dossiers
        sits_at = office.officers.get(who.account.id)
        if dossiers is None or sits_at is None or not ticket or office.counters[sits_at].ticket != ticket:
            return
        code, config, now = (await self.kept(id_)).code, self.config(), self.deps.clock.now()
        with suppress(SourceUnavailable):
            await run_sync(lambda: dossiers.received(ticket, code, config, now))

    def names(self) -> dict[str, str]:
        """Officers' names by account."""
        return {account.id: account.name for account in self.deps.accounts.all()}

    def due(self, config: OfficeConfig, due: Due | None, language: str) -> dict[str, str]:
        """A due day as the form shows it; `key` says whether it is still the one that was shown."""
        if due is None:
            return {"key": "", "text": "", "late": ""}
        late = LATE.in_(language).format(day=view.day(config, due.counts_from)) if due.late else ""
        return {"key": due.at.isoformat(), "text": view.moment(config, due.at), "late": late}


def press(who: SignedIn, data: FormData) -> CommandId:
    """The command of a form's press. Raises HTTPException 400."""
    command = command_id(who, text(data, "request_id"))
    if command is None:
        raise HTTPException(400)
    return command


def text(data: FormData, name: str) -> str:
    value = data.get(name, "")
    return value if isinstance(value, str) else ""


def seq(data: FormData) -> int:
    """The last movement that the page showed; −1 when it says none."""
    said = text(data, "expected")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else -1
