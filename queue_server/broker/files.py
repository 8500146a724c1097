"""Files that hold secrets: made readable for their owner alone from the first byte, replaced whole."""

import os
from pathlib import Path


def write_secret(path: Path, text: str) -> None:
    """Writes `text` with mode 0600; a reader sees the old file or the new one, never half of it."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
