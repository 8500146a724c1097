"""`motcua dossiers …`: the register book into the office and out of it, who opened a dossier, link keys."""

import csv
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from queue_server.commands.journal import database_of
from queue_server.commands.screen import console
from queue_server.commands.shared import HERE, DirOption, fail

if TYPE_CHECKING:
    from queue_server.dossiers.register_rows import Problem
    from queue_server.storage.database import Database

dossiers = typer.Typer(help="Dossiers that citizens look up.", no_args_is_help=True)


@dossiers.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="The register: CSV or XLSX.")],
    dir: DirOption = HERE,
    report: Annotated[Path | None, typer.Option(help="Write every bad row to this CSV file.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="No progress bar.")] = False,
) -> None:
    """Import a register (Sổ theo dõi hồ sơ): good rows go in, bad ones are reported.

    Exit 1 when the file cannot be read as a whole; then nothing of it went in.
    """
    from queue_server.clock import SystemClock
    from queue_server.dossiers.ports import ImportFailed
    from queue_server.dossiers.register_import import RegisterImport
    from queue_server.dossiers.report_text import lines
    from queue_server.engine.ports import StorageFailed
    from queue_server.storage.database import database_errors
    from queue_server.storage.dossiers import SqlRegister
    from queue_server.storage.keys import dossier_key

    database, secrets = _office(dir)
    clock = SystemClock()
    try:
        database.migrate()
        register = SqlRegister(database)
        work = RegisterImport(register, dossier_key(secrets))
        with ExitStack() as stack:
            on_problem = stack.enter_context(_writing(report)) if report else _nothing
            progress = None if plain else stack.enter_context(_bar(f"Nhập {file.name}"))
            done = work.run(file, clock.now, progress or _still, on_problem)
            register.clear(clock.now())
    except ImportFailed as problem:
        fail(str(problem))
    except StorageFailed as problem:
        fail(str(problem))
    except OSError as problem:
        fail(f"{problem.filename or file}: {problem.strerror}.")
    except database_errors() as problem:
        fail(f"Chưa nhập được, thử lại. · The database failed ({type(problem).__name__}); try again.")
    finally:
        database.close()
    for line in lines(done):
        typer.echo(line)


@dossiers.command("openings")
def openings(
    code: Annotated[str, typer.Argument(help="A dossier's code; without one every opening.")] = "",
    dir: DirOption = HERE,
) -> None:
    """Who asked for a full name, unlocked a dossier or typed its code at a counter, when and where.

    Which dossier it was is known only to who knows its code: the code itself is not kept.
    """
    from queue_server.codes.normal import normalise
    from queue_server.storage.database import database_errors
    from queue_server.storage.dossier_tickets import SqlTicketDossiers
    from queue_server.storage.keys import dossier_key

    database, secrets = _office(dir)
    try:
        found = SqlTicketDossiers(database, dossier_key(secrets)).openings(normalise(code))
    except database_errors() as problem:
        fail(f"Chưa đọc được, thử lại. · The database failed ({type(problem).__name__}); try again.")
    finally:
        database.close()
    for one in found:
        typer.echo(f"{one.at:%Y-%m-%dT%H:%M:%SZ}  {one.act:<7} {one.officer}  {one.counter}  {one.ticket}")
    if not found:
        typer.echo("Chưa có lần mở nào. · Nothing was opened.")


@dossiers.command("newkey")
def new_link_key_(dir: DirOption = HERE) -> None:
    """A new key for the QR codes of receipts, used from the server's next start on.

    Receipts printed before stay good. When a key has leaked, also delete its line in `secrets/links.keys`:
    then receipts signed with it are refused by the status page; kiosks still read the code out of them.
    """
    from queue_server.office_dir import OfficeDir
    from queue_server.storage.link_keys import BadLinkKeys, new_link_key

    try:
        made = new_link_key(OfficeDir(dir.expanduser().absolute()).secrets)
    except (BadLinkKeys, OSError) as problem:
        fail(str(problem))
    typer.echo(f"Khoá {made} ký mã QR từ lần khởi động sau. · Key {made} signs from the next start on.")


@dossiers.command("register")
def register(
    field: Annotated[str, typer.Option(help="The field (lĩnh vực), such as Hộ tịch.")],
    year: Annotated[int, typer.Option(help="The year.", min=1900, max=9999)],
    dir: DirOption = HERE,
    out: Annotated[Path | None, typer.Option(help="Write to this file, not to the screen.")] = None,
) -> None:
    """The register book of a field and a year as CSV: the 14 columns of the form, for a spreadsheet.

    It names people: keep the file as the book itself is kept. Exit 1 when there is no such register.
    """
    from queue_server.commands.book_csv import write

    write(field, year, dir.expanduser().absolute(), out)


def _office(directory: Path) -> "tuple[Database, Path]":
    """The database of the office, and the folder of its keys; the server names its own to its child."""
    from queue_server.dossier_room import URL_VARIABLE
    from queue_server.office_dir import OfficeDir
    from queue_server.storage.database import Database

    if url := os.environ.get(URL_VARIABLE):
        return Database(url), OfficeDir(directory.expanduser().absolute()).secrets
    office, database = database_of(directory)
    return database, office.secrets


def _nothing(_problem: "Problem") -> None:
    return None


def _still(_done: int, _total: int) -> None:
    return None


@contextmanager
def _bar(title: str) -> Iterator[Callable[[int, int], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)


@contextmanager
def _writing(path: Path) -> "Iterator[Callable[[Problem], None]]":
    """Every bad row into a CSV file: sheet, row, column, reason in both languages."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("Trang", "Dòng", "Cột", "Lý do", "Reason"))
        yield lambda p: rows.writerow((p.sheet, p.row, p.column, p.vi, p.en))
