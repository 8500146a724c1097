"""Office files and registers: whatever is in them, the answer is a list of mistakes and never a crash."""

from pathlib import Path
from typing import Any

import pytest
from fakes.dossiers import AS_OF, HEADER, KEY, write_csv
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.files import office_path
from queue_server.dossiers.ports import ImportFailed
from queue_server.dossiers.register_import import RegisterImport
from queue_server.office_file.load import check_office, load_office
from queue_server.office_file.problems import OfficeFileError

SAMPLE = office_path("commune").read_text("utf-8").splitlines()
SLOW = settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)

strange = st.sampled_from(
    [
        "",
        "1",
        "-1",
        "1e400",
        '""',
        "[]",
        "{}",
        "true",
        '"x"',
        "1979-05-27",
        "[[]]",
        '"\\u0000"',
        '["a", 1]',
        "nan",
    ]
)


@SLOW
@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), strange), min_size=1, max_size=3))
def test_an_office_file_with_strange_values_is_answered_with_mistakes(changes: list[tuple[int, str]]) -> None:
    lines = list(SAMPLE)
    for at, value in changes:
        key, equals, _ = lines[at].partition("=")
        lines[at] = f"{key}= {value}" if equals and not key.strip().startswith("#") else value
    config, problems = check_office("\n".join(lines), "x.toml")
    assert config is not None or problems


@SLOW
@given(st.text(max_size=200) | st.lists(st.sampled_from(SAMPLE), max_size=30).map("\n".join))
def test_any_text_is_an_office_file_or_has_mistakes(text: str) -> None:
    config, problems = check_office(text, "x.toml")
    assert config is not None or problems


HOSTILE = {
    "deep": "a = " + "[" * 50_000,
    "deep tables": "\n".join(f"[{'.'.join(['a'] * 400)}]" for _ in range(2)),
    "deep inline": "a = " + "{a=" * 5_000,
    "endless number": "a = " + "9" * 100_000,
    "a very long line": "a = '" + "x" * 1_000_000 + "'",
    "a thousand services": "\n".join('[[service]]\nid = "x"' for _ in range(1_000)),
    "dates that are none": "[hours]\nholidays = ['99/99/9999', '31/02/2026', '01/01/0000']",
    "nul": "[office]\nid = 'a\x00b'",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_office_file_is_answered_with_mistakes(text: str) -> None:
    config, problems = check_office(text, "x.toml")
    assert config is None and problems


@settings(SLOW, max_examples=100)
@given(data=st.binary(max_size=300))
def test_a_file_of_any_bytes_is_no_office_file(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzzed.toml"
    path.write_bytes(data)
    with pytest.raises(OfficeFileError):
        load_office(path)


class Nowhere:
    """A register book that keeps nothing."""

    def begin(self, name: str, now: Any) -> int:
        return 1

    def add(self, generation: int, rows: Any) -> None:
        list(rows)

    def finish(self, generation: int, rows: int, bad: int, now: Any) -> None: ...

    def abandon(self, generation: int) -> None: ...


def take(path: Path) -> None:
    """An import ends in a report or in a sentence."""
    try:
        RegisterImport(Nowhere(), KEY).run(path, lambda: AS_OF)
    except ImportFailed as failed:
        assert str(failed)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json", "xls", "txt"])
def test_a_register_of_any_bytes_is_refused_with_a_sentence(kind: str, tmp_path: Path) -> None:
    @SLOW
    @given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda raw: b"PK\x03\x04" + raw))
    def fuzz(data: bytes) -> None:
        path = tmp_path / f"so.{kind}"
        path.write_bytes(data)
        take(path)

    fuzz()


def test_a_register_with_any_cells_is_read_or_refused(tmp_path: Path) -> None:
    cells = st.text(max_size=20) | strange
    rows = st.lists(st.lists(cells, max_size=len(HEADER) + 2).map(tuple), max_size=6)

    @SLOW
    @given(rows, st.booleans(), st.sampled_from([",", ";", "\t"]))
    def fuzz(table: list[tuple[str, ...]], headed: bool, delimiter: str) -> None:
        clean = [tuple(cell.encode("utf-8", "replace").decode() for cell in row) for row in table]
        found = [HEADER, *clean] if headed else clean
        take(write_csv(tmp_path / "so.csv", found, "utf-8", delimiter))

    fuzz()
