"""The office file while the office runs: shown, checked, written whole, and brought into force."""

from collections.abc import Callable, Sequence
from pathlib import Path

from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words
from queue_server.office_file.load import check_office
from queue_server.office_file.problems import ERROR, Problem, lines


class LiveOfficeFile:
    """Implements the pages' `OfficeFile`. `put_in_force` returns why not, or None."""

    def __init__(self, path: Path, put_in_force: Callable[[OfficeConfig], Words | None]) -> None:
        self._path, self._put_in_force = path, put_in_force

    def text(self) -> str:
        return self._path.read_text("utf-8-sig")

    def check(self, text: str) -> Sequence[Words]:
        """Every mistake as a sentence with its line; empty when the text may be applied."""
        _, problems = check_office(text, self._path.name, self._path.parent)
        return _said([p for p in problems if p.severity == ERROR])

    def apply(self, text: str) -> Sequence[Words]:
        """Check, bring into force, then write; the reasons why not (nothing changed), or nothing."""
        config, problems = check_office(text, self._path.name, self._path.parent)
        if config is None:
            return _said(problems)
        refused = self._put_in_force(config)
        if refused is not None:
            return [refused]
        beside = self._path.with_suffix(".new")
        beside.write_text(text, "utf-8")
        beside.replace(self._path)
        return []


def _said(problems: Sequence[Problem]) -> Sequence[Words]:
    return [Words(vi, en) for vi, en in zip(lines(problems, "vi"), lines(problems, "en"), strict=True)]
