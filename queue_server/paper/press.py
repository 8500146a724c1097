"""The renderer itself, run in the child only: WeasyPrint with packaged fonts and no way out."""

from typing import Any
from urllib.parse import unquote

from weasyprint import CSS, HTML  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]
from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse  # type: ignore[import-untyped]

from assets.files import FONT_FILES, font_path

SCHEME = "packaged-font:"


class AddressRefused(FatalURLFetchingError):  # type: ignore[misc]
    """A document asked for something outside itself."""


def press(html: str) -> bytes:
    """The PDF. Raises AddressRefused, and whatever WeasyPrint raises."""
    fonts = FontConfiguration()
    faces = CSS(string=_faces(), font_config=fonts, url_fetcher=fetch)
    document = HTML(string=html, url_fetcher=fetch)
    made: bytes | None = document.write_pdf(
        stylesheets=[faces],
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        pdf_tags=True,
        url_fetcher=fetch,
    )
    assert made is not None
    return made


def fetch(url: str, *_: Any, **__: Any) -> URLFetcherResponse:
    """A packaged font, or what stands in a `data:` address itself. Raises AddressRefused for all else."""
    if url.startswith(SCHEME):
        family, _slash, weight = unquote(url.removeprefix(SCHEME)).rpartition("/")
        body = font_path(family, int(weight)).read_bytes()
        return URLFetcherResponse(url, body, {"Content-Type": "font/ttf"})
    if url.startswith("data:"):
        from urllib.request import DataHandler, Request

        answer = DataHandler().data_open(Request(url))
        return URLFetcherResponse(url, answer.read(), dict(answer.headers))
    raise AddressRefused("A document may not fetch anything: an address was refused.")


def _faces() -> str:
    return "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; '
        f'src: url("{SCHEME}{family.replace(" ", "%20")}/{weight}"); }}\n'
        for family, (_stem, weights) in FONT_FILES.items()
        for weight in weights
    )
