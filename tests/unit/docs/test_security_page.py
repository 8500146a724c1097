"""docs/security.md names tests that are there, and every chapter of the standard."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/security.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`([a-z_/]+/(?:test_[a-z_]+)\.py)`", PAGE)))


def test_tests_are_named() -> None:
    assert len(NAMED) > 20


@pytest.mark.parametrize("name", NAMED)
def test_a_named_test_is_there(name: str) -> None:
    path = name.replace("doors/", "integration/web/doors/", 1) if name.startswith("doors/") else name
    assert (ROOT / "tests" / path).is_file()


@pytest.mark.parametrize("chapter", range(1, 18))
def test_every_chapter_has_a_row_with_a_state(chapter: int) -> None:
    rows = re.findall(rf"^\| V{chapter}[. ][^|]*\|[^|]*\| ([^|]+) \|", PAGE, re.MULTILINE)
    assert rows
    assert {row.strip("* ") for row in rows} <= {"met", "partly", "no", "n/a"}
