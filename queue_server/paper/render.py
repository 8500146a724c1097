"""HTML to PDF in a one-shot child process: the caller's memory, threads and network stay out of it."""

import os
import subprocess
import sys
from pathlib import Path

MOST_HTML_BYTES = 64_000_000
FONT_CONFIGURATION = Path(__file__).resolve().parent / "fonts.conf"
"""Names no folder: the fonts of the machine are not there for a document."""
ROOT = Path(__file__).resolve().parents[2]


class PaperFailed(Exception):
    """The document could not be made; the message is a sentence for the log, without anything of its text."""


def render_pdf(html: str, *, timeout_s: float = 60.0) -> bytes:
    """The PDF of a whole HTML document: tagged (PDF/UA), with its `lang` and `title`, its fonts embedded.

    Nothing is fetched: pictures stand in the document as `data:` URLs, fonts are "Be Vietnam Pro" (400 to
    800), "Inter" and "JetBrains Mono". Blocks until it is done, so call it from a worker thread.
    Raises PaperFailed when the renderer fails, or takes longer than `timeout_s`.
    """
    given = html.encode()
    if len(given) > MOST_HTML_BYTES:
        raise PaperFailed("The document is too large to be printed.")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "queue_server.paper"],
            input=given,
            capture_output=True,
            timeout=timeout_s,
            env=_environment(),
        )
    except subprocess.TimeoutExpired:
        raise PaperFailed(f"The document was not ready within {timeout_s:g} seconds.") from None
    except OSError as failed:
        raise PaperFailed(f"The renderer could not be started: {failed.strerror}.") from failed
    if done.returncode != 0:
        raise PaperFailed(_last_line(done.stderr) or f"The renderer ended with {done.returncode}.")
    if not done.stdout.startswith(b"%PDF-"):
        raise PaperFailed("The renderer gave no PDF.")
    return done.stdout


def _environment() -> dict[str, str]:
    """The caller's, with no fonts but ours; an installed and a checked-out motcua are found alike."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    return {**os.environ, "FONTCONFIG_FILE": str(FONT_CONFIGURATION), "PYTHONPATH": path}


def _last_line(stderr: bytes) -> str:
    lines = stderr.decode(errors="replace").strip().splitlines()
    return lines[-1][:400] if lines else ""
