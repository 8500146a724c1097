"""Forms as whole HTML documents for `queue_server.paper`: templates and one style sheet, nothing fetched."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from queue_server.forms.qr import qr_picture
from queue_server.forms.views import Control, Guidance, Receipt, Register

TEMPLATES = Path(__file__).resolve().parent / "templates"


def receipt_html(view: Receipt) -> str:
    """Both copies, each beginning on a page of its own. Raises ValueError for a link no QR can hold."""
    return _page("receipt.html", view, qr=qr_picture(view.link) if view.link else "")


def guidance_html(view: Guidance) -> str:
    return _page("guidance.html", view)


def control_html(view: Control) -> str:
    return _page("control.html", view)


def register_html(view: Register) -> str:
    """Landscape, each volume beginning on a page of its own, heads repeated."""
    return _page("register.html", view)


def balanced(text: str, longest: int = 28) -> Markup:
    """The text in as few lines of about `longest` letters as hold it, evenly filled: no word alone."""
    words, lines = text.split(), -(-len(text) // longest)
    broken: list[str] = []
    for left in range(lines, 0, -1):
        share = len(" ".join(words)) / left
        line = ""
        while words and (not line or left == 1 or len(line) + len(words[0]) / 2 < share):
            line = f"{line} {words.pop(0)}".strip()
        broken.append(line)
    return Markup("<br>").join(line for line in broken if line)


def on_two_lines(moment: str) -> Markup:
    """A moment with its day on a line of its own."""
    clock, comma, day = moment.partition(", ")
    return Markup("{}{}<br>{}").format(clock, comma.strip(), day) if day else Markup.escape(moment)


def _page(template: str, view: object, **more: object) -> str:
    return _environment().get_template(template).render(view=view, **more)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["balanced"] = balanced
    made.filters["on_two_lines"] = on_two_lines
    made.globals["sheet"] = Markup((TEMPLATES / "print.css").read_text(encoding="utf-8"))
    return made
