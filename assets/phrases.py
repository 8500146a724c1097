"""Loads what is spoken: the packaged catalogue, with an office's own words laid over it."""

from __future__ import annotations

import tomllib
from pathlib import Path

from assets.files import phrases_path

Catalogue = dict[str, dict[str, str]]
"""Phrase key (`call.ticket`) → {"vi": …, "en": …, and perhaps "say_vi", "say_en"}."""


class PhrasesError(ValueError):
    """A phrases file cannot be read; the message says where and what to do."""


def load_phrases(*office_files: Path) -> Catalogue:
    """The packaged phrases, then each office file's over them. Raises PhrasesError.

    A file has one table a group and one line a phrase: `[service]`, `ho-tich = { vi = "Hộ tịch", en = "…" }`.
    """
    catalogue: Catalogue = {}
    for path in (phrases_path(), *office_files):
        catalogue |= read_phrases(path)
    return catalogue


def read_phrases(path: Path) -> Catalogue:
    """One phrases file. Raises PhrasesError."""
    try:
        groups = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PhrasesError(f"{path.name}: {error}") from error
    catalogue: Catalogue = {}
    for group, phrases in groups.items():
        if not isinstance(phrases, dict):
            raise PhrasesError(f"{path.name}: {group} phải là một bảng [{group}] · must be a table")
        for name, texts in phrases.items():
            if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
                raise PhrasesError(f'{path.name}: {group}.{name} phải là {{ vi = "…", en = "…" }}')
            if not texts.get("vi") or not texts.get("en"):
                raise PhrasesError(f"{path.name}: {group}.{name} thiếu vi hoặc en · lacks vi or en")
            catalogue[f"{group}.{name}"] = dict(texts)
    return catalogue


def voiced(phrase: dict[str, str], language: str) -> str:
    """What the voice says, where it differs from what is written."""
    return phrase.get(f"say_{language}", phrase[language])
