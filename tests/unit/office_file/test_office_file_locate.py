"""Every key of a TOML text is found on its line, whatever stands around it."""

import tomllib
from textwrap import dedent

import pytest

from queue_server.office_file.locate import line_of, lines_of
from queue_server.office_file.problems import KeyPath

TRICKY = dedent('''\
    # [office] in a comment
    title = "a [not] = table # no comment"  # a comment
    [office]
    id = 'x'
    name = { vi = "Một [1]", en = "One, two = 2" }

    [[service]]
    id = "a"
    long = """
    [[service]]
    id = "not a key"
    quote \\""" still inside
    """
    literal = \'\'\'
    [table]
    \'\'\'
    after = 1
    [[service]]
    id = "b"
    procedures = [
      # none of [these]
      { code = "1", name = "x" },
      { code = "2", name = """y
      z""" }, "odd ]"
    ]
    [service.hours]
    week.t2-t6 = ["07:30-11:30", "13:00-17:00"]
    week."t7" = [
      "08:00-11:00",
    ]
    [hours]
    holidays = [2026-01-01, 2026-02-17,
      2026-04-30]
    a.b . c = true
    empty = ""
    nested = [[1, 2],
      [3, 4]]
    at = 07:30:00 # end
    ''')

EXPECTED: dict[KeyPath, int] = {
    ("title",): 2,
    ("office",): 3,
    ("office", "id"): 4,
    ("office", "name", "en"): 5,
    ("service", 0): 7,
    ("service", 0, "id"): 8,
    ("service", 0, "long"): 9,
    ("service", 0, "literal"): 14,
    ("service", 0, "after"): 17,
    ("service", 1): 18,
    ("service", 1, "id"): 19,
    ("service", 1, "procedures"): 20,
    ("service", 1, "procedures", 0, "code"): 22,
    ("service", 1, "procedures", 1, "code"): 23,
    ("service", 1, "procedures", 1, "name"): 23,
    ("service", 1, "procedures", 2): 24,
    ("service", 1, "hours"): 26,
    ("service", 1, "hours", "week", "t2-t6", 1): 27,
    ("service", 1, "hours", "week", "t7"): 28,
    ("service", 1, "hours", "week", "t7", 0): 29,
    ("hours",): 31,
    ("hours", "holidays", 1): 32,
    ("hours", "holidays", 2): 33,
    ("hours", "a", "b", "c"): 34,
    ("hours", "empty"): 35,
    ("hours", "nested", 1, 0): 37,
    ("hours", "at"): 38,
}


@pytest.mark.parametrize("path", EXPECTED, ids=str)
def test_a_key_is_found_on_its_line(path: KeyPath) -> None:
    assert lines_of(TRICKY)[path] == EXPECTED[path]


def _paths(value: object, at: KeyPath = ()) -> list[KeyPath]:
    match value:
        case dict():
            return [p for key, inner in value.items() for p in [(*at, key), *_paths(inner, (*at, key))]]
        case list():
            return [p for n, inner in enumerate(value) for p in [(*at, n), *_paths(inner, (*at, n))]]
    return []


def test_the_locator_finds_exactly_the_keys_that_the_toml_reader_finds() -> None:
    assert set(lines_of(TRICKY)) == set(_paths(tomllib.loads(TRICKY)))


def test_a_key_that_is_missing_is_placed_at_the_table_that_lacks_it() -> None:
    lines = lines_of(TRICKY)
    assert line_of(lines, ("service", 1, "letter")) == 18
    assert line_of(lines, ("nowhere",)) == 1


def test_windows_line_ends_do_not_move_the_lines() -> None:
    assert lines_of(TRICKY.replace("\n", "\r\n")) == lines_of(TRICKY)


def test_an_unfinished_text_gives_the_places_before_the_end() -> None:
    assert lines_of('[a]\nb = 1\nc = "never closed')[("a", "b")] == 2
