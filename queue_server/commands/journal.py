"""`motcua journal verify|export`, `backup`, `restore`: the books of an office, while it runs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress, SpinnerColumn

from queue_server.commands.screen import console
from queue_server.commands.shared import HERE, DirOption, fail

if TYPE_CHECKING:
    from queue_server.office_dir import OfficeDir
    from queue_server.storage.database import Database

journal = typer.Typer(help="Verify and export the journal, also while the office runs.", no_args_is_help=True)


@contextmanager
def _progress(title: str) -> Iterator[Callable[[int, int], None]]:
    with Progress(SpinnerColumn(), *Progress.get_default_columns(), console=console) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, all_: bar.update(task, completed=done, total=all_ or None)


def database_of(
    directory: Path, must_exist: bool = True, office_file: Path | None = None
) -> "tuple[OfficeDir, Database]":
    """The database of the office file, else the SQLite file in the directory."""
    from queue_server.office_dir import OfficeDir
    from queue_server.office_file.load import load_office
    from queue_server.office_file.problems import OfficeFileError
    from queue_server.storage.database import Database, sqlite_url

    office = OfficeDir(directory.expanduser().absolute())
    url = ""
    named = office_file or office.office_file
    if named.exists():
        try:
            url = load_office(named).database_url
        except OfficeFileError as problem:
            fail(str(problem), 2)
    database = Database(url or sqlite_url(office.root))
    if must_exist and database.is_sqlite and not database.path.exists():
        fail(f"There is no journal in {office.root}: start the office once, or name its --dir.")
    return office, database


def _kept_files(office: "OfficeDir") -> dict[str, Path]:
    from queue_server.storage.keys import DOSSIERS_FILE, PAGES_FILE, PUBLIC_FILE, SIGNING_FILE
    from queue_server.storage.link_keys import FILE as LINKS_FILE

    names = (SIGNING_FILE, PAGES_FILE, PUBLIC_FILE, DOSSIERS_FILE, LINKS_FILE, "devices.json")
    return {"office.toml": office.office_file, **{name: office.secrets / name for name in names}}


@journal.command()
def verify(
    dir: DirOption = HERE,
    public_key: Annotated[
        str | None, typer.Option(help="The office's public key (base64), kept elsewhere.")
    ] = None,
) -> None:
    """Check the hash chain, the signed day heads and the answers. Exit 1 when something does not fit."""
    from queue_server.storage.keys import PUBLIC_FILE
    from queue_server.storage.verify import verify as check

    office, database = database_of(dir)
    public = public_key or (office.secrets / PUBLIC_FILE).read_text().strip()
    with _progress("Checking the journal") as progress:
        problems = check(database, public, progress)
    for problem in problems:
        typer.echo(f"event {problem.seq}: {problem.code}: {problem.sentence}")
    if problems:
        raise typer.Exit(1)
    typer.echo("The journal is whole: every event, every day's signature, every answer.")


@journal.command()
def export(
    out: Annotated[Path, typer.Argument(help="A .jsonl or .csv file.")],
    dir: DirOption = HERE,
) -> None:
    """Write every event to a file, one a line: JSON Lines, or CSV by the file's name."""
    from queue_server.storage.export import export_journal

    if out.suffix not in (".jsonl", ".csv"):
        fail(f"{out}: end the name in .jsonl or .csv.", 2)
    _, database = database_of(dir)
    try:
        with _progress("Exporting") as progress:
            done = export_journal(database, out, "csv" if out.suffix == ".csv" else "jsonl", progress)
    except OSError as problem:
        fail(f"{out}: {problem.strerror}.")
    typer.echo(f"{done.rows} events in {out}; last hash {done.hash or '-'}")


def backup(
    out: Annotated[Path, typer.Argument(help="The file to write (.zip).")], dir: DirOption = HERE
) -> None:
    """Back the office up into one file, also while it runs: journal, office file and keys."""
    from queue_server.storage.backup import backup as write

    office, database = database_of(dir)
    try:
        with _progress("Backing up") as progress:
            made = write(database, out, _kept_files(office), progress)
    except OSError as problem:
        fail(f"{out}: {problem.strerror}.")
    typer.echo(f"{out}: events up to {made.seq}. It holds keys: keep it where only you can read it.")


def restore(
    file: Annotated[Path, typer.Argument(help="A file made by motcua backup.")],
    dir: DirOption = HERE,
    force: Annotated[bool, typer.Option(help="Replace an office that is there already.")] = False,
) -> None:
    """Bring an office back from a backup; it must not be running."""
    from queue_server.engine.ports import OfficeTaken
    from queue_server.office_dir import DirectoryTrouble
    from queue_server.storage.restore import RestoreRefused
    from queue_server.storage.restore import restore as put

    office, database = database_of(dir, must_exist=False)
    try:
        office.prepare()
        with _progress("Restoring") as progress:
            made = put(file, database, _kept_files(office), force=force, progress=progress)
    except (RestoreRefused, OfficeTaken, DirectoryTrouble) as problem:
        fail(str(problem))
    except OSError as problem:
        fail(f"{file}: {problem.strerror}.")
    typer.echo(f"Restored events up to {made.seq} into {office.root}.")
