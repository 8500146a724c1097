"""PURE but for the theme: mistakes that only show when sections are read together."""

from collections.abc import Iterator
from pathlib import Path

from queue_server.office_file.problems import Mistake
from queue_server.office_file.read import Draft


def cross_checks(draft: Draft, folder: Path) -> Iterator[Mistake]:
    """Every mistake across the sections that could be read."""
    yield from ()
