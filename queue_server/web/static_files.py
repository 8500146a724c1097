"""Style sheets, scripts, fonts, icons and sounds: served by name, cached by the hash of their content."""

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from assets.css import css_variables, font_faces
from assets.files import ROOT as ASSETS
from assets.theme import load_theme

WEB = Path(__file__).resolve().parent
AUDIENCES = (
    "auth",
    "counter",
    "greeter",
    "admin",
    "hall",
    "ticket",
    "manager",
    "demo",
    "status",
    "dossier_book",
    "reports",
)
ROOTS: dict[str, Path] = {
    **{name: WEB / name / "static" for name in AUDIENCES},
    "fonts": ASSETS / "fonts",
    "icons": ASSETS / "icons" / "svg",
    "sounds": ASSETS / "sounds",
}
"""First part of the path → folder; everything else lies in `web/static`."""
SUFFIXES = frozenset(
    [
        ".css",
        ".js",
        ".mjs",
        ".svg",
        ".png",
        ".ico",
        ".woff2",
        ".wav",
        ".mp3",
        ".ogg",
        ".opus",
        ".json",
        ".txt",
        ".map",
        ".webmanifest",
    ]
)
TOGETHER: dict[str, tuple[str, ...]] = {
    "manager/page.css": ("theme.css", "base.css", "vendor/uplot/uPlot.min.css", "manager/manager.css"),
}
"""One file made of several, in their order: a page that must be seen at once asks for one sheet, not four."""
LONGEST_PATH = 200
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"

mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("text/javascript", ".mjs")


@dataclass(frozen=True, slots=True)
class _Kept:
    changed_at: int
    hash: str
    body: bytes


LOGO = "logo.png"


class StaticFiles:
    """Files by URL path below `/static/`. `theme.css` is made from the brand theme and the fonts; `logo.png`
    is the theme's own picture, and not there when it has none."""

    def __init__(self, css: str, logo: Path | None = None) -> None:
        self.logo = logo
        sheet = (css or css_variables(load_theme())) + font_faces("/static/fonts")
        self._theme = _Kept(0, _hash(sheet.encode()), sheet.encode())
        self._kept: dict[str, _Kept] = {}

    def url(self, path: str) -> str:
        """The address of a file with its hash, so that browsers may keep it for ever."""
        kept = self._find(path)
        return f"/static/{path}?v={kept.hash}" if kept else f"/static/{path}"

    def router(self) -> APIRouter:
        router = APIRouter()

        @router.get("/static/{path:path}", include_in_schema=False)
        def static(request: Request, path: str, v: str = "") -> Response:
            kept = self._find(path)
            if kept is None:
                raise HTTPException(404)
            headers = {"etag": f'"{kept.hash}"', "cache-control": FOR_EVER if v == kept.hash else ASK_AGAIN}
            if request.headers.get("if-none-match") == headers["etag"]:
                return Response(status_code=304, headers=headers)
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            return Response(kept.body, media_type=kind, headers=headers)

        return router

    def _find(self, path: str) -> _Kept | None:
        if "\0" in path or len(path) > LONGEST_PATH:
            return None
        if path == "theme.css":
            return self._theme
        if path in TOGETHER:
            return self._together(path)
        if path == LOGO:
            return self._read(path, self.logo) if self.logo is not None and self.logo.is_file() else None
        head, _, rest = path.partition("/")
        folder, name = (ROOTS[head], rest) if head in ROOTS else (WEB / "static", path)
        file = (folder / name).resolve()
        if not file.is_relative_to(folder) or file.suffix not in SUFFIXES or not file.is_file():
            return None
        return self._read(path, file)

    def _together(self, path: str) -> _Kept | None:
        parts = [kept for name in TOGETHER[path] if (kept := self._find(name)) is not None]
        if len(parts) < len(TOGETHER[path]):
            return None
        made = _hash("".join(part.hash for part in parts).encode())
        kept = self._kept.get(path)
        if kept is None or kept.hash != made:
            kept = self._kept[path] = _Kept(0, made, b"\n".join(part.body for part in parts))
        return kept

    def _read(self, path: str, file: Path) -> _Kept:
        changed_at = file.stat().st_mtime_ns
        kept = self._kept.get(path)
        if kept is None or kept.changed_at != changed_at:
            body = file.read_bytes()
            kept = self._kept[path] = _Kept(changed_at, _hash(body), body)
        return kept


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]
