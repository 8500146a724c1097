"""Services and counters as forms: changed in the office file, with the same checks as the file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from assets.files import icon_names
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_services import Counter, Service
from queue_server.domain.words import Words
from queue_server.office_file.edit import NotEditable, list_in, with_item
from queue_server.people.ports import SignedIn
from queue_server.web.admin.desk import Desk, back
from queue_server.web.auth.guard import require, require_form
from queue_server.web.auth.rights import Right
from queue_server.web.routes import Routes

NEW = "new"
"""The place of an entry that is not there yet."""
LONGEST = 400
NOT_A_NUMBER = Words(
    "“{typed}” không phải là một số. Mời nhập bằng chữ số.", "“{typed}” is not a number. Use digits."
)


class Mistyped(ValueError):
    """A field that cannot be written into the file at all."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.words = Words(NOT_A_NUMBER.vi.format(typed=typed), NOT_A_NUMBER.en.format(typed=typed))


@dataclass(frozen=True)
class Kind:
    """One sort of entry: its table in the file, its page, and how a form becomes fields."""

    table: str
    path: str
    template: str
    done: str
    entries: Callable[[OfficeConfig], Sequence[Service | Counter]]
    typed: Callable[[Any], dict[str, Any]]
    fields: Callable[[FormData], dict[str, Any]]
    also: Callable[[str, str, FormData], str] = lambda text, _id, _form: text
    """What a new entry changes elsewhere in the file."""


def router(desk: Desk, kind: Kind) -> APIRouter:
    router, office_file = Routes(), desk.deps.office_file

    def page(
        request: Request, mistakes: Sequence[Words | str] = (), at: str = "", form: FormData | None = None
    ) -> Response:
        config = desk.deps.engine.office.config
        if office_file is None or config is None:
            raise HTTPException(404)
        values = {str(e.id): kind.typed(e) for e in kind.entries(config)} | {NEW: kind.typed(None)}
        if form is not None:
            values[at] = values.get(at, {}) | {k: _given(form, k) for k in kind.typed(None)}
        return desk.show(
            request, kind.template, None, 422 if mistakes else 200,
            mistakes=mistakes, at=at, values=values, config=config, icons=icon_names(),
        )  # fmt: skip

    @router.get(f"{kind.path}/edit", include_in_schema=False)
    def show(request: Request, who: SignedIn = Depends(require(Right.OFFICE_FILE))) -> Response:
        return page(request)

    @router.post(f"{kind.path}/edit/{{id_}}", include_in_schema=False)
    async def save(
        request: Request, id_: str, who: SignedIn = Depends(require_form(Right.OFFICE_FILE))
    ) -> Response:
        if office_file is None:
            raise HTTPException(404)
        form = await request.form()
        own = str(form.get("id", ""))[:LONGEST].strip() if id_ == NEW else id_
        try:
            text = with_item(office_file.text(), kind.table, own, kind.fields(form), new=id_ == NEW)
            if id_ == NEW:
                text = kind.also(text, own, form)
        except Mistyped as problem:
            return page(request, [problem.words], id_, form)
        except NotEditable as problem:
            return page(request, [str(problem)], id_, form)
        mistakes = list(await run_sync(office_file.apply, text))
        if mistakes:
            return page(request, mistakes, id_, form)
        await desk.record(request, who, kind.done, own)
        return back(f"{kind.path}/edit", "saved")

    return router


def _given(form: FormData, key: str) -> Any:
    if key == "services" or key == "counters":
        return [str(v) for v in form.getlist(key)]
    return str(form.get(key, ""))[:LONGEST]


def _text(form: FormData, key: str) -> str | None:
    return str(form.get(key, ""))[:LONGEST].strip() or None


def _whole(form: FormData, key: str) -> int | None:
    typed = _text(form, key)
    if typed is None:
        return None
    try:
        return int(typed)
    except ValueError:
        raise Mistyped(typed) from None


