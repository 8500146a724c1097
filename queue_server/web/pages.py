"""Pages from templates: language, office name, icons, hashed addresses of styles and scripts."""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from fastapi import Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from assets.files import MissingAsset, icon_svg
from queue_server.domain.words import Words
from queue_server.people.ports import SignedIn
from queue_server.web.auth.rights import ROLE_WORDS, Right, may
from queue_server.web.ports import WebDeps
from queue_server.web.static_files import LOGO, StaticFiles

WEB = Path(__file__).resolve().parent
LANGUAGES = ("vi", "en")
LANGUAGE_COOKIE = "lang"
PIECE = "<!-- the rest follows -->"
"""In a template that is streamed: what stands before it is sent first."""
Answered = TypeVar("Answered", bound=Response)
NAVIGATION: tuple[tuple[str, Words, tuple[Right, ...]], ...] = (
    ("/counter", Words("Quầy", "Counter"), (Right.SERVE,)),
    ("/greeter", Words("Hướng dẫn", "Reception"), (Right.DESK,)),
    ("/dossiers", Words("Hồ sơ", "Dossiers"), (Right.DOSSIERS,)),
    ("/manager", Words("Trực tiếp", "Live"), (Right.SEE_FIGURES,)),
    ("/reports", Words("Báo cáo", "Reports"), (Right.SEE_FIGURES,)),
    ("/admin/devices", Words("Thiết bị", "Devices"), (Right.SEE_DEVICES,)),
    ("/admin", Words("Quản trị", "Administration"), (Right.RUN_THE_DAY, Right.ACCOUNTS)),
)
"""Pages of the staff's header, for the roles that may open them."""


@lru_cache
def _environment(web: Path, audience: str) -> Environment:
    """Templates are compiled once a process."""
    folders = [web / audience / "templates"] if audience else []
    return Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in (*folders, web / "templates")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class Pages:
    """Templates of `web/templates` and of one audience's own folder.

    Every template sees `_(vi, en)` (the text in the page's language), `w(words)`, `icon(name)`,
    `static(path)`, `logo` (address, or empty), `data(value)` (JSON for a data attribute), `lang`,
    `office` (OfficeConfig or None), `who` (SignedIn or None) with `role` in words, `navigation`, `path`,
    `demo`.
    """

    def __init__(self, deps: WebDeps, audience: str = "") -> None:
        self._deps = deps
        self._env = _environment(WEB, audience)

    def show(
        self,
        request: Request,
        template: str,
        status_code: int = 200,
        headers: Mapping[str, str] | None = None,
        **values: object,
    ) -> HTMLResponse:
        """The page; `?lang=` chooses and remembers the language."""
        body = self._env.get_template(template).render({**self._common(request), **values})
        return _remembered(request, HTMLResponse(body, status_code, dict(headers or {})))

    def stream(self, request: Request, template: str, **values: object) -> StreamingResponse:
        """The page in pieces: what stands before the template's `PIECE` is sent, and painted, before the rest
        is made. What takes time is given as `Later`."""
        pieces = _pieces(self._env.get_template(template).generate({**self._common(request), **values}))
        headers = {"vary": "Accept-Encoding"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            pieces, headers["content-encoding"] = _gzipped(pieces), "gzip"
        return _remembered(request, StreamingResponse(pieces, 200, headers, "text/html"))

    def _common(self, request: Request) -> dict[str, object]:
        """What every template sees."""
        language = language_of(request)
        files: StaticFiles = request.app.state.static
        who = signed_in_of(request)
        return {
            "lang": language,
            "_": lambda vi, en: en if language == "en" else vi,
            "w": lambda words: words.in_(language) if isinstance(words, Words) else words,
            "icon": icon,
            "static": files.url,
            "logo": files.url(LOGO) if files.logo is not None else "",
            "data": lambda value: escape(json.dumps(value, ensure_ascii=False)),
            "office": self._deps.engine.office.config,
            "who": who,
            "role": ROLE_WORDS[who.account.role].in_(language) if who else "",
            "navigation": _navigation(request, who),
            "path": request.url.path,
            "demo": self._deps.demo,
        }


class Later:
    """Values of a template that are made when the first of them is asked for, once."""

    def __init__(self, make: Callable[[], Mapping[str, object]]) -> None:
        self._make, self._made = make, None

    _made: Mapping[str, object] | None

    def __getitem__(self, name: str) -> object:
        if self._made is None:
            self._made = self._make()
        return self._made[name]


def _pieces(parts: Iterable[str]) -> Iterator[bytes]:
    """In two or more: up to each PIECE, and the rest."""
    held: list[str] = []
    for part in parts:
        held.append(part)
        if PIECE in part:
            yield "".join(held).encode()
            held.clear()
    yield "".join(held).encode()


def _gzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Each piece can be read when it has come."""
    packer = zlib.compressobj(5, wbits=31)
    for piece in pieces:
        yield packer.compress(piece) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()


def _remembered(request: Request, answer: Answered) -> Answered:
    if request.query_params.get("lang") in LANGUAGES:
        language = language_of(request)
        answer.set_cookie(LANGUAGE_COOKIE, language, max_age=31_536_000, httponly=True, samesite="lax")
    return answer


def language_of(request: Request) -> str:
    """`vi` unless the address or the remembered choice says `en`."""
    asked = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    return asked if asked in LANGUAGES else "vi"


def signed_in_of(request: Request) -> SignedIn | None:
    """Who the guard of this request's route let in, None on public pages."""
    who = getattr(request.state, "who", None)
    return who if isinstance(who, SignedIn) else None


def _navigation(request: Request, who: SignedIn | None) -> list[tuple[str, Words]]:
    if who is None:
        return []
    return [
        (path, words)
        for path, words, rights in NAVIGATION
        if path in request.app.state.paths and any(may(who.account.role, right) for right in rights)
    ]


@lru_cache(maxsize=256)
def icon(name: str, size: int = 20) -> Markup:
    """A pictogram drawn in the text's colour, hidden from screen readers; nothing when it is not packaged."""
    try:
        svg = icon_svg(name).read_text(encoding="utf-8")
    except MissingAsset:
        return Markup("")
    inner = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    return Markup(
        f'<svg class="icon" width="{size}" height="{size}" viewBox="0 0 24 24" fill="none" '
        'stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" '
        f'aria-hidden="true" focusable="false">{inner}</svg>'
    )
