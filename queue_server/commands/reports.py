"""`motcua report make|due`: a report of any period into files; the reports the office file schedules."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TimeElapsedColumn

from queue_server.commands.journal import database_of
from queue_server.commands.shared import HERE, DirOption, fail

if TYPE_CHECKING:
    from datetime import date

    from queue_server.clock import SystemClock
    from queue_server.domain.office_config import OfficeConfig
    from queue_server.office_dir import OfficeDir
    from queue_server.reports.report import Report, Scope, Wanted
    from queue_server.storage.database import Database
    from queue_server.waits.cells import Day

Step = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]
report = typer.Typer(help="Reports of any period, also while the office runs.", no_args_is_help=True)
OfficeOption = Annotated[Path | None, typer.Option(help="The office file, if it is not the directory's.")]
ALL_OF_IT = 2**62


@report.command()
def make(
    period: Annotated[
        str,
        typer.Argument(help="2026-11-20, 2026-W47, 2026-11, 2026-Q4, 2026 or 2026-11-01..2026-11-20."),
    ],
    dir: DirOption = HERE,
    office: OfficeOption = None,
    format: Annotated[list[str] | None, typer.Option(help="pdf, xlsx, csv, json; may be repeated.")] = None,
    out: Annotated[Path, typer.Option(help="The folder to write into.")] = Path(),
    service: Annotated[
        list[str] | None, typer.Option(help="Only visits that began with this service; may be repeated.")
    ] = None,
    agency: Annotated[str, typer.Option(help="Only this agency's services.")] = "",
    inner: Annotated[
        bool, typer.Option("--inner/--public", help="With figures by officer, or without.")
    ] = False,
    language: Annotated[str, typer.Option(help="vi or en.")] = "vi",
) -> None:
    """Write a report of a period, per office, agency or service, into files."""
    from queue_server.reports.formats import FORMATS
    from queue_server.reports.period import BadPeriod, parse
    from queue_server.reports.report import Scope, Wanted

    formats = [name.strip() for given in format or ["pdf", "xlsx"] for name in given.split(",")]
    for name in formats:
        if name not in FORMATS:
            fail(f"{name!r} is no format: choose from {', '.join(FORMATS)}.", 2)
    if language not in ("vi", "en"):
        fail(f"{language!r} is no language of reports: choose vi or en.", 2)
    try:
        wanted = parse(period)
    except BadPeriod as bad:
        fail(str(bad), 2)
    with _office(dir, office) as there, _steps() as step:
        scope = _scope(there.config, service or [], agency) if service or agency else Scope()
        made = there.report(Wanted(wanted, scope, there.officers() if inner else None), step)
        files = there.files(made, formats, language, step)
        try:
            there.write(out, files)
        except OSError as problem:
            fail(f"{out}: {problem.strerror}.")
    for name in files:
        typer.echo(str(out / name))


@report.command()
def due(dir: DirOption = HERE, office: OfficeOption = None) -> None:
    """Make and send the reports that the office file schedules and that are due. Safe to run at any time."""
    import os

    from queue_server.reports import schedule
    from queue_server.reports.mail import MailFailed, message, send
    from queue_server.reports.report import Wanted

    os.nice(10)
    troubles = []
    with _office(dir, office) as there, _steps() as step:
        rules, root = there.config.reports, there.root
        local = there.config.hours.local(there.clock.now())
        waiting = schedule.due(rules, local, schedule.read(root), there.figured.first_day())
        for one in waiting:
            officers = there.officers() if rules.edition == "inner" else None
            made = there.report(Wanted(one.period, officers=officers), step)
            files = there.files(made, rules.formats, rules.language, step)
            try:
                there.write(root / rules.folder, files)
                schedule.write(root, schedule.read(root).with_made(one.period, there.clock.now(), one.mail))
            except OSError as problem:
                fail(f"{root / rules.folder}: {problem.strerror}.")
            if one.mail:
                try:
                    at = there.clock.now()
                    send(message(made, files, rules.mail, rules.language, at), rules.mail, root)
                    schedule.write(root, schedule.read(root).with_mailed(one.period, at))
                except MailFailed as failed:
                    troubles.append(str(failed))
    for one in waiting:
        typer.echo(f"{one.period.key}: {root / rules.folder}")
    if not waiting:
        typer.echo("No report is due.")
    if troubles:
        fail(" ".join(dict.fromkeys(troubles)))


class _Beside:
    """An office read beside its engine: what `Figured` asks of both the engine and the day under way."""

    def __init__(self, database: "Database", config: "OfficeConfig", clock: "SystemClock") -> None:
        from queue_server.domain.office import Office
        from queue_server.storage.day_figures import SqlDayFigures

        self.office = replace(Office(), config=config)
        self._database, self._clock = database, clock
        self._now: Day | None = None
        store = SqlDayFigures(database)
        opened = store.opened()
        self.today: date | None = opened[-1] if opened and opened[-1] not in store.over() else None

    def moment(self) -> tuple[int, int]:
        """One for the whole command: every table of a report is of the same instant."""
        return 0, 0

    def day_now(self) -> "Day | None":
        if self._now is None:
            self._now = self._read()
        return self._now

    def _read(self) -> "Day | None":
        from queue_server.storage.day_figures_rebuild import day_of
        from queue_server.storage.history import History

        if self.today is None:
            return None
        return replace(day_of(History(self._database), self.today), until=self._clock.now())


class _There:
    """One office's figures, books and files, for as long as the command runs."""

    def __init__(self, office: "OfficeDir", database: "Database", config: "OfficeConfig") -> None:
        from queue_server.clock import SystemClock
        from queue_server.engine.ports import Engine
        from queue_server.predictor.past import Figured
        from queue_server.storage.day_figures import SqlDayFigures
        from queue_server.storage.report_books import SqlReportBooks

        self.root, self.config, self._database = office.root, config, database
        self.clock = SystemClock()
        beside = _Beside(database, config, self.clock)
        self.figured: Figured = Figured(cast(Engine, beside), beside, SqlDayFigures(database))
        self._books = SqlReportBooks(database, lambda: config)

    def officers(self) -> dict[str, str]:
        """Officer → name, for an inner edition."""
        import sqlalchemy as sa

        from queue_server.storage.tables import accounts

        with self._database.engine.connect() as connection:
            rows = connection.execute(sa.select(accounts.c.id, accounts.c.name))
            return {row.id: row.name for row in rows}

    def report(self, wanted: "Wanted", step: "Step") -> "Report":
        """Days that are over and not stored are made first."""
        from queue_server.reports.report import report as ask
        from queue_server.reports.report import steps
        from queue_server.storage.day_figures import SqlDayFigures
        from queue_server.storage.day_figures_rebuild import NoOffice, rebuild

        stale = SqlDayFigures(self._database).stale()
        if stale:
            try:
                with step("Days", len(stale)) as done:
                    rebuild(self._database, stale, lambda at, _: done(1) if at else None)
            except NoOffice as problem:
                fail(f"Past days cannot be made again: {problem}. Restore the office's books first.")
        with step(f"Figures {wanted.period.key}", steps(wanted)) as done:
            try:
                return ask(wanted, self.config, self.figured, self._books, self.clock.now(), lambda: done(1))
            except NoOffice as problem:
                fail(f"Today cannot be read: {problem}. Restore the office's books first.")

    def files(
        self, made: "Report", formats: "list[str] | tuple[str, ...]", language: str, step: "Step"
    ) -> dict[str, bytes]:
        from queue_server.paper.render import PaperFailed
        from queue_server.reports.formats import FORMATS
        from queue_server.reports.heading import file_name

        found = {}
        with step("Files", len(formats)) as done:
            for name in formats:
                try:
                    found[file_name(made, name)] = FORMATS[name].make(made, language)
                except PaperFailed as failed:
                    fail(f"The PDF was not made: {failed}")
                done(1)
        return found

    def write(self, folder: Path, files: dict[str, bytes]) -> None:
        """Each file whole or not at all. Raises OSError."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            beside = folder / f".{name}.new"
            beside.write_bytes(content)
            beside.replace(folder / name)


@contextmanager
def _office(directory: Path, office_file: Path | None) -> Iterator[_There]:
    """Ends the command with a sentence when there is no office."""
    from queue_server.office_file.load import load_office
    from queue_server.office_file.problems import OfficeFileError
    from queue_server.storage.history import History

    office, database = database_of(directory, office_file=office_file)
    try:
        database.migrate()
        named = office_file or office.office_file
        try:
            config = load_office(named) if named.exists() else History(database).config_before(ALL_OF_IT)
        except OfficeFileError as problem:
            fail(str(problem), 2)
        if config is None:
            fail("The journal has no office file: start the office once, or name it with --office.")
        yield _There(office, database, config)
    finally:
        database.close()


@contextmanager
def _steps() -> "Iterator[Step]":
    """Progress bars on standard error, one a step."""
    columns = (SpinnerColumn(), *Progress.get_default_columns(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:

        @contextmanager
        def step(title: str, many: int) -> Iterator[Callable[[int], None]]:
            task = bars.add_task(title, total=many or None)
            yield lambda done: bars.advance(task, done)

        yield step


def _scope(config: "OfficeConfig", services: "list[str]", agency: str) -> "Scope":
    from queue_server.domain.words import Words
    from queue_server.reports.report import Scope

    of_agency = [s for s in config.services if agency and s.agency == agency]
    known = {str(s.id): s for s in config.services}
    for one in services:
        if one not in known:
            fail(f"{one!r} is no service: choose from {', '.join(known)}.", 2)
    if agency and not of_agency:
        fail(f"{agency!r} is no agency with services: look at [[agency]] in the office file.", 2)
    found = [*of_agency, *(known[one] for one in services)]
    name = next((a.name for a in config.agencies if agency and not services and a.id == agency), None)
    joined = Words(", ".join(s.name.vi for s in found), ", ".join(s.name.in_("en") for s in found))
    return Scope(frozenset(s.id for s in found), name or joined)
