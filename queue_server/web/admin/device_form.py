"""A new device by form: written into the office file, with the same checks as the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from queue_server.domain.words import Words
from queue_server.office_file.edit import with_item
from queue_server.people.ports import SignedIn
from queue_server.web.admin.desk import Desk, back
from queue_server.web.admin.device_words import KINDS
from queue_server.web.admin.items_form import LONGEST, NOT_A_NUMBER
from queue_server.web.auth.guard import require, require_form
from queue_server.web.auth.rights import Right
from queue_server.web.routes import Routes

PATH = "/admin/devices/add"
WHOLE = frozenset({"address", "brightness", "dots"})
"""Fields that are numbers in the file."""


@dataclass(frozen=True)
class Sort:
    """One sort of device: its table in the office file, its pictogram, its fields as the form has them."""

    table: str
    icon: str
    words: Words
    fields: tuple[str, ...]


SCREEN, LED = (
    Words("Màn hình sảnh hoặc quầy", "Hall or counter screen"),
    Words("Bảng LED tại quầy", "LED display"),
)
SORTS = (
    Sort("kiosk", *KINDS["kiosk"], ("name", "zone", "printer")),
    Sort("printer", *KINDS["printer"], ("name", "url", "dots", "agent", "fallback")),
    Sort("display", "tv", SCREEN, ("kind", "zone", "counter")),
    Sort("led", "tv", LED, ("counter", "url", "address", "brightness", "agent")),
    Sort("keypad", *KINDS["keypad"], ("counter", "url", "address", "agent")),
    Sort("speaker", *KINDS["speaker"], ("name", "zone", "url", "agent")),
)  # fmt: skip
USUAL = {"dots": "576", "agent": "agent", "address": "1", "brightness": "80", "kind": "hall"}


def router(desk: Desk) -> APIRouter:
    router, office_file = Routes(), desk.deps.office_file

    def page(
        request: Request,
        mistakes: Sequence[Words | str] = (),
        at: str = "",
        typed: Mapping[str, str] | None = None,
    ) -> Response:
        config = desk.deps.engine.office.config
        if office_file is None or config is None:
            raise HTTPException(404)
        blank = {name: "" for sort in SORTS for name in ("id", *sort.fields)} | USUAL
        blank |= {"name_vi": "", "name_en": ""}
        typed = {**blank, **(typed or {})}
        return desk.show(
            request, "devices_form.html", None, 422 if mistakes else 200,
            mistakes=mistakes, at=at, sorts=SORTS, config=config, blank=blank, typed=typed,
        )  # fmt: skip

    @router.get(PATH, include_in_schema=False)
    def show(request: Request, who: SignedIn = Depends(require(Right.OFFICE_FILE))) -> Response:
        return page(request)

    @router.post(PATH, include_in_schema=False)
    async def add(request: Request, who: SignedIn = Depends(require_form(Right.OFFICE_FILE))) -> Response:
        form = await request.form()
        sort = next((one for one in SORTS if one.table == form.get("sort")), None)
        if sort is None or office_file is None:
            raise HTTPException(422)
        typed = {key: str(value)[:LONGEST] for key, value in form.items()}
        own = _text(form, "id") or ""
        try:
            text = with_item(office_file.text(), sort.table, own, _fields(sort, form), new=True)
        except ValueError as problem:
            said = problem.args[0] if isinstance(problem.args[0], Words) else str(problem)
            return page(request, [said], sort.table, typed)
        mistakes = list(await run_sync(office_file.apply, text))
        if mistakes:
            return page(request, mistakes, sort.table, typed)
        await desk.record(request, who, "device.added", own)
        return back("/admin/devices", "device")

    return router


def _fields(sort: Sort, form: FormData) -> dict[str, Any]:
    """What goes into the file; what is empty is left out. Raises ValueError with Words."""
    fields: dict[str, Any] = {}
    for key in sort.fields:
        if key == "name":
            fields[key] = {"vi": _text(form, "name_vi") or "", "en": _text(form, "name_en")}
        elif key in WHOLE:
            fields[key] = _whole(form, key)
        else:
            fields[key] = _text(form, key)
    return fields


def _text(form: FormData, key: str) -> str | None:
    return str(form.get(key, ""))[:LONGEST].strip() or None


def _whole(form: FormData, key: str) -> int | None:
    typed = _text(form, key)
    if typed is None:
        return None
    if not typed.isdecimal() or not typed.isascii():
        raise ValueError(Words(NOT_A_NUMBER.vi.format(typed=typed), NOT_A_NUMBER.en.format(typed=typed)))
    return int(typed)
