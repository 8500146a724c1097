"""Draws the state diagrams of ARCHITECTURE.md from the tables: `python -m tests.docs.diagrams --write`."""

import argparse
import re
import sys
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from queue_server.domain import counter_table, ticket_table

PAGE = Path(__file__).parents[2] / "ARCHITECTURE.md"


State = TypeVar("State", bound=StrEnum)
Act = TypeVar("Act", bound=StrEnum)


def mermaid(table: Mapping[tuple[State, Act], State], begins: State, ends: Iterable[State] = ()) -> str:
    """A Mermaid state diagram in the table's own order; acts between the same two states share an arrow."""
    arrows: dict[tuple[State, State], list[str]] = {}
    for (before, act), after in table.items():
        arrows.setdefault((before, after), []).append(act.value)
    lines = ["stateDiagram-v2", f"    [*] --> {begins.value}"]
    lines += [
        f"    {before.value} --> {after.value} : {', '.join(acts)}"
        for (before, after), acts in arrows.items()
    ]
    lines += [f"    {end.value} --> [*]" for end in sorted(ends)]
    return "\n".join(lines)


def diagrams() -> dict[str, str]:
    """Name in the page's markers → diagram."""
    ticket, counter = ticket_table.TicketState, counter_table.CounterState
    return {
        "ticket": mermaid(ticket_table.TICKET_TABLE, ticket.WAITING, ticket_table.ENDED),
        "counter": mermaid(counter_table.COUNTER_TABLE, counter.UNSTAFFED),
    }


def redrawn(page: str) -> str:
    """The page with every diagram as the tables have it now. Raises ValueError when a marker is missing."""
    for name, diagram in diagrams().items():
        found = re.compile(rf"(<!-- diagram: {name} -->\n).*?(<!-- /diagram -->)", re.DOTALL)
        page, count = found.subn(rf"\1```mermaid\n{diagram}\n```\n\2", page)
        if count != 1:
            raise ValueError(f"the page needs one pair of markers for the diagram {name}, found {count}")
    return page


def main(arguments: list[str] | None = None) -> int:
    """0 when the page is right (or has been written), 1 when it is stale."""
    parser = argparse.ArgumentParser(prog="python -m tests.docs.diagrams", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the diagrams into ARCHITECTURE.md")
    asked = parser.parse_args(arguments)
    page = PAGE.read_text(encoding="utf-8")
    right = redrawn(page)
    if page == right:
        return 0
    if not asked.write:
        print("ARCHITECTURE.md is stale: python -m tests.docs.diagrams --write", file=sys.stderr)
        return 1
    PAGE.write_text(right, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
