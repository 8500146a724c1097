"""Mistakes that only show when sections are read together; the brand theme is the one file read here."""

from collections.abc import Callable, Iterator
from pathlib import Path

from assets.theme import ThemeError, load_theme
from queue_server.office_file.checks.book import book_mistakes
from queue_server.office_file.checks.devices import device_mistakes
from queue_server.office_file.checks.dossiers import dossier_mistakes
from queue_server.office_file.checks.forms import form_mistakes
from queue_server.office_file.checks.hours import hours_mistakes
from queue_server.office_file.checks.names import id_mistakes, letter_mistakes, series_mistakes
from queue_server.office_file.checks.network import network_mistakes, printer_mistakes
from queue_server.office_file.checks.places import place_mistakes
from queue_server.office_file.checks.reports import report_mistakes
from queue_server.office_file.checks.services import service_mistakes
from queue_server.office_file.checks.words import word_mistakes
from queue_server.office_file.problems import Mistake
from queue_server.office_file.read import Draft

CHECKS: tuple[Callable[[Draft], Iterator[Mistake]], ...] = (
    id_mistakes,
    series_mistakes,
    service_mistakes,
    place_mistakes,
    hours_mistakes,
    word_mistakes,
    network_mistakes,
    printer_mistakes,
    device_mistakes,
    dossier_mistakes,
    form_mistakes,
    book_mistakes,
    report_mistakes,
)


def cross_checks(draft: Draft, folder: Path) -> Iterator[Mistake]:
    """Every mistake across the sections that could be read; a theme is looked for in `folder`."""
    for check in CHECKS:
        yield from check(draft)
    letters, theme_mistakes = _theme(draft, folder)
    yield from theme_mistakes
    yield from letter_mistakes(draft, letters)


def _theme(draft: Draft, folder: Path) -> tuple[str, list[Mistake]]:
    """The ticket letters of the office's theme, and why the theme is refused."""
    name = draft.file.brand.theme if "brand" not in draft.broken else ""
    if name:
        try:
            return load_theme(folder / name).ticket_letters, []
        except ThemeError as error:
            refused = [
                Mistake(
                    ("brand", "theme"),
                    f'Tệp giao diện "{name}" bị từ chối: {p.key}: {p.vi}.',
                    f'The theme "{name}" is refused: {p.key}: {p.en}.',
                    "Sửa tệp giao diện, hoặc để trống để dùng giao diện chuẩn.",
                    "Mend the theme file, or leave it empty for the standard look.",
                )
                for p in error.problems
            ]
            return load_theme().ticket_letters, refused
    return load_theme().ticket_letters, []
