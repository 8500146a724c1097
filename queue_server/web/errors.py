"""Error answers: a page in Vietnamese and English, or JSON for scripts, always saying what to do next."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from queue_server.domain.words import Words
from queue_server.web.pages import Pages

ERRORS: dict[int, tuple[str, Words, Words]] = {
    400: (
        "bad_request",
        Words("Yêu cầu chưa đúng", "The request is not right"),
        Words(
            "Mời tải lại trang rồi làm lại. Nếu vẫn vậy, báo quản trị viên.",
            "Reload the page and try again. If it stays, tell the administrator.",
        ),
    ),
    401: (
        "signed_out",
        Words("Chưa đăng nhập", "Not signed in"),
        Words("Mời đăng nhập rồi làm lại.", "Sign in and try again."),
    ),
    403: (
        "forbidden",
        Words("Tài khoản này không có quyền làm việc đó", "This account may not do that"),
        Words(
            "Nhờ phụ trách hoặc quản trị viên làm giúp, hoặc tải lại trang nếu trang đã mở lâu.",
            "Ask a supervisor or administrator, or reload the page if it has been open for long.",
        ),
    ),
    404: (
        "not_found",
        Words("Không có trang này", "There is no such page"),
        Words("Mời kiểm tra địa chỉ hoặc về trang đầu.", "Check the address or go to the first page."),
    ),
    405: (
        "method_not_allowed",
        Words("Trang này không nhận thao tác đó", "This page does not take that action"),
        Words("Mời về trang đầu rồi làm lại.", "Go to the first page and try again."),
    ),
    413: (
        "too_large",
        Words("Dữ liệu gửi lên quá lớn", "What was sent is too large"),
        Words("Mời gửi tệp nhỏ hơn.", "Send a smaller file."),
    ),
    422: (
        "bad_request",
        Words("Có ô nhập chưa đúng", "A field is not filled in correctly"),
        Words("Mời kiểm tra các ô rồi gửi lại.", "Check the fields and send again."),
    ),
    429: (
        "too_often",
        Words("Quá nhiều yêu cầu trong thời gian ngắn", "Too many requests in a short time"),
        Words("Mời chờ vài giây rồi làm lại.", "Wait a few seconds and try again."),
    ),
    500: (
        "internal",
        Words("Máy chủ gặp lỗi", "The server met an error"),
        Words(
            "Số đã lấy vẫn giữ nguyên. Mời tải lại trang; nếu vẫn lỗi, báo quản trị viên.",
            "Issued tickets stay valid. Reload the page; if it stays, tell the administrator.",
        ),
    ),
    503: (
        "unavailable",
        Words("Máy chủ chưa sẵn sàng", "The server is not ready"),
        Words("Mời chờ một lát rồi tải lại trang.", "Wait a moment and reload the page."),
    ),
}


class SignInFirst(Exception):
    """Nobody (or no longer anybody) is signed in; pages go to the sign-in page, scripts get 401."""


class PasswordFirst(Exception):
    """The account must choose a new password before it may do anything else."""


class CodeFirst(Exception):
    """The password was right and the code of the second factor is still to come."""


class FactorFirst(Exception):
    """The account's role works with a second factor only, and it has none yet."""


def wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def error_response(request: Request, status: int, headers: dict[str, str] | None = None) -> Response:
    """The answer for a status; a status without words of its own gets those of its hundred."""
    code, what, then = ERRORS.get(status, ERRORS[500 if status >= 500 else 400])
    if wants_page(request):
        pages: Pages = request.app.state.pages
        return pages.show(request, "error.html", status_code=status, headers=headers, what=what, then=then)
    words = {"vi": f"{what.vi}. {then.vi}", "en": f"{what.en}. {then.en}"}
    return JSONResponse({"ok": False, "code": code, "words": words}, status, headers)


async def on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, StarletteHTTPException)
    return error_response(request, error.status_code, dict(error.headers or {}))


async def on_bad_fields(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return error_response(request, 422)


async def on_crash(request: Request, error: Exception) -> Response:
    return error_response(request, 500)


async def on_signed_out(request: Request, error: Exception) -> Response:
    if request.method == "GET" and wants_page(request):
        return RedirectResponse(f"/sign-in?next={request.url.path}", 303)
    return error_response(request, 401)


async def on_password_first(request: Request, error: Exception) -> Response:
    if request.method == "GET" and wants_page(request):
        return RedirectResponse("/password", 303)
    return error_response(request, 403)


async def on_code_first(request: Request, error: Exception) -> Response:
    if request.method == "GET" and wants_page(request):
        return RedirectResponse(f"/second-factor?next={request.url.path}", 303)
    return error_response(request, 401)


async def on_factor_first(request: Request, error: Exception) -> Response:
    if request.method == "GET" and wants_page(request):
        return RedirectResponse("/second-factor/enrol", 303)
    return error_response(request, 403)


HANDLERS: dict[int | type[Exception], Callable[[Request, Any], Coroutine[Any, Any, Response]]] = {
    StarletteHTTPException: on_http_error,
    RequestValidationError: on_bad_fields,
    SignInFirst: on_signed_out,
    PasswordFirst: on_password_first,
    CodeFirst: on_code_first,
    FactorFirst: on_factor_first,
    Exception: on_crash,
}


class RefusalsOfMiddleware:
    """Turns an HTTPException of the middlewares below into the same answer a route would give."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except HTTPException as refusal:
            answer = await on_http_error(Request(scope, receive), refusal)
            await answer(scope, receive, send)
