"""docs/asvs.md has every requirement of levels 1 and 2 once, and names tests that are there."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGES = [(ROOT / "docs" / name).read_text("utf-8") for name in ("security.md", "asvs.md")]
NAMED = sorted({name for page in PAGES for name in re.findall(r"`([a-z_/]+/(?:test_[a-z_]+)\.py)`", page)})
ROWS = re.findall(r"^\| (\d[\d.,\u2013 ]*) \|[^|]*\| ([^|]+) \| ([^|]+) \|$", PAGES[1], re.MULTILINE)
_ASKED = """
1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1
4.3:2 4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2
7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1
12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1
16.2:5 16.3:4 16.4:3 16.5:3
"""
ASKED = {section: int(last) for section, last in (part.split(":") for part in _ASKED.split())}
"""Section of ASVS 5.0.0 → how many of its requirements are of level 1 or 2: its first ones. Not
10 and 17, of which nothing is used."""


def _numbers(cell: str) -> Iterator[str]:
    """The requirements of a row: `1.2.3`, `1.2.3, 1.2.4`, `1.2.3\u20131.2.5`."""
    for part in cell.split(", "):
        first, _, last = part.partition("\u2013")
        section, at = first.rsplit(".", 1)
        for number in range(int(at), int((last or first).rsplit(".", 1)[1]) + 1):
            yield f"{section}.{number}"


def test_every_requirement_of_levels_1_and_2_stands_there_once() -> None:
    there = Counter(
        number for cell, _, _ in ROWS if cell[:3] not in ("10.", "17.") for number in _numbers(cell)
    )
    wanted = Counter(f"{section}.{at}" for section, last in ASKED.items() for at in range(1, last + 1))
    assert there == wanted


def test_every_requirement_has_a_state_and_why() -> None:
    assert {state for _, state, _ in ROWS} <= {"met", "partly", "no", "n/a"}
    assert all(why.strip() for _, _, why in ROWS)


def test_tests_are_named() -> None:
    assert len(NAMED) > 30


@pytest.mark.parametrize("name", NAMED)
def test_a_named_test_is_there(name: str) -> None:
    path = name.replace("doors/", "integration/web/doors/", 1) if name.startswith("doors/") else name
    assert (ROOT / "tests" / path).is_file()
