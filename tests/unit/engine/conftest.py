"""Makes `fakes` importable, and keeps the logs of wanted defects short."""

import sys
from pathlib import Path

import structlog

sys.path.insert(0, str(Path(__file__).parents[2]))

structlog.configure(
    processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()]
)
