"""The office file while the office runs: shown, checked, written whole, and brought into force."""

from collections.abc import Callable, Sequence
from pathlib import Path

from queue_server.domain.office_config import OfficeConfig
from queue_server.office_file.load import check_office
from queue_server.office_file.problems import ERROR, lines


class LiveOfficeFile:
    """Implements the pages' `OfficeFile`. `put_in_force` returns why not, or an empty string."""

    def __init__(self, path: Path, put_in_force: Callable[[OfficeConfig], str]) -> None:
        self._path, self._put_in_force = path, put_in_force

    def text(self) -> str:
        return self._path.read_text("utf-8-sig")

    def check(self, text: str) -> Sequence[str]:
        """Every mistake as a sentence with its line; empty when the text may be applied."""
        _, problems = check_office(text, self._path.name, self._path.parent)
        return lines([p for p in problems if p.severity == ERROR], "vi")

    def apply(self, text: str) -> Sequence[str]:
        """Check, bring into force, then write; the reasons why not (nothing changed), or nothing."""
        config, problems = check_office(text, self._path.name, self._path.parent)
        if config is None:
            return lines(problems, "vi")
        refused = self._put_in_force(config)
        if refused:
            return [refused]
        beside = self._path.with_suffix(".new")
        beside.write_text(text, "utf-8")
        beside.replace(self._path)
        return []
