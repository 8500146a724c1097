"""`motcua simulate compare`: policies and counter plans on the same simulated people."""

import json
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from queue_server.commands.asked_office import asked_office
from queue_server.commands.compare_show import as_json, tables
from queue_server.commands.screen import console
from queue_server.commands.shared import fail
from queue_server.domain.office_calling import PolicyName

if TYPE_CHECKING:
    from queue_server.simulate.hall_day import HallDay
    from queue_server.simulate.plan import Plan
    from queue_server.simulate.setting import Setting


WIDTH = 124
"""Columns that the tables need."""


def compare(
    office: Annotated[
        Path | None,
        typer.Argument(metavar="[OFFICE.toml]", help="Without: the reference office of the docs."),
    ] = None,
    policy: Annotated[
        list[PolicyName] | None, typer.Option(help="Again for each policy; without: the office's own.")
    ] = None,
    plan: Annotated[
        list[str] | None,
        typer.Option(
            help="Again for each: 'counter 3 learns chung-thuc', '+1 counter 08:00-10:00 chung-thuc', "
            "'counter 3 closed 10:00-11:00', '40% spread', '30% appointments', or a TOML file."
        ),
    ] = None,
    days: Annotated[int, typer.Option(min=1, help="How many days are simulated.")] = 100,
    seed: Annotated[int, typer.Option(help="The same seed is the same days.")] = 1,
    visits: Annotated[int | None, typer.Option(min=1, help="Citizens a day; instead of --load.")] = None,
    load: Annotated[
        float, typer.Option(min=0.05, max=3.0, help="Work that comes ÷ work that counters can do.")
    ] = 1.0,
    appointments: Annotated[float, typer.Option(min=0, max=100, help="Of a hundred, how many book.")] = 0.0,
    target: Annotated[float, typer.Option(min=1, help="Minutes.")] = 20.0,
    from_journal: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Replay a past day of this office's journal.")
    ] = None,
    day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Which; without: the last whole one.")
    ] = None,
    as_json_: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Mean, P90, P95, max, share in time and over an hour, with 95 % intervals (docs/simulate.md)."""
    import numpy as np

    from queue_server.simulate.compare import Variant
    from queue_server.simulate.compare import compare as compared
    from queue_server.simulate.people import with_appointments
    from queue_server.simulate.plan import BadPlan, Plan

    if day is not None and from_journal is None:
        fail("--day goes with --from-journal.", 2)
    notes: dict[str, object] = {}
    with Progress(console=Console(stderr=True)) as bars:
        if from_journal is not None:
            setting, played, notes = _from_journal(from_journal, day.date() if day else None)
        else:
            drawing = bars.add_task("Vẽ ngày · Drawing days", total=days)
            setting, played, notes = _drawn(office, days, seed, visits, load, lambda: bars.advance(drawing))
        if appointments:
            played = [with_appointments(one, appointments / 100) for one in played]
        try:
            plans = [Plan("", ())] if not plan else [Plan("", ()), *_plans(plan, setting)]
        except BadPlan as problem:
            fail(str(problem), 2)
        names = policy or [setting.calling.policy]

        variants = [
            Variant(
                f"{name}{' · ' + one.name if one.name else ''}", replace(setting.calling, policy=name), one
            )
            for one in plans
            for name in names
        ]
        task = bars.add_task("Mô phỏng · Simulating", total=len(played) * len(variants))
        rows = compared(
            setting, played, variants, np.random.default_rng(seed), target, lambda n: bars.advance(task, n)
        )
    if as_json_:
        typer.echo(json.dumps(as_json(rows, notes, target), ensure_ascii=False, indent=2))
        return
    wide = Console(width=max(console.width, WIDTH))
    for table in tables(rows, notes, target):
        wide.print(table)


def _plans(texts: list[str], setting: "Setting") -> "list[Plan]":
    """Sentences, and TOML files with `[[plan]]` of `name` and `acts`. Raises BadPlan."""
    from queue_server.simulate.plan import BadPlan, parse_plan

    found = []
    for text in texts:
        if not text.endswith(".toml"):
            found.append(parse_plan(text, setting))
            continue
        try:
            raw = tomllib.loads(Path(text).read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError) as problem:
            raise BadPlan(f"The plan file {text!r} cannot be read: {problem}.") from problem
        listed = raw.get("plan")
        if not isinstance(listed, list) or not listed:
            raise BadPlan(f"The plan file {text!r} has no [[plan]]: write name = and acts = [ … ] under it.")
        for one in listed:
            acts = one.get("acts") if isinstance(one, dict) else None
            if not isinstance(acts, list) or not all(isinstance(act, str) for act in acts):
                raise BadPlan(f"A [[plan]] of {text!r} has no acts = [ … ].")
            found.append(parse_plan("; ".join(acts), setting, str(one.get("name", ""))))
    return found


def _drawn(
    office: Path | None, days: int, seed: int, visits: int | None, load: float, done: Callable[[], None]
) -> "tuple[Setting, list[HallDay], dict[str, object]]":
    """So many days of the office file, or of the reference office."""
    import numpy as np

    from queue_server.simulate.day import plan_day
    from queue_server.simulate.people import hall_day
    from queue_server.simulate.reference import visits_for

    setting, place = asked_office(office)
    many = visits if visits is not None else visits_for(place, load)
    found = []
    for number in range(days):
        found.append(hall_day(setting, plan_day(place, np.random.default_rng((seed, number)), many)))
        done()
    return setting, found, {"days": days, "visits_a_day": many, "seed": seed}


def _from_journal(directory: Path, day: date | None) -> "tuple[Setting, list[HallDay], dict[str, object]]":
    """A past day as the journal tells it; says what was measured on it."""
    from queue_server.commands.journal import database_of
    from queue_server.domain.events import CounterServicesChanged
    from queue_server.simulate.replay import replayed
    from queue_server.simulate.setting import setting_of
    from queue_server.storage.history import History
    from queue_server.waits.measure import VisitBook
    from queue_server.waits.tally import figures_of, tally

    _, database = database_of(directory)
    try:
        history = History(database)
        opened = history.days()
        if not opened:
            fail("The journal has no day yet.")
        wanted = day or (opened[-2] if len(opened) > 1 else opened[-1])
        recorded = list(history.of_day(wanted))
        if wanted not in opened or not recorded:
            fail(
                f"The journal has no {wanted.isoformat()}; its last days: "
                f"{', '.join(d.isoformat() for d in opened[-5:])}."
            )
        config = history.config_before(recorded[-1].seq + 1)
        if config is None:
            fail("The journal has no office file before that day.")
        book = VisitBook(config)
        for one in recorded:
            book.hear(one)
        visits = book.visits(wanted)
        told = [(one.at, one.event) for one in recorded]
        setting = setting_of(config)
        hall = replayed(setting, config.hours, wanted, visits, told)
    finally:
        database.close()
    if not hall.citizens or not hall.shifts:
        fail(f"Nobody was served on {wanted.isoformat()}: there is nothing to replay.")
    import numpy as np

    measured = figures_of(tally(visits), [20.0], np.random.default_rng(0))
    changes = sum(isinstance(event, CounterServicesChanged) for _, event in told)
    return (
        setting,
        [hall],
        {
            "journal_day": wanted.isoformat(),
            "citizens": len(hall.citizens),
            "measured_mean_minutes": None if measured.mean_s is None else round(measured.mean_s / 60, 2),
            "measured_p90_minutes": None if measured.p90_s is None else round(measured.p90_s / 60, 2),
            "changes_of_services": changes,
        },
    )
