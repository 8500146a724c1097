"""`motcua waits evaluate|demand|learn|rebuild`: predictions judged, learnt; past days' figures made again."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TimeElapsedColumn

from queue_server.commands.journal import database_of
from queue_server.commands.screen import console
from queue_server.commands.shared import HERE, DirOption, fail
from queue_server.domain.office_calling import PolicyName

Step = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]
waits = typer.Typer(help="Judge predictions; make past days' figures again.", no_args_is_help=True)
_SHOWN_BAD = 10
ALL_OF_IT = 2**62
"""A position in the journal after every event."""
NICER = 10
"""Figures of past days are made behind everything the office does today."""


@waits.callback()
def _waits() -> None:
    """Judge predictions of waits by what came true; make past days' figures again."""


class LogFormat(StrEnum):
    """What a log holds."""

    TICKETS = "tickets"
    """Issue and call of each ticket."""
    CALLS = "calls"
    """And who served it until when."""


@waits.command()
def evaluate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Logs, CSV or .csv.gz.")],
    format: Annotated[LogFormat, typer.Option(help="tickets: issue and call; calls: counters and ends too.")],
    learn_until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Last day to learn from; the days after it calibrate."),
    ] = None,
    test_from: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="First day to judge; the days before it calibrate."),
    ] = None,
    calibrate_days: Annotated[
        int | None, typer.Option(min=1, help="Dates that calibrate the ranges.")
    ] = None,
    everyone: Annotated[
        bool | None,
        typer.Option(
            "--everyone/--queued",
            help="Judge also those called as they came. Default: tickets yes, calls no.",
        ),
    ] = None,
    policy: Annotated[
        PolicyName, typer.Option(help="How the office of a calls log calls.")
    ] = PolicyName.FIFO,
    configured_minutes: Annotated[float, typer.Option(min=0.1, help="For eappointment's rule.")] = 12.0,
    nightly: Annotated[
        bool,
        typer.Option(
            "--nightly/--once",
            help="Whether the corrector learns again after each judged day, as it does live.",
        ),
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Replay a log day after day and print how wrong each rule would have been (docs/waits-evaluate.md)."""
    from queue_server.evaluate.formats import NotReadable, read
    from queue_server.evaluate.replay import NothingToJudge, Settings, replay, scores
    from queue_server.evaluate.show import Report, offices, rules
    from queue_server.evaluate.show import as_json as plain
    from queue_server.evaluate.splits import NotEnoughDays, split

    if learn_until and test_from:
        fail("Give --learn-until or --test-from, not both.", 2)
    counted = format is LogFormat.TICKETS if everyone is None else everyone
    try:
        with _steps() as step:
            with step("Reading", 0) as done:
                found = read(files, format is LogFormat.CALLS, done)
            log = found.log()
            days = split(
                log.days,
                learn_until.toordinal() if learn_until else None,
                test_from.toordinal() if test_from else None,
                calibrate_days,
            )
            settings = Settings(
                everyone=counted, policy=policy, configured_s=configured_minutes * 60, nightly=nightly
            )
            replayed = replay(log, days, settings, step)
    except (NotReadable, NotEnoughDays, NothingToJudge) as problem:
        fail(str(problem), 2)
    report = Report(
        len(log),
        days,
        counted,
        scores(replayed, log.office >= 0),
        {
            name: scores(replayed, log.office == n)
            for n, name in enumerate(log.offices)
            if (replayed.test & (log.office == n)).any()
        },
        tuple(found.bad),
    )
    for row in report.bad[:_SHOWN_BAD]:
        typer.echo(f"Left out: {row}", err=True)
    if len(report.bad) > _SHOWN_BAD:
        typer.echo(f"Left out: {len(report.bad) - _SHOWN_BAD} more rows; --json names them all.", err=True)
    if as_json:
        typer.echo(json.dumps(plain(report), ensure_ascii=False, indent=2))
        return
    console.print(rules(report))
    if len(report.offices) > 1:
        console.print(offices(report))


@waits.command()
def rebuild(
    dir: DirOption = HERE,
    office: Annotated[
        Path | None, typer.Option(help="The office file, if it is not the directory's.")
    ] = None,
    first: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First local day.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last local day.")
    ] = None,
    stale: Annotated[bool, typer.Option(help="Only days that are not stored, or changed since.")] = False,
) -> None:
    """Make the stored figures of past days again from the journal, also while the office runs.

    The figures are the same as before where nothing has changed. Reports and dashboards use them at once.
    """
    import os

    from queue_server.storage.day_figures import SqlDayFigures
    from queue_server.storage.day_figures_rebuild import NoOffice
    from queue_server.storage.day_figures_rebuild import rebuild as make

    os.nice(NICER)
    _, database = database_of(dir, office_file=office)
    database.migrate()
    store = SqlDayFigures(database)
    days = store.stale() if stale else store.over()
    days = [day for day in days if (not first or day >= first.date()) and (not last or day <= last.date())]
    try:
        with _steps() as step, step("Days", len(days)) as done:
            made, merged = make(database, days, lambda at, _: done(1) if at else None)
    except NoOffice as problem:
        fail(str(problem))
    finally:
        database.close()
    typer.echo(f"{made} days made from the journal, {merged} months and years merged.")


@waits.command()
def demand(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Logs, CSV or .csv.gz.")],
    format: Annotated[LogFormat, typer.Option(help="tickets: issue and call; calls: counters and ends too.")],
    test_from: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day to forecast.")
    ] = None,
) -> None:
    """Forecast a log's arrivals day after day from the days before; print how wrong that would have been."""
    from rich.table import Table

    from queue_server.evaluate.demand import errors
    from queue_server.evaluate.formats import NotReadable, read
    from queue_server.evaluate.splits import NotEnoughDays, split

    try:
        with _steps() as step:
            with step("Reading", 0) as done:
                log = read(files, format is LogFormat.CALLS, done).log()
            days = split(log.days, None, test_from.toordinal() if test_from else None)
            with step("Forecasting", 0):
                found = errors(log, days.test)
    except (NotReadable, NotEnoughDays) as problem:
        fail(str(problem), 2)
    table = Table(title=f"Arrivals by half hour, {len(days.test)} days forecast")
    table.add_column("forecast")
    for column in ("half hours", "WAPE", "in 80 %"):
        table.add_column(column, justify="right")
    for one in found:
        inside = "" if one.coverage is None else f"{one.coverage:.1%}"
        table.add_row(one.name, str(one.blocks), f"{one.wape:.2f}", inside)
    console.print(table)


@waits.command()
def learn(
    dir: DirOption = HERE,
    office: Annotated[
        Path | None, typer.Option(help="The office file, if it is not the directory's.")
    ] = None,
) -> None:
    """Learn from the journal's last 60 days how predictions err, also while the office runs.

    Writes predictions.npz into the directory; a running server uses it at once. Deleting the file is safe.
    """
    import os

    from queue_server.clock import SystemClock
    from queue_server.predictor.learning import first_day, past_rows, steps
    from queue_server.predictor.learning import learn as make
    from queue_server.predictor.model_file import NAME, write
    from queue_server.storage.history import History
    from queue_server.waits.model import TooLittle

    os.nice(NICER)
    found, database = database_of(dir, office_file=office)
    try:
        history = History(database)
        days = history.days()
        config = history.config_before(ALL_OF_IT)
        if config is None or not days:
            fail("The journal has no office file and no day: start the office once.")
        today = config.hours.day_of(SystemClock().now())
        begins = [day for day in days if day >= first_day(today)]
        span = history.span(begins[0]) if begins else None
        with _steps() as step:
            with step("Reading the journal", 0):
                rows = past_rows(history.between(span[0]) if span else (), config, today)
            with step("Learning", steps(rows)) as done:
                model = make(rows, config, progress=done)
    finally:
        database.close()
    if isinstance(model, TooLittle):
        typer.echo(f"Nothing learnt: {model}")
        return
    write(model, found.root / NAME)
    proof = model.taught.proof
    errors = f"{proof.plain_s / 60:.1f} minutes uncorrected, {proof.corrected_s / 60:.1f} corrected"
    used = "it is used" if proof.better else "it is not used, because it is no better"
    typer.echo(f"Learnt from {int(rows.judged.sum())} visits. Error on the last {proof.n}: {errors}; {used}.")


@contextmanager
def _steps() -> Iterator[Step]:
    """Progress bars on standard error, one a step."""
    columns = (SpinnerColumn(), *Progress.get_default_columns(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:

        @contextmanager
        def step(title: str, many: int) -> Iterator[Callable[[int], None]]:
            task = bars.add_task(title, total=many or None)
            yield lambda done: bars.advance(task, done)
            bars.update(
                task, total=many or bars.tasks[task].completed, completed=many or bars.tasks[task].completed
            )

        yield step
