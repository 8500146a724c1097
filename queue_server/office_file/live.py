"""The office file while the office runs: shown, checked, written whole, and brought into force."""

import os
import shutil
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words
from queue_server.office_file.load import check_office
from queue_server.office_file.problems import ERROR, Problem, lines


class LiveOfficeFile:
    """Implements the pages' `OfficeFile`. `put_in_force` returns why not, or None."""

    def __init__(self, path: Path, put_in_force: Callable[[OfficeConfig], Words | None]) -> None:
        self._path, self._put_in_force = path.resolve(), put_in_force
        self._lock = threading.Lock()

    def text(self) -> str:
        return self._path.read_text("utf-8-sig")

    def check(self, text: str) -> Sequence[Words]:
        """Every mistake as a sentence with its line; empty when the text may be applied."""
        config, problems = check_office(text, self._path.name, self._path.parent)
        mistakes = _said([p for p in problems if p.severity == ERROR])
        return mistakes if config is None else [*mistakes, *self._other_secrets(config)]

    def apply(self, text: str) -> Sequence[Words]:
        """Check, bring into force and write whole; the reasons why not (nothing changed), or nothing. One at
        a time; a disk that cannot take the text is asked first, so that file and office stay the same."""
        config, problems = check_office(text, self._path.name, self._path.parent)
        if config is None:
            return _said(problems)
        if elsewhere := self._other_secrets(config):
            return elsewhere
        beside = self._path.with_suffix(".new")
        with self._lock:
            try:
                self._written(beside, text)
                refused = self._put_in_force(config)
                if refused is not None:
                    return [refused]
                beside.replace(self._path)
            except OSError as problem:
                return [_unwritten(problem)]
            finally:
                with suppress(OSError):
                    beside.unlink(missing_ok=True)
        return []

    def _other_secrets(self, config: OfficeConfig) -> Sequence[Words]:
        """What such a file holds is sent to another machine. Which one it is, is said on this machine only: a
        page where any could be named would hand out any that the server can read."""
        before, _ = check_office(self.text(), self._path.name, self._path.parent)
        return [] if _secret_files(config) <= _secret_files(before) else [_NAMED_HERE]

    def _written(self, beside: Path, text: str) -> None:
        """On the disk, for whom the office file is. Raises OSError."""
        with beside.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        with suppress(OSError):
            shutil.copymode(self._path, beside)


_NAMED_HERE = Words(
    "token_file và password_file chỉ được đổi ngay trên máy chủ: sửa tệp cơ quan ở đó, rồi chạy motcua office"
    " check.",
    "token_file and password_file are changed on the server itself only: edit the office file there, then run"
    " motcua office check.",
)


def _secret_files(config: OfficeConfig | None) -> frozenset[str]:
    if config is None:
        return frozenset()
    provincial = config.dossiers.provincial
    named = {config.reports.mail.password_file, provincial.token_file if provincial else ""}
    return frozenset(named - {""})


def _unwritten(problem: OSError) -> Words:
    why = problem.strerror or type(problem).__name__
    return Words(
        f"Chưa ghi được tệp cơ quan ({why}): giải phóng đĩa hoặc cấp quyền ghi, rồi thử lại.",
        f"The office file cannot be written ({why}): free some space or give the right, then try again.",
    )


def _said(problems: Sequence[Problem]) -> Sequence[Words]:
    return [Words(vi, en) for vi, en in zip(lines(problems, "vi"), lines(problems, "en"), strict=True)]
