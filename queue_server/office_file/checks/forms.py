"""PURE: the printed forms: a title that can be printed, a register on the one paper that holds it."""

from collections.abc import Iterator

from queue_server.office_file.problems import Mistake
from queue_server.office_file.read import Draft

LONGEST_TITLE = 160


def form_mistakes(draft: Draft) -> Iterator[Mistake]:
    if "forms" in draft.broken:
        return
    section = draft.file.forms
    for name, table in (
        ("receipt", section.receipt),
        ("guidance", section.guidance),
        ("control", section.control),
        ("register", section.register_),
    ):
        title = table.title.vi if table.title else ""
        if len(title) > LONGEST_TITLE or "\n" in title:
            yield Mistake(
                ("forms", name, "title"),
                f"Tên mẫu dài quá {LONGEST_TITLE} chữ hoặc có dòng mới.",
                f"The title has more than {LONGEST_TITLE} letters or several lines.",
                "Viết tên mẫu trên một dòng, như trong quy định.",
                "Write the form's title on one line, as the rules have it.",
            )
    if section.register_.paper == "a5":
        yield Mistake(
            ("forms", "register", "paper"),
            "Sổ theo dõi có 14 cột, khổ a5 không đủ chỗ.",
            "The register has 14 columns, a5 does not hold them.",
            'Bỏ khoá này hoặc viết paper = "a4".',
            'Remove this key, or write paper = "a4".',
        )
