"""The figures as one table, and as JSON for whoever compares runs."""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks.figures import Figure


def shown(value: float, unit: str) -> str:
    """A value with its unit and as many digits as it deserves."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f} {unit}"


def wanted(figure: Figure) -> str:
    if figure.wanted is None:
        return ""
    return f"{'≤' if figure.at_most else '≥'} {figure.wanted:,g} {figure.unit}"


def reached(figure: Figure) -> str:
    match figure.reached:
        case None:
            return ""
        case True:
            return "[green]reached[/]"
        case False:
            return "[red]not reached[/]"


def table(figures: Mapping[str, Sequence[Figure]]) -> Table:
    """One row a figure, by bench."""
    made = Table(title="motcua: make bench", title_justify="left")
    made.add_column("figure")
    made.add_column("value", justify="right", no_wrap=True)
    made.add_column("wanted", justify="right", no_wrap=True)
    made.add_column("reached", no_wrap=True)
    made.add_column("of", overflow="fold")
    for some in figures.values():
        for figure in some:
            made.add_row(
                figure.name, shown(figure.value, figure.unit), wanted(figure), reached(figure), figure.detail
            )
        made.add_section()
    return made


def write(path: Path, figures: Mapping[str, Sequence[Figure]], options: Mapping[str, object]) -> None:
    """Every figure with its verdict, the machine's shape and how it was measured."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = {
        "machine": {
            "cpus": os.cpu_count(),
            "python": platform.python_version(),
            "system": platform.system(),
            "load_before": options.get("load_before"),
        },
        "options": {name: value for name, value in options.items() if name != "load_before"},
        "figures": {
            bench: [{**asdict(figure), "reached": figure.reached} for figure in some]
            for bench, some in figures.items()
        },
    }
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")


def print_table(figures: Mapping[str, Sequence[Figure]], console: Console) -> None:
    console.print(table(figures))
    judged = [f for some in figures.values() for f in some if f.reached is not None]
    console.print(f"{sum(bool(f.reached) for f in judged)} of {len(judged)} wanted figures reached.")
