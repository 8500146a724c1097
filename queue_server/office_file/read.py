"""PURE: TOML text to sections, piece by piece, so that one broken item hides no other mistake."""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from queue_server.office_file.problems import KeyPath, Mistake
from queue_server.office_file.sections.base import Placed
from queue_server.office_file.sections.whole import OfficeFile
from queue_server.office_file.translate import missing_section, mistake_of, not_a_table, unknown_section

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass
class Draft:
    """What could be read: `file` holds the good sections and items, in order.

    `broken` names sections that could not be read in full (a single one is None in `file` then); `declared`
    the ids of every item of an array, broken ones too, so that references to them are not called unknown.
    """

    file: OfficeFile
    broken: set[str]
    declared: dict[str, set[str]]
    mistakes: list[Mistake]


@dataclass
class _Reading:
    broken: set[str] = field(default_factory=set)
    declared: dict[str, set[str]] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)


def syntax_place(error: tomllib.TOMLDecodeError, text: str) -> tuple[int, int]:
    """Line and column (from 1) at which the TOML reader gave up."""
    found = _PLACE.search(str(error))
    if found:
        return int(found[1]), int(found[2])
    return text.count("\n") + 1, 1


def draft(raw: Mapping[str, Any]) -> Draft:
    """Every section and item of a parsed file that has the right shape, and what is wrong with the rest."""
    made = _Reading()
    sections: dict[str, Any] = {}
    for key in raw:
        if key not in OfficeFile.model_fields:
            made.mistakes.append(unknown_section(key))
    for name, info in OfficeFile.model_fields.items():
        content = composed(raw.get(name))
        if not content and info.is_required():
            made.mistakes.append(missing_section(name))
            made.broken.add(name)
        if get_origin(info.annotation) is list:
            (model,) = get_args(info.annotation)
            sections[name] = _items(made, name, model, content)
        else:
            assert isinstance(info.annotation, type)
            wanted = content is not None or not info.is_required()
            sections[name] = _section(made, name, info.annotation, content or {}) if wanted else None
    construct: Callable[..., OfficeFile] = OfficeFile.model_construct
    return Draft(construct(**sections), made.broken, made.declared, made.mistakes)


def _section(made: _Reading, name: str, model: type[BaseModel], content: Any) -> BaseModel | None:
    section = _validated(made, (name,), model, content)
    if section is None:
        made.broken.add(name)
    return section


def _items(made: _Reading, name: str, model: type[BaseModel], content: Any) -> list[BaseModel]:
    if not content:
        return []
    if not isinstance(content, list):
        made.mistakes.append(not_a_table((name,), f"[[{name}]]"))
        made.broken.add(name)
        return []
    good: list[BaseModel] = []
    for place, element in enumerate(content):
        if isinstance(element, dict) and isinstance(element.get("id"), str):
            made.declared.setdefault(name, set()).add(element["id"])
        item = _validated(made, (name, place), model, element)
        if item is None:
            made.broken.add(name)
            continue
        if isinstance(item, Placed):
            item.put_at(place)
        good.append(item)
    return good


def _validated(made: _Reading, path: KeyPath, model: type[BaseModel], content: Any) -> BaseModel | None:
    if not isinstance(content, dict):
        made.mistakes.append(not_a_table(path, f"[{path[0]}]"))
        return None
    try:
        return model.model_validate(content)
    except ValidationError as error:
        made.mistakes += [mistake_of(path, model, detail) for detail in error.errors(include_url=False)]
        return None


def composed(value: Any) -> Any:
    """The value with every text in NFC, as Vietnamese is stored everywhere."""
    match value:
        case str():
            return unicodedata.normalize("NFC", value)
        case list():
            return [composed(element) for element in value]
        case dict():
            return {composed(key): composed(element) for key, element in value.items()}
    return value
