"""PURE: a dossier's code from the office's own pattern, such as `H99.16-{yymmdd}-{nnnn}`.

`{yymmdd}`, `{yyyymmdd}`, `{yymm}`, `{yy}` and `{yyyy}` are the local day of receipt; `{n}` to `{nnnnnn}` the
running number with at least that many digits. The number begins again with every day that the pattern can
tell apart, else with every month, else with every year.
"""

import re
from datetime import date

_TOKEN = re.compile(r"\{([a-z]+)\}")
_DAYS = {"yymmdd": "%y%m%d", "yyyymmdd": "%Y%m%d", "yymm": "%y%m", "yy": "%y", "yyyy": "%Y"}
_NUMBER = re.compile(r"n{1,6}")


def problem_of(pattern: str) -> str:
    """What is wrong with a pattern, empty when nothing is: an unknown token, not one number, no year."""
    tokens = _TOKEN.findall(pattern)
    unknown = [t for t in tokens if t not in _DAYS and not _NUMBER.fullmatch(t)]
    if unknown:
        return f"unknown {{{unknown[0]}}}"
    if sum(bool(_NUMBER.fullmatch(t)) for t in tokens) != 1:
        return "no running number such as {nnnn}, or more than one"
    return "" if any(t in _DAYS for t in tokens) else "no day or year such as {yymmdd}"


def period_of(pattern: str, day: date) -> str:
    """The days that share one run of numbers: the day, its month or its year."""
    tokens = set(_TOKEN.findall(pattern))
    if tokens & {"yymmdd", "yyyymmdd"}:
        return day.isoformat()
    return f"{day:%Y-%m}" if "yymm" in tokens else f"{day:%Y}"


def code_of(pattern: str, day: date, number: int) -> str:
    """The code of the `number`-th dossier of the period of a day."""

    def text(token: re.Match[str]) -> str:
        name = token[1]
        return day.strftime(_DAYS[name]) if name in _DAYS else f"{number:0{len(name)}d}"

    return _TOKEN.sub(text, pattern)
