"""`motcua simulate backtest`: what following the advice would have gained, on days it had not seen."""

import json
from collections.abc import Mapping
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from queue_server.commands.asked_office import asked_office
from queue_server.commands.screen import console

if TYPE_CHECKING:
    from queue_server.advise.backtest import Outcome
    from queue_server.simulate.interval import Interval

_NAMES = {
    "nothing": "Như thường · Nothing special",
    "morning": "Sáng: một quầy nhận thêm một việc · Morning's proposal",
    "watch": "Trong ngày: theo cảnh báo · Alerts of the day",
    "both": "Cả hai · Both",
    "come_then": "Người dân đến giờ vắng · Citizens come when advised",
}
WIDTH = 130


def backtest(
    office: Annotated[
        Path | None,
        typer.Argument(metavar="[OFFICE.toml]", help="Its counters; without: the reference office."),
    ] = None,
    days: Annotated[int, typer.Option(min=1, help="Judged days of each office.")] = 20,
    offices: Annotated[int, typer.Option(min=1, help="Offices with demand of their own.")] = 2,
    load: Annotated[
        float, typer.Option(min=0.05, max=3.0, help="Work that comes ÷ work that counters can do.")
    ] = 0.7,
    visits: Annotated[int | None, typer.Option(min=1, help="Citizens a day; instead of --load.")] = None,
    follow: Annotated[float, typer.Option(min=0, max=100, help="Of a hundred, how many heed advice.")] = 20.0,
    seed: Annotated[int, typer.Option(help="The same seed is the same days.")] = 1,
    target: Annotated[float, typer.Option(min=1, help="Minutes.")] = 20.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Judge the advice on made-up offices whose demand it has to learn (docs/simulate.md)."""
    import numpy as np

    from queue_server.advise.backtest import backtest as tested
    from queue_server.advise.world import made
    from queue_server.simulate.reference import visits_for

    setting, place = asked_office(office)
    many = visits if visits is not None else visits_for(place, load)
    rng = np.random.default_rng(seed)
    worlds = [made(setting, place, float(many), rng) for _ in range(offices)]
    with Progress(console=Console(stderr=True)) as bars:
        task = bars.add_task("Kiểm nghiệm · Back-testing", total=offices * days)
        found = tested(
            worlds,
            days,
            rng,
            follow=follow / 100,
            target_minutes=target,
            progress=lambda: bars.advance(task),
        )
    notes = {"offices": offices, "days_each": days, "visits_a_day": many, "follow": follow, "seed": seed}
    if as_json:
        plain = {
            "notes": notes,
            "target_minutes": target,
            "strategies": {str(name): _plain(outcome) for name, outcome in found.items()},
        }
        typer.echo(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    Console(width=max(console.width, WIDTH)).print(
        _table({str(name): outcome for name, outcome in found.items()}, notes, target)
    )


def _table(found: "dict[str, Outcome]", notes: Mapping[str, object], target: float) -> Table:
    said = ", ".join(f"{key} {value}" for key, value in notes.items())
    table = Table(caption=said, box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("", overflow="fold", min_width=34)
    for head in ("TB", "P90", f"≤ {target:g}", "ngày đạt", "Δ TB", f"Δ ≤ {target:g}", "việc/ngày"):
        table.add_column(head, justify="right", no_wrap=True)
    for name, one in found.items():
        first = name == "nothing"
        table.add_row(
            _NAMES[name],
            f"{one.mean:.1f}",
            f"{one.p90:.1f}",
            f"{one.within:.1%}",
            f"{one.days_kept:.0%}",
            "" if first else _change(one.mean_change, 1.0),
            "" if first else _change(one.within_change, 100.0),
            f"{one.acts:.1f}",
        )
    return table


def _change(change: "Interval", scale: float) -> str:
    """With its 95 % interval; a star where it leaves no doubt."""
    low, high = change.low * scale, change.high * scale
    return f"{change.value * scale:+.1f}{'*' if change.certain else ''} ({low:+.1f}…{high:+.1f})"


def _plain(one: "Outcome") -> dict[str, object]:
    def three(change: "Interval") -> list[float | None]:
        return [x if isfinite(x) else None for x in (change.value, change.low, change.high)]

    return {
        "mean": one.mean,
        "p90": one.p90,
        "within": one.within,
        "days_kept": one.days_kept,
        "mean_change": three(one.mean_change),
        "within_change": three(one.within_change),
        "acts_a_day": one.acts,
    }
