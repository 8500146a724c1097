"""Clips for the displays: the office's own recordings where it has them, the packaged ones else."""

from pathlib import Path

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse

from assets.clips import COMMON, ClipStore, media_type
from assets.files import MissingAsset
from queue_server.web.ports import WebDeps
from queue_server.web.routes import Routes

OWN_RECORDINGS = "sounds"
"""Folder in the office's directory: `sounds/<vi, en or common>/<key>.wav` (.ogg, .mp3) replaces a clip."""


def router(deps: WebDeps) -> APIRouter:
    """`/static/sounds/<language>/<key>.wav`, whatever the kind of the recording found."""
    routes = Routes(include_in_schema=False)
    store = ClipStore(Path(deps.office_dir) / OWN_RECORDINGS)

    @routes.get("/static/sounds/{language}/{key}.wav")
    def clip(language: str, key: str) -> FileResponse:
        try:
            file = store.resolve(None if language == COMMON else language, key)
        except MissingAsset:
            raise HTTPException(404) from None
        return FileResponse(file, media_type=media_type(file), headers={"cache-control": "no-cache"})

    return routes
