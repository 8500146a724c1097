"""HTML to PDF in a child: nothing fetched, failures in a sentence, no child left behind."""

import psutil
import pytest

from queue_server.paper.render import PaperFailed, render_pdf

pytestmark = pytest.mark.slow
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJ"
    "RU5ErkJggg=="
)


def page(body: str) -> str:
    return f'<!doctype html><html lang="vi"><head><title>Thử</title></head><body>{body}</body></html>'


@pytest.mark.parametrize(
    "body",
    [
        '<img alt="" src="https://example.org/a.png">',
        '<img alt="" src="file:///etc/passwd">',
        '<link rel="stylesheet" href="http://127.0.0.1:9/a.css">',
        "<style>@import url('http://127.0.0.1:9/a.css');</style>",
        "<style>body{background:url(ftp://example.org/x)}</style>",
    ],
)
def test_a_document_that_asks_for_an_address_is_refused(body: str) -> None:
    with pytest.raises(PaperFailed, match="may not fetch anything"):
        render_pdf(page(body))


def test_pictures_inside_the_document_are_printed() -> None:
    assert render_pdf(page(f'<img alt="chấm" src="{PIXEL}">')).startswith(b"%PDF-1.7")


def test_a_document_that_takes_too_long_is_given_up_and_its_child_is_gone() -> None:
    before = {child.pid for child in psutil.Process().children()}
    with pytest.raises(PaperFailed, match=r"not ready within 0\.05 seconds"):
        render_pdf(page("<p>chậm</p>" * 1000), timeout_s=0.05)
    assert {child.pid for child in psutil.Process().children()} <= before


def test_a_renderer_that_cannot_start_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("queue_server.paper.render.sys.executable", "/nowhere/python")
    with pytest.raises(PaperFailed, match="could not be started"):
        render_pdf(page(""))


def test_a_failure_tells_nothing_of_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PaperFailed) as failed:
        render_pdf(page('<p>Nguyễn Thị Hằng</p><img alt="" src="https://example.org/Hang">'))
    assert "Hằng" not in str(failed.value) and "example.org" not in str(failed.value)
