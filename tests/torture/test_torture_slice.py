"""A short slice of the torture: one round on a real office, judged like all others."""

from pathlib import Path

import pytest

from tests.torture.run import Books, run

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def test_a_busy_office_that_is_killed_and_cut_off_loses_nothing(tmp_path: Path) -> None:
    books, said = Books(20), list[str]()
    run(tmp_path, books, 1, said.append, faults=6, lasts_s=4.0)
    assert books.violations == [], said
    assert sum(books.kills.values()) >= 3
    assert books.acts > 0 and books.events > 0 and books.states > 0
