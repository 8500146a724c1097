"""PURE: languages, texts that lack one of them, and targets with their dates."""

from collections.abc import Iterator

from queue_server.office_file.problems import WARNING, KeyPath, Mistake
from queue_server.office_file.read import Draft
from queue_server.office_file.sections.base import Language, TextTable

_NAMED = ("service", "counter", "priority_group", "kiosk")
"""Kinds whose names citizens read."""


def word_mistakes(draft: Draft) -> Iterator[Mistake]:
    if "languages" not in draft.broken:
        languages = draft.file.languages
        yield from _languages(languages.shown, languages.spoken)
        if "en" in languages.shown:
            yield from _untranslated(draft)
    yield from _targets(draft)


def _languages(shown: list[Language], spoken: list[Language]) -> Iterator[Mistake]:
    if "vi" not in shown:
        yield Mistake(
            ("languages", "shown"),
            "Tiếng Việt là bắt buộc.",
            "Vietnamese is required.",
            'Thêm "vi" vào đầu danh sách.',
            'Put "vi" first in the list.',
        )
    if not spoken:
        yield Mistake(
            ("languages", "spoken"),
            "Loa phải gọi ít nhất một thứ tiếng.",
            "Calls are spoken in one language at least.",
            'Viết spoken = ["vi"].',
            'Write spoken = ["vi"].',
        )
    for key, list_ in (("shown", shown), ("spoken", spoken)):
        for number, language in enumerate(list_):
            path: KeyPath = ("languages", key, number)
            if language in list_[:number]:
                yield Mistake(
                    path,
                    f'"{language}" có hai lần.',
                    f'"{language}" is there twice.',
                    "Xoá một lần.",
                    "Remove one.",
                )
            elif key == "spoken" and language not in shown:
                yield Mistake(
                    path,
                    f'"{language}" được đọc nhưng không có trong shown.',
                    f'"{language}" is spoken but not shown.',
                    "Thêm vào shown, hoặc xoá ở đây.",
                    "Add it to shown, or remove it here.",
                )


def _untranslated(draft: Draft) -> Iterator[Mistake]:
    for kind in _NAMED:
        for item in getattr(draft.file, kind):
            name: TextTable = item.name
            if not name.en:
                yield Mistake(
                    (kind, item.at, "name"),
                    f'"{name.vi}" chưa có tên tiếng Anh, sẽ hiện tiếng Việt.',
                    f'"{name.vi}" has no English name and shows in Vietnamese.',
                    f'Viết name = {{ vi = "{name.vi}", en = "…" }}.',
                    f'Write name = {{ vi = "{name.vi}", en = "…" }}.',
                    WARNING,
                )


def _targets(draft: Draft) -> Iterator[Mistake]:
    for target in draft.file.target:
        first, last = target.valid_from, target.valid_to
        if first is not None and last is not None and last < first:
            yield Mistake(
                ("target", target.at, "valid_to"),
                f"Mốc {target.minutes:g} phút hết hiệu lực trước khi có hiệu lực.",
                f"The target of {target.minutes:g} minutes ends before it begins.",
                "Đổi chỗ valid_from và valid_to.",
                "Swap valid_from and valid_to.",
            )
