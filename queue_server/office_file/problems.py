"""What is wrong with an office file: where it stands, what it is and what to do, in both languages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

KeyPath = tuple[str | int, ...]
"""A place in the file: keys, and the 0-based places of array elements: `("service", 2, "letter")`."""

ERROR, WARNING = "error", "warning"
_MANY = 12


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake before it is located: at `path`, said in both languages, with what to do about it."""

    path: KeyPath
    vi: str
    en: str
    fix_vi: str = ""
    fix_en: str = ""
    severity: str = ERROR


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake of a file. `line` counts from 1; `key` is `service[3].letter`, elements counted from 1.

    `severity` is `error` (the office does not start) or `warning` (it does).
    """

    file: str
    line: int
    key: str
    vi: str
    en: str
    suggestion_vi: str = ""
    suggestion_en: str = ""
    severity: str = ERROR


class OfficeFileError(ValueError):
    """The office file is refused; `problems` holds every mistake, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(lines(self.problems, "en")))


def show_key(path: KeyPath) -> str:
    """`("service", 2, "letter")` as a person counts: `service[3].letter`."""
    shown = ""
    for part in path:
        if isinstance(part, int):
            shown += f"[{part + 1}]"
        else:
            shown += f".{part}" if shown else part
    return shown


def lines(problems: Iterable[Problem], language: str) -> list[str]:
    """One line a problem: file, line, key, sentence and what to do; `language` is `vi` or `en`."""
    return [_line(problem, language) for problem in problems]


def _line(problem: Problem, language: str) -> str:
    english = language == "en"
    sentence = problem.en if english else problem.vi
    fix = problem.suggestion_en if english else problem.suggestion_vi
    place = f"{problem.file}:{problem.line}"
    if problem.key:
        place += f": {problem.key}"
    mark = ""
    if problem.severity == WARNING:
        mark = "warning: " if english else "cảnh báo: "
    return f"{place}: {mark}{sentence}" + (f" → {fix}" if fix else "")


def did_you_mean(word: str, known: Iterable[str]) -> tuple[str, str]:
    """A suggestion in Vietnamese and English: the nearest known word, else all there are."""
    words = list(dict.fromkeys(known))
    near = get_close_matches(word, words, n=1, cutoff=0.5)
    if near:
        return f'Có phải "{near[0]}"?', f'Did you mean "{near[0]}"?'
    if not words:
        return "Trong tệp chưa khai báo mục nào.", "The file declares none yet."
    listed = ", ".join(words[:_MANY]) + (", …" if len(words) > _MANY else "")
    return f"Dùng một trong: {listed}.", f"Use one of: {listed}."
