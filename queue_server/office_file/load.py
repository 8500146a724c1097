"""The office file from disk: read, checked in full, and either a configuration or every mistake."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from queue_server.domain.office_config import OfficeConfig
from queue_server.office_file.checks.whole import cross_checks
from queue_server.office_file.config.whole import build
from queue_server.office_file.locate import line_of, lines_of
from queue_server.office_file.problems import ERROR, KeyPath, Mistake, OfficeFileError, Problem, show_key
from queue_server.office_file.read import draft, syntax_place
from queue_server.office_file.translate import syntax_sentence


def load_office(path: Path) -> OfficeConfig:
    """The configuration in the file at `path`; besides it only the brand theme it names is read.

    Raises OfficeFileError with every mistake, also when the file cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or "unreadable"
        raise OfficeFileError([_unreadable(path, reason)]) from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise OfficeFileError([_not_utf8(path, line)]) from error
    config, problems = check_office(text, path.name, path.parent)
    if config is None:
        raise OfficeFileError(problems)
    return config


def check_office(
    text: str, name: str, folder: Path | None = None
) -> tuple[OfficeConfig | None, list[Problem]]:
    """The configuration of a text called `name` and its problems, by line.

    The configuration is None when one of the problems is an error; warnings come with a configuration.
    A brand theme is looked for in `folder`, else beside `name`.
    """
    try:
        raw = tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        line, column = syntax_place(error, text)
        vi, en = syntax_sentence(str(error))
        where = (f" (cột {column})", f" (column {column})")
        return None, [Problem(name, line, "", vi[:-1] + where[0] + ".", en[:-1] + where[1] + ".")]
    except (RecursionError, ValueError):
        return None, [_no_office_file(name)]
    drafted = draft(raw)
    mistakes = [*drafted.mistakes, *cross_checks(drafted, folder or Path(name).parent)]
    problems = _located(mistakes, name, lines_of(text))
    if any(problem.severity == ERROR for problem in problems):
        return None, problems
    return build(drafted.file), problems


def _located(mistakes: Iterable[Mistake], name: str, lines: Mapping[KeyPath, int]) -> list[Problem]:
    found = [
        Problem(
            name,
            line_of(lines, mistake.path),
            show_key(mistake.path),
            mistake.vi,
            mistake.en,
            mistake.fix_vi,
            mistake.fix_en,
            mistake.severity,
        )
        for mistake in mistakes
    ]
    return sorted(dict.fromkeys(found), key=lambda problem: problem.line)


def _no_office_file(name: str) -> Problem:
    """TOML that nobody writes by hand: brackets in brackets without end, a number of thousands of digits."""
    return Problem(
        name,
        1,
        "",
        "Tệp có dấu ngoặc lồng nhau quá sâu hoặc một số quá dài: hãy viết lại từ tệp mẫu.",
        "Brackets are nested too deep, or a number is too long: write the file again from the sample.",
    )


def _unreadable(path: Path, reason: str) -> Problem:
    return Problem(
        path.name,
        1,
        "",
        f"Không đọc được tệp cơ quan ({reason}).",
        f"The office file cannot be read ({reason}).",
        "Kiểm tra tên tệp và quyền đọc.",
        "Check the file's name and that it may be read.",
    )


def _not_utf8(path: Path, line: int) -> Problem:
    return Problem(
        path.name,
        line,
        "",
        "Tệp không phải là văn bản UTF-8.",
        "The file is not UTF-8 text.",
        "Lưu lại tệp với mã UTF-8.",
        "Save the file as UTF-8.",
    )
