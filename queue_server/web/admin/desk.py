"""What every administrator's form does: submit once, record the act, come back with a word or a refusal."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from queue_server.domain.commands import Actor, Command, RecordAct
from queue_server.domain.ids import CommandId
from queue_server.domain.words import Words
from queue_server.engine.ports import Answer
from queue_server.people.ports import SignedIn
from queue_server.web.auth.guard import actor
from queue_server.web.auth.rights import Right, may
from queue_server.web.pages import Pages, signed_in_of
from queue_server.web.ports import WebDeps
from queue_server.web.refusal_words import REFUSALS, STATUS
from queue_server.web.submit import NO_ANSWER, command_id, submit

Build = Callable[[CommandId, Actor], Command]

DONE: dict[str, Words] = {
    "saved": Words("Đã lưu.", "Saved."),
    "closed": Words("Đã tạm ngừng việc.", "The service is closed."),
    "opened": Words("Đã mở lại việc.", "The service is open again."),
    "posted": Words("Đã đăng thông báo.", "The notice is posted."),
    "cleared": Words("Đã gỡ thông báo.", "The notice is taken down."),
    "day": Words("Đã khoá ngày làm việc.", "The day is closed."),
    "clock": Words("Đã xác nhận giờ máy chủ.", "The clock is confirmed."),
    "freed": Words("Đã cho rời quầy.", "Signed off the counter."),
    "paired": Words("Đã ghép màn hình.", "The display is paired."),
    "revoked": Words("Đã huỷ ghép màn hình.", "The pairing is revoked."),
    "unlocked": Words("Đã mở khoá tài khoản.", "The account is unlocked."),
    "hours": Words("Giờ làm việc mới đã có hiệu lực.", "The new hours are in force."),
    "tested": Words(
        "Đã gửi lệnh thử; kết quả hiện trên thẻ của thiết bị.",
        "Test asked for; its card shows what came of it.",
    ),
    "device": Words(
        "Đã ghi thiết bị vào tệp cấu hình. Khởi động lại văn phòng khi vắng khách để dùng nó.",
        "The device is in the office file. Restart the office in a quiet hour to use it.",
    ),
    "applied": Words("Cấu hình mới đã có hiệu lực.", "The new office file is in force."),
}
"""What a page says after an act, by the `done` of its address."""


@dataclass(frozen=True)
class Desk:
    """The administrator's desk: deps, pages, and fresh ids for forms."""

    deps: WebDeps
    pages: Pages
    new_id: Callable[[], str]
    random_below: Callable[[int], int]

    def may_edit(self, request: Request) -> bool:
        """Whether the office file can be changed here, by who is asking."""
        who = signed_in_of(request)
        allowed = who is not None and may(who.account.role, Right.OFFICE_FILE)
        return allowed and self.deps.office_file is not None

    def show(
        self,
        request: Request,
        template: str,
        problem: Words | None = None,
        status_code: int = 200,
        **values: object,
    ) -> Response:
        """A page with what was just done (`?done=`), or the problem."""
        done = DONE.get(request.query_params.get("done", ""))
        return self.pages.show(
            request,
            template,
            status_code,
            None,
            problem=problem,
            done=None if problem else done,
            request_id=self.new_id(),
            **values,
        )

    async def submit(
        self, request: Request, who: SignedIn, client_id: str, build: Build
    ) -> tuple[Answer | None, Words | None, int]:
        """(answer, words of a refusal or None, status) of one command."""
        id_ = command_id(who, client_id) or CommandId(f"web-{who.account.id}-{self.new_id()}")
        answer = await submit(self.deps.engine, build(id_, actor(request, who)))
        if answer is None:
            words = NO_ANSWER["words"]
            assert isinstance(words, dict)
            return None, Words(words["vi"], words["en"]), 504
        if answer.refusal is not None:
            code = answer.refusal.code
            return answer, REFUSALS[code], STATUS.get(code, 409)
        return answer, None, 200

    async def record(self, request: Request, who: SignedIn, what: str, subject: str) -> None:
        """Into the audit trail; `subject` is an opaque id, never a name."""
        command = RecordAct(
            id=CommandId(f"web-{who.account.id}-{self.new_id()}"),
            by=actor(request, who),
            what=what,
            subject=subject,
        )
        await submit(self.deps.engine, command)


def back(path: str, done: str) -> Response:
    return RedirectResponse(f"{path}?done={done}", 303)
