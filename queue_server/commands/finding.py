"""One thing that `motcua doctor` looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`ok`: True, False (must be mended) or None (worth knowing). `mend` says what to do."""

    what: str
    ok: bool | None
    said: str
    mend: str = ""
