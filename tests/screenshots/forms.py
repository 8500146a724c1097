"""Printed forms and slips of dossiers into docs/screenshots/forms: `python -m tests.screenshots.forms`."""

import io
import tempfile
from pathlib import Path

from PIL import Image

from queue_server.forms import pages, views
from queue_server.paper.render import render_pdf
from tests.fakes.form_samples import EMPTY, LONGEST, ORDINARY, link_of, register_of, ward
from tests.fakes.printed import Printed
from tests.fakes.slip_samples import DOSSIER_SAMPLES, drawn
from tests.screenshots.album import FOLDER, Album

DPI = 96


def forms_on_paper(album: Album) -> None:
    """Each form at its usual content, and those whose long or empty content looks different."""
    office = ward()
    supplement = ORDINARY.supplements[0]
    documents = {
        "receipt": pages.receipt_html(views.receipt(ORDINARY, office, link_of(ORDINARY))),
        "receipt-long": pages.receipt_html(views.receipt(LONGEST, office, link_of(LONGEST))),
        "receipt-empty": pages.receipt_html(views.receipt(EMPTY, office, link_of(EMPTY))),
        "guidance": pages.guidance_html(views.guidance(ORDINARY, supplement, office)),
        "control": pages.control_html(views.control(ORDINARY, office)),
        "control-empty": pages.control_html(views.control(EMPTY, office)),
        "register": pages.register_html(views.register(register_of(40), "Hộ tịch", 2026, office)),
    }
    for name, html in documents.items():
        with tempfile.TemporaryDirectory() as folder:
            pictures = Printed(render_pdf(html), Path(folder)).pictures(DPI)
            for picture in pictures:
                picture.load()
        album.keep(name, beside(pictures[:2]))
    for name in ("receipt", "guidance"):
        album.keep(f"slip-{name}", drawn(DOSSIER_SAMPLES[name], 576))


def beside(pictures: list[Image.Image]) -> bytes:
    """Pages next to each other on grey, as PNG."""
    gap = 16
    width = sum(picture.width for picture in pictures) + gap * (len(pictures) + 1)
    table = Image.new("RGB", (width, max(picture.height for picture in pictures) + 2 * gap), "#B8B5AE")
    left = gap
    for picture in pictures:
        table.paste(picture.convert("RGB"), (left, gap))
        left += picture.width + gap
    out = io.BytesIO()
    table.save(out, "PNG")
    return out.getvalue()


if __name__ == "__main__":
    forms_on_paper(Album(FOLDER / "forms"))
