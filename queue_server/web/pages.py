"""Pages from templates: language, office name, icons, hashed addresses of styles and scripts."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from assets.files import MissingAsset, icon_svg
from queue_server.domain.office_config import Words
from queue_server.people.ports import SignedIn
from queue_server.web.auth.rights import ROLE_WORDS, Right, may
from queue_server.web.ports import WebDeps
from queue_server.web.static_files import LOGO, StaticFiles

WEB = Path(__file__).resolve().parent
LANGUAGES = ("vi", "en")
LANGUAGE_COOKIE = "lang"
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


class Pages:
    """Templates of `web/templates` and of one audience's own folder.

    Every template sees `_(vi, en)` (the text in the page's language), `w(words)`, `icon(name)`,
    `static(path)`, `logo` (address, or empty), `data(value)` (JSON for a data attribute), `lang`,
    `office` (OfficeConfig or None), `who` (SignedIn or None) with `role` in words, `navigation`, `path`,
    `demo`.
    """

    def __init__(self, deps: WebDeps, audience: str = "") -> None:
        folders = [WEB / "templates"]
        if audience:
            folders.insert(0, WEB / audience / "templates")
        self._deps = deps
        self._env = Environment(
            loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def show(
        self,
        request: Request,
        template: str,
        status_code: int = 200,
        headers: Mapping[str, str] | None = None,
        **values: object,
    ) -> HTMLResponse:
        """The page; `?lang=` chooses and remembers the language."""
        language = language_of(request)
        files: StaticFiles = request.app.state.static
        who = signed_in_of(request)
        common = {
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
        body = self._env.get_template(template).render({**common, **values})
        answer = HTMLResponse(body, status_code, dict(headers or {}))
        if request.query_params.get("lang") in LANGUAGES:
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
