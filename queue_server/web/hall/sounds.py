"""Clips for the displays: the office's own recordings where it has them, the packaged ones else."""

import re
from pathlib import Path

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse

from assets.files import sounds_dir
from queue_server.web.ports import WebDeps

_NAME = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")
OWN_RECORDINGS = "sounds"
"""Folder in the office's directory: `sounds/<vi, en or common>/<key>.wav` replaces a packaged clip."""


def clip_file(office_dir: str, language: str, key: str) -> Path | None:
    """The recording of a clip, None when there is none."""
    if not (_NAME.fullmatch(language) and _NAME.fullmatch(key)):
        return None
    for folder in (Path(office_dir) / OWN_RECORDINGS, sounds_dir()):
        file = folder / language / f"{key}.wav"
        if file.is_file():
            return file
    return None


def router(deps: WebDeps) -> APIRouter:
    routes = APIRouter()

    @routes.get("/static/sounds/{language}/{key}.wav", include_in_schema=False)
    def clip(language: str, key: str) -> FileResponse:
        file = clip_file(deps.office_dir, language, key)
        if file is None:
            raise HTTPException(404)
        return FileResponse(file, media_type="audio/wav", headers={"cache-control": "no-cache"})

    return routes
