"""A page whose figures take time: what stands before them has left the server before they are made."""

import asyncio
import re
import zlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from fastapi import Request
from starlette.responses import StreamingResponse

from queue_server.web import pages as pages_
from queue_server.web.pages import PIECE, Later, Pages
from queue_server.web.static_files import TOGETHER, StaticFiles

TEMPLATE = "<h1>{{ title }}</h1>" + PIECE + "<p>{{ v.mean }} of {{ v.n }}</p>"


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pages:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE, "utf-8")
    monkeypatch.setattr(pages_, "WEB", tmp_path)
    return Pages(
        cast(Any, SimpleNamespace(engine=SimpleNamespace(office=SimpleNamespace(config=None)), demo=False))
    )


def request(encoding: str) -> Request:
    app = SimpleNamespace(state=SimpleNamespace(static=SimpleNamespace(url=str, logo=None), paths=()))
    headers = [(b"accept-encoding", encoding.encode())]
    scope = {"type": "http", "path": "/", "query_string": b"", "headers": headers, "app": app}
    return Request(scope)


class Figures:
    """Counts how often they were made."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> Mapping[str, object]:
        self.made += 1
        return {"mean": "16,7", "n": 3}


def pieces(answer: StreamingResponse, figures: Figures) -> list[tuple[bytes, int]]:
    """Each piece, and how often the figures had been made when it came."""

    async def read() -> list[tuple[bytes, int]]:
        return [(cast(bytes, piece), figures.made) async for piece in answer.body_iterator]

    with ThreadPoolExecutor(1) as thread:  # a browser's loop may be running in this one
        return thread.submit(lambda: asyncio.run(read())).result()


def test_the_head_comes_before_the_figures_are_made_and_they_are_made_once(pages: Pages) -> None:
    figures = Figures()
    answer = pages.stream(request(""), "page.html", title="Chờ", v=Later(figures))
    found = pieces(answer, figures)
    first, made = found[0]
    assert first.startswith(f"<h1>Chờ</h1>{PIECE}".encode()) and made == 0
    assert b"".join(body for body, _ in found) == f"<h1>Chờ</h1>{PIECE}<p>16,7 of 3</p>".encode()
    assert figures.made == 1
    assert answer.headers["content-type"].startswith("text/html")


def test_a_compressed_head_can_be_read_before_the_rest_has_come(pages: Pages) -> None:
    figures = Figures()
    answer = pages.stream(request("br, gzip"), "page.html", title="Chờ", v=Later(figures))
    assert answer.headers["content-encoding"] == "gzip"
    found = pieces(answer, figures)
    unpacker = zlib.decompressobj(wbits=31)
    first, made = unpacker.decompress(found[0][0]), found[0][1]
    assert first.startswith(f"<h1>Chờ</h1>{PIECE}".encode()) and made == 0
    rest = b"".join(unpacker.decompress(body) for body, _ in found[1:])
    assert (first + rest).decode() == f"<h1>Chờ</h1>{PIECE}<p>16,7 of 3</p>"
    assert unpacker.eof


def test_the_managers_page_names_where_its_head_ends_before_any_figure() -> None:
    page = (Path(pages_.__file__).parent / "manager" / "templates" / "manager.html").read_text("utf-8")
    head, piece, rest = page.partition(PIECE)
    assert piece and "manager_part.html" in rest
    assert "v." not in head.replace("uPlot.iife", ""), "nothing before it asks for a figure"


def test_the_managers_page_is_painted_before_what_draws_its_charts_is_fetched() -> None:
    page = (Path(pages_.__file__).parent / "manager" / "templates" / "manager.html").read_text("utf-8")
    assert re.findall(r'rel="stylesheet" href="([^"]*)"', page) == ["{{ static('manager/page.css') }}"]
    (script,) = re.findall(r"<script [^>]*>", page)
    assert script.startswith("<script src=\"{{ static('manager/manager.js') }}\" defer data-after=")
    assert "uPlot" in script and "charts.js" in script


def test_sheets_joined_to_one_are_known_by_what_all_of_them_say() -> None:
    one, other = StaticFiles(":root { --ink: black; }"), StaticFiles(":root { --ink: navy; }")
    assert one.url("manager/page.css") != other.url("manager/page.css")
    assert one.url("manager/page.css") == StaticFiles(":root { --ink: black; }").url("manager/page.css")
    assert all("?v=" in one.url(part) for parts in TOGETHER.values() for part in parts)
