"""The office file: download, check, and bring into force; every mistake is shown with its line."""

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, File, Form, HTTPException, Request, UploadFile
from fastapi.responses import Response

from queue_server.domain.words import Words
from queue_server.people.ports import SignedIn
from queue_server.web.admin.desk import Desk, back
from queue_server.web.auth.guard import require, require_form
from queue_server.web.auth.rights import Right
from queue_server.web.routes import Routes

NOT_TEXT = Words(
    "Tệp không phải văn bản UTF-8. Mời lưu lại bằng UTF-8 rồi gửi lại.",
    "This is not UTF-8 text. Please save it as UTF-8 and send it again.",
)


def router(desk: Desk) -> APIRouter:
    router, office_file = Routes(), desk.deps.office_file

    def page(
        request: Request, mistakes: list[Words] | None = None, checked: str = "", status_code: int = 200
    ) -> Response:
        return desk.show(
            request,
            "office_file.html",
            None,
            status_code,
            available=office_file is not None,
            mistakes=mistakes,
            checked=checked,
        )

    @router.get("/admin/office", include_in_schema=False)
    def show(request: Request, who: SignedIn = Depends(require(Right.OFFICE_FILE))) -> Response:
        return page(request)

    @router.get("/admin/office/file", include_in_schema=False)
    def download(who: SignedIn = Depends(require(Right.OFFICE_FILE))) -> Response:
        if office_file is None:
            raise HTTPException(404)
        headers = {"content-disposition": 'attachment; filename="office.toml"'}
        return Response(office_file.text(), media_type="application/toml", headers=headers)

    @router.post("/admin/office", include_in_schema=False)
    async def upload(
        request: Request,
        who: SignedIn = Depends(require_form(Right.OFFICE_FILE)),
        file: UploadFile = File(...),
        apply: str = Form(""),
    ) -> Response:
        if office_file is None:
            raise HTTPException(404)
        name = (file.filename or "office.toml")[:80]
        try:
            text = (await file.read()).decode()
        except UnicodeDecodeError:
            return page(request, [NOT_TEXT], name, 422)
        if not apply:
            mistakes = list(await run_sync(office_file.check, text))
            return page(request, mistakes, name, 422 if mistakes else 200)
        mistakes = list(await run_sync(office_file.apply, text))
        if mistakes:
            return page(request, mistakes, name, 422)
        await desk.record(request, who, "office_file.applied", "office")
        return back("/admin/office", "applied")

    return router
