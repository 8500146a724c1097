"""The slips as they print: pictures in the office's folder, newest first."""

import re
from pathlib import Path

MOST = 6
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.png")


def newest(folder: Path) -> list[str]:
    """Names of the newest slips, at most six; none while nothing has been printed."""
    if not folder.is_dir():
        return []
    found = [(file.stat().st_mtime_ns, file.name) for file in folder.glob("*.png")]
    return [name for _, name in sorted(found, reverse=True)[:MOST]]


def slip_file(folder: Path, name: str) -> Path | None:
    """The picture of a slip, None for a name that is none of ours."""
    file = folder / name
    return file if _NAME.fullmatch(name) and file.is_file() else None