def _minutes(form: FormData, key: str) -> float | None:
    typed = _text(form, key)
    try:
        return None if typed is None else float(typed.replace(",", "."))
    except ValueError:
        raise Mistyped(typed or "") from None


def _words(form: FormData, key: str) -> dict[str, str | None]:
    return {"vi": _text(form, f"{key}_vi") or "", "en": _text(form, f"{key}_en")}


def _example(form: FormData) -> dict[str, str | None] | None:
    words = _words(form, "example")
    return words if words["vi"] or words["en"] else None


def _service_typed(service: Service | None) -> dict[str, Any]:
    """The fields as a person would type them."""
    if service is None:
        fields = ("id", "name_vi", "name_en", "example_vi", "example_en", "letter", "prefix", "last", "quota")
        start = {"digits": "3", "first": "1", "last_ticket_minutes": "0", "expected_minutes": "10"}
        usual = {"group": "", "agency": "", "pictogram": "file-text", "counters": []}
        return dict.fromkeys(fields, "") | start | usual
    shape = service.shape
    return {
        "id": service.id,
        "name_vi": service.name.vi,
        "name_en": service.name.en,
        "example_vi": service.example.vi,
        "example_en": service.example.en,
        "letter": service.letter,
        "group": service.group,
        "agency": service.agency or "",
        "prefix": shape.prefix if shape.prefix != service.letter else "",
        "digits": str(shape.digits),
        "first": str(shape.first),
        "last": str(shape.last),
        "quota": str(service.quota or ""),
        "last_ticket_minutes": f"{service.last_ticket_before_close.total_seconds() / 60:.0f}",
        "expected_minutes": f"{service.expected_service.total_seconds() / 60:g}",
        "pictogram": service.pictogram,
        "counters": [],
    }


def _service_fields(form: FormData) -> dict[str, Any]:
    numbers = {"digits": _whole(form, "digits"), "first": _whole(form, "first"), "last": _whole(form, "last")}
    usual = {"digits": 3, "first": 1}
    shape = {key: None if value == usual.get(key) else value for key, value in numbers.items()}
    prefix = _text(form, "prefix")
    return {
        "letter": _text(form, "letter") or "",
        "name": _words(form, "name"),
        "example": _example(form),
        "pictogram": _text(form, "pictogram"),
        **{key: _text(form, key) for key in ("group", "agency") if key in form},
        "expected_minutes": _minutes(form, "expected_minutes"),
        "quota": _whole(form, "quota"),
        "last_ticket_minutes": _whole(form, "last_ticket_minutes") or None,
        "number": {"prefix": prefix, **shape},
    }


def _taken_by(text: str, service: str, form: FormData) -> str:
    """The counters that were ticked take the new service too."""
    for counter in form.getlist("counters"):
        services = list_in(text, "counter", str(counter), "services")
        text = with_item(text, "counter", str(counter), {"services": [*services, service]})
    return text


def _counter_typed(counter: Counter | None) -> dict[str, Any]:
    if counter is None:
        return {"id": "", "number": "", "name_vi": "", "name_en": "", "zone": "", "services": []}
    return {
        "id": counter.id,
        "number": str(counter.number),
        "name_vi": counter.name.vi,
        "name_en": counter.name.en,
        "zone": counter.zone,
        "services": list(counter.services),
    }


def _counter_fields(form: FormData) -> dict[str, Any]:
    return {
        "number": _whole(form, "number"),
        "name": _words(form, "name"),
        "services": [str(s)[:LONGEST] for s in form.getlist("services")],
        "zone": _text(form, "zone"),
    }


SERVICES = Kind(
    "service", "/admin/services", "services_form.html", "service.changed",
    lambda config: config.services, _service_typed, _service_fields, _taken_by,
)  # fmt: skip
COUNTERS = Kind(
    "counter", "/admin/counters", "counters_form.html", "counter.changed",
    lambda config: config.counters, _counter_typed, _counter_fields,
)  # fmt: skip
