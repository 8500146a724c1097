"""PURE: the report of an import, as an officer reads it: what went in, and every bad row."""

from queue_server.dossiers.register_import import Report
from queue_server.dossiers.register_rows import Problem


def summary(report: Report) -> str:
    """One line in both languages."""
    vi = f"{report.file}: đã nhập {_vi(report.good)} hồ sơ, {_vi(report.bad)} dòng lỗi."
    return f"{vi} · {report.good:,} dossiers in, {report.bad:,} bad rows."


def problem_line(problem: Problem) -> str:
    """`dòng 12, cột Ngày nhận hồ sơ: …`, with its sheet where there are several."""
    sheet = f"{problem.sheet}, " if problem.sheet else ""
    return f"{sheet}dòng {problem.row}, cột {problem.column}: {problem.vi} · {problem.en}"


def lines(report: Report) -> list[str]:
    """The summary, sheets that hold no register, then the first bad rows, and how many more there are."""
    said = [summary(report)]
    for name in report.skipped_sheets:
        said.append(f'Trang "{name}" không phải sổ theo dõi, bỏ qua. · This sheet is no register.')
    said += [problem_line(problem) for problem in report.problems]
    more = report.bad - len(report.problems)
    if more:
        said.append(f"… và {_vi(more)} dòng lỗi nữa. · … and {more:,} more.")
    return said


def _vi(number: int) -> str:
    return f"{number:,}".replace(",", ".")
