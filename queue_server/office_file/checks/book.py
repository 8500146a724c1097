"""PURE: the office's own book: a code that can be given and found again, days for what is entered."""

from collections.abc import Iterator
from datetime import date

from queue_server.codes.given import code_of, problem_of
from queue_server.codes.normal import normalise
from queue_server.codes.patterns import DEFAULT_PATTERNS, BadPattern, Patterns
from queue_server.office_file.problems import WARNING, Mistake
from queue_server.office_file.read import Draft

_SOME_DAY = date(2026, 11, 20)


def book_mistakes(draft: Draft) -> Iterator[Mistake]:
    if {"book", "dossiers"} & draft.broken:
        return
    pattern = draft.file.book.code.strip()
    if not pattern:
        if "book" in draft.file.dossiers.sources:
            yield Mistake(
                ("book", "code"),
                'Nguồn "book" cần mẫu mã hồ sơ của cơ quan.',
                'The source "book" needs the pattern of the codes that the office gives.',
                'Viết như code = "H99.16-{yymmdd}-{nnnn}" trong mục [book].',
                'Write code = "H99.16-{yymmdd}-{nnnn}" under [book].',
            )
        return
    problem = problem_of(pattern)
    if problem:
        yield Mistake(
            ("book", "code"),
            f'Mẫu mã hồ sơ "{pattern}" không dùng được.',
            f'The pattern "{pattern}" cannot be used: {problem}.',
            'Cần ngày nhận như {yymmdd} và một số thứ tự như {nnnn}: "H99.16-{yymmdd}-{nnnn}".',
            'A day such as {yymmdd} and one running number such as {nnnn}: "H99.16-{yymmdd}-{nnnn}".',
        )
    elif not _is_found(draft, code_of(pattern, _SOME_DAY, 1)):
        yield Mistake(
            ("book", "code"),
            f'Mã như "{code_of(pattern, _SOME_DAY, 1)}" không theo mẫu nào trong dossiers.patterns.',
            f'A code such as "{code_of(pattern, _SOME_DAY, 1)}" fits no pattern of dossiers.patterns.',
            "Sửa mẫu, hoặc thêm biểu thức của nó vào dossiers.patterns để kiosk đọc được.",
            "Change it, or add its pattern to dossiers.patterns so that kiosks can read it.",
            WARNING,
        )


def _is_found(draft: Draft, code: str) -> bool:
    try:
        return bool(Patterns.of(draft.file.dossiers.patterns or DEFAULT_PATTERNS).fits(normalise(code)))
    except BadPattern:
        return True
