"""docs/office-file.md tells of every key of the office file, and of no other."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from queue_server.office_file.sections.base import TextTable
from queue_server.office_file.sections.whole import OfficeFile, key_names

DOCS = Path(__file__).parents[3] / "docs" / "office-file.md"


def _tables(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation is not TextTable:
            yield annotation
    elif get_origin(annotation) is not None or isinstance(annotation, UnionType):
        for inner in get_args(annotation):
            yield from _tables(inner)


def _keys(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for key, field in key_names(model).items():
        yield prefix + key
        for table in _tables(field.annotation):
            yield from _keys(table, f"{prefix}{key}.")


def keys_of_the_model() -> set[tuple[str, str]]:
    found = set()
    for section, field in OfficeFile.model_fields.items():
        (model,) = _tables(field.annotation)
        head = f"[[{section}]]" if get_origin(field.annotation) is list else f"[{section}]"
        found |= {(head, key) for key in _keys(model)}
    return found


def keys_of_the_page() -> set[tuple[str, str]]:
    found, head = set(), ""
    for line in DOCS.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            head = line[3:].strip()
        elif row := re.match(r"\| `([\w.]+)` \|", line):
            found.add((head, row[1]))
    return found


def test_every_key_of_the_office_file_is_documented_and_nothing_else() -> None:
    assert keys_of_the_page() == keys_of_the_model()


def test_every_documented_key_is_told_in_both_languages() -> None:
    rows = [line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert rows
    for row in rows:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert len(cells) == 4 and all(cells), row
