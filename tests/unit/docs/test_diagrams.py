"""The state diagrams of ARCHITECTURE.md are those of the tables."""

import pytest

from queue_server.domain.counter_table import COUNTER_TABLE
from queue_server.domain.ticket_table import TICKET_TABLE
from tests.docs.diagrams import PAGE, diagrams, redrawn


def test_the_diagrams_are_as_the_tables_are() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert redrawn(page) == page, "run: python -m tests.docs.diagrams --write"


@pytest.mark.parametrize(("name", "table"), [("ticket", TICKET_TABLE), ("counter", COUNTER_TABLE)])
def test_every_pair_of_a_table_is_drawn(name: str, table: dict[tuple[str, str], str]) -> None:
    lines = diagrams()[name].splitlines()
    for (before, act), after in table.items():
        arrow = f"    {before} --> {after} : "
        drawn = [line.removeprefix(arrow).split(", ") for line in lines if line.startswith(arrow)]
        assert len(drawn) == 1 and act in drawn[0], (before, act, after)


def test_a_page_without_its_markers_is_an_error() -> None:
    with pytest.raises(ValueError, match="diagram ticket"):
        redrawn("# Architecture\n")
