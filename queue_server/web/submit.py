"""From a request to the engine and back: the client's id makes it once, refusals come in two languages."""

import asyncio
import hashlib
import re

from fastapi.responses import JSONResponse

from queue_server.domain.commands import Command
from queue_server.domain.ids import CommandId, JobId, TicketId
from queue_server.domain.refusals import Code, Refusal
from queue_server.engine.ports import Answer, Engine
from queue_server.people.ports import SignedIn
from queue_server.web.refusal_words import STATUS, answer_of

ANSWER_WITHIN = 8.0
"""Seconds to wait for a commit; then the client is told to ask again with the same id."""
_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")

NO_ANSWER = {
    "ok": False,
    "code": "no_answer",
    "words": {
        "vi": "Máy chủ chưa trả lời kịp. Chờ trang hiện trạng thái mới rồi hãy bấm tiếp.",
        "en": "The server did not answer in time. Wait for the new state before you go on.",
    },
}


def command_id(who: SignedIn, client_id: str) -> CommandId | None:
    """The command id of a client-made request id, apart for each account; None when it is no id."""
    return CommandId(f"web-{who.account.id}-{client_id}") if _ID.fullmatch(client_id) else None


def ticket_id(command: CommandId) -> TicketId:
    """The id of the ticket that a request issues: the same for the same request."""
    return TicketId("t" + hashlib.sha256(command.encode()).hexdigest()[:24])


def job_id(command: CommandId) -> JobId:
    """The id of the print job that a request makes: the same for the same request."""
    return JobId("j" + hashlib.sha256(command.encode()).hexdigest()[:24])


async def submit(engine: Engine, command: Command) -> Answer | None:
    """The engine's answer, None when it has not come in time (the command may still be done)."""
    future = asyncio.wrap_future(engine.submit(command))
    try:
        return await asyncio.wait_for(asyncio.shield(future), ANSWER_WITHIN)
    except TimeoutError:
        future.add_done_callback(lambda done: done.exception())
        return None


def refused(refusal: Refusal) -> JSONResponse:
    return JSONResponse(answer_of(refusal), STATUS.get(refusal.code, 409))


def bad_request(sentence: str) -> JSONResponse:
    return refused(Refusal(Code.BAD_REQUEST, sentence))


def reply(answer: Answer | None, **more: object) -> JSONResponse:
    """The JSON of an answer: `ok`, `seq` (the state that contains it has at least this one), `repeated`."""
    if answer is None:
        return JSONResponse(NO_ANSWER, 504)
    if answer.refusal is not None:
        return refused(answer.refusal)
    return JSONResponse({"ok": True, "seq": answer.seq, "repeated": answer.repeated, **more})
