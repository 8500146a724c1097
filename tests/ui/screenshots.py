"""Pictures of the kiosk for the documentation: `python -m tests.ui.screenshots [FOLDER]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "screenshots" / "kiosk"
PLAIN = (
    "starting", "home", "out_of_hours", "services", "priority", "issuing", "issuing_late", "ticket",
    "unconfirmed", "printer_failed", "without_paper", "refused_quota_reached", "server_lost",
    "safe_with_ticket", "still_there", "help", "services_late",
    "scan", "scan_camera", "scan_unread", "keypad", "keypad_letters", "keypad_not_found", "looking",
    "result_ready", "result_asked", "result_opened", "result_locked", "result_late", "result_cached",
    "factor_wrong", "no_answer_not_found", "no_answer_elsewhere", "no_answer_away", "no_answer_slowed",
    "my_ticket_waiting", "my_ticket_called", "my_ticket_no_show",
)  # fmt: skip
ENGLISH = ("home", "services", "priority", "ticket", "printer_failed", "scan", "keypad", "result_ready")
AIDED = ("home", "services", "priority", "ticket", "scan", "keypad", "result_ready")


def save(folder: Path) -> None:
    """Every screen in Vietnamese, the main ones in English, with each aid, and in landscape."""
    sys.path.insert(0, str(ROOT / "tests"))
    from tests.ui.gallery import Job, Shot
    from tests.ui.shots import PANELS, take

    portrait = [
        *(Shot(f"{name}-vi", f"visit/{name}") for name in PLAIN),
        *(Shot(f"{name}-en", f"visit/{name}", "en") for name in ENGLISH),
        *(Shot(f"{name}-contrast", f"visit/{name}", contrast=True) for name in AIDED),
        *(Shot(f"{name}-large", f"visit/{name}", large=True) for name in AIDED),
        *(Shot(f"{name}-contrast-large", f"visit/{name}", contrast=True, large=True) for name in AIDED[:2]),
        *(Shot(f"{name}-low-reach", f"visit/{name}", low=True) for name in AIDED),
    ]
    landscape = [
        *(Shot(f"{name}-landscape", f"visit/{name}") for name in (*AIDED, "printer_failed", "server_lost")),
        Shot("services-landscape-low-reach", "visit/services", low=True),
    ]
    folder.mkdir(parents=True, exist_ok=True)
    for way, shots in (("portrait", portrait), ("landscape", landscape)):
        width, height = PANELS[way]
        with tempfile.TemporaryDirectory() as temporary:
            out = Path(temporary) / "out"
            take(Job(width, height, str(out), tuple(shots)), Path(temporary))
            for picture in sorted(out.glob("*.png")):
                _shrink(picture, folder / picture.name)


def _shrink(picture: Path, into: Path) -> None:
    """256 colours are enough for flat screens and keep the repository small."""
    from PIL import Image

    with Image.open(picture) as image:
        image.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(into, optimize=True)


if __name__ == "__main__":
    save(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
