"""PURE: the look-up of dossiers: patterns that can be used, services and letters that are there."""

from collections.abc import Iterator

from queue_server.codes.normal import normalise
from queue_server.codes.patterns import DEFAULT_PATTERNS, BadPattern, Patterns
from queue_server.office_file.checks.provincial import provincial_mistakes
from queue_server.office_file.problems import WARNING, KeyPath, Mistake, did_you_mean
from queue_server.office_file.read import Draft
from queue_server.office_file.sections.dossiers import DossiersSection

_SERVICES = ("collect_service", "supplement_service", "fee_service", "ask_service")


def dossier_mistakes(draft: Draft) -> Iterator[Mistake]:
    if "dossiers" in draft.broken:
        return
    section = draft.file.dossiers
    bad = list(_patterns(section))
    yield from bad
    if not bad:
        yield from _example(section)
    yield from _services(section, draft)
    yield from provincial_mistakes(section)
    for number, letter in enumerate(section.letters):
        if len(letter) != 1 or not letter.isalnum():
            yield Mistake(
                ("dossiers", "letters", number),
                f'"{letter}" không phải là một chữ.',
                f'"{letter}" is no letter.',
                'Viết như letters = ["H", "G"].',
                'Write letters = ["H", "G"].',
            )


def _patterns(section: DossiersSection) -> Iterator[Mistake]:
    for number, pattern in enumerate(section.patterns):
        try:
            Patterns.of([pattern])
        except BadPattern as bad:
            yield Mistake(
                ("dossiers", "patterns", number),
                "Mẫu mã hồ sơ không dùng được.",
                f"The pattern cannot be used: {bad}.",
                "Dùng biểu thức chính quy có số lần lặp giới hạn, như [A-Z]\\d{2}-\\d{6}-\\d{4,6}.",
                "Write a regular expression whose repeats are bounded.",
            )


def _example(section: DossiersSection) -> Iterator[Mistake]:
    patterns = Patterns.of(section.patterns or DEFAULT_PATTERNS)
    if section.example and not patterns.fits(normalise(section.example)):
        yield Mistake(
            ("dossiers", "example"),
            f'Mã ví dụ "{section.example}" không theo mẫu nào.',
            f'The example "{section.example}" fits no pattern.',
            "Sửa mã ví dụ hoặc thêm mẫu vào patterns.",
            "Change the example, or add its pattern.",
            WARNING,
        )


def _services(section: DossiersSection, draft: Draft) -> Iterator[Mistake]:
    known = draft.declared.get("service", set())
    for key in _SERVICES:
        named = getattr(section, key)
        if named is not None and named not in known:
            vi, en = did_you_mean(named, sorted(known))
            path: KeyPath = ("dossiers", key)
            yield Mistake(path, f'Không có việc "{named}".', f'There is no service "{named}".', vi, en)
