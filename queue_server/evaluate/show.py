"""What `motcua waits evaluate` prints: a table of rules, a table of offices, or both as JSON."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from rich.table import Table

from queue_server.evaluate.formats import BadRow
from queue_server.evaluate.replay import OURS, best_simple
from queue_server.evaluate.score import Score
from queue_server.evaluate.splits import Split

MINUTES_FROM_S = 300.0
"""A log whose best rule errs by more is shown in minutes."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a replay found."""

    rows: int
    days: Split
    everyone: bool
    pooled: dict[str, Score]
    offices: dict[str, dict[str, Score]]
    bad: tuple[BadRow, ...]

    @property
    def ratio(self) -> float:
        """Ours ÷ the best simple rule, mean absolute errors."""
        return self.pooled[OURS].mae_s / self.pooled[best_simple(self.pooled)].mae_s


def as_json(report: Report) -> dict[str, Any]:
    """Plain values; seconds and shares."""
    best = best_simple(report.pooled)
    return {
        "rows": report.rows,
        "left_out": [asdict(row) for row in report.bad],
        "days": {
            part: [date.fromordinal(day).isoformat() for day in days]
            for part, days in asdict(report.days).items()
        },
        "population": "everyone" if report.everyone else "queued",
        "pooled": {rule: asdict(score) for rule, score in report.pooled.items()},
        "offices": {
            office: {rule: asdict(score) for rule, score in found.items()}
            for office, found in report.offices.items()
        },
        "best_simple": best,
        "ours_to_best_simple": report.ratio,
    }


def rules(report: Report) -> Table:
    """Every rule, over all test tickets."""
    unit, scale = _unit(report.pooled)
    best = report.pooled[best_simple(report.pooled)].mae_s
    who = "all tickets" if report.everyone else "tickets that had to queue"
    table = Table(title=f"{report.pooled[OURS].n} {who}, {_days(report.days)}; errors in {unit}")
    table.add_column("rule", no_wrap=True)
    for column in ("MAE", "÷ best", "P90", "bias", "in 80 %", "P80 kept"):
        table.add_column(column, justify="right")
    for rule, score in report.pooled.items():
        table.add_row(
            rule,
            f"{score.mae_s / scale:.1f}",
            f"{score.mae_s / best:.2f}",
            f"{score.p90_error_s / scale:.1f}",
            f"{score.bias_s / scale:+.1f}",
            f"{score.coverage:.1%}",
            f"{score.promise_kept:.1%}",
            style="bold" if rule == OURS else None,
        )
    return table


def offices(report: Report) -> Table:
    """Ours, office by office, beside the best simple rule there."""
    unit, scale = _unit(report.pooled)
    table = Table(title=f"Ours by office; errors in {unit}")
    table.add_column("office", no_wrap=True)
    for column in ("tickets", "MAE", "best simple", "in 80 %", "P80 kept"):
        table.add_column(column, justify="right")
    for office, found in report.offices.items():
        ours, best = found[OURS], best_simple(found)
        table.add_row(
            office,
            str(ours.n),
            f"{ours.mae_s / scale:.1f}",
            f"{best} {found[best].mae_s / scale:.1f}",
            f"{ours.coverage:.1%}",
            f"{ours.promise_kept:.1%}",
        )
    return table


def _unit(pooled: dict[str, Score]) -> tuple[str, float]:
    minutes = pooled[best_simple(pooled)].mae_s > MINUTES_FROM_S
    return ("minutes", 60.0) if minutes else ("seconds", 1.0)


def _days(days: Split) -> str:
    first, last = (date.fromordinal(day).isoformat() for day in (days.test[0], days.test[-1]))
    return f"{first} to {last}"
