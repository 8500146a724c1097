"""Logs: one JSON object a line on standard error, with ids and never a name; and files that stay small."""

import logging
import shutil
import sys
from contextlib import suppress
from pathlib import Path

import structlog

LARGEST_BYTES = 10_000_000
KEPT = 5
"""Older files beside the present one: `server.log.1` is the youngest."""

PROCESSORS: tuple[structlog.typing.Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    structlog.processors.JSONRenderer(ensure_ascii=False),
)


def to_stderr(level: int = logging.INFO) -> None:
    """Set structlog up for a program; call once, in a main."""
    structlog.configure(
        processors=PROCESSORS,
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def turn_over(path: Path, largest: int = LARGEST_BYTES, kept: int = KEPT) -> bool:
    """A log file of `largest` bytes or more becomes `.1`, the one before `.2` and so on, the oldest goes; the
    file itself is emptied, so that programs that append to it go on. Whether it was.

    A line written in the very moment of emptying may be lost. A disk that refuses leaves all as it is.
    """
    with suppress(OSError):
        if path.stat().st_size < largest:
            return False
        fresh = path.with_name(f"{path.name}.new")
        with path.open("r+b") as present:
            with fresh.open("wb") as copy:
                shutil.copyfileobj(present, copy)
            for number in range(kept - 1, 0, -1):
                older = path.with_name(f"{path.name}.{number}")
                if older.exists():
                    older.replace(path.with_name(f"{path.name}.{number + 1}"))
            fresh.replace(path.with_name(f"{path.name}.1"))
            present.truncate(0)
        return True
    return False
