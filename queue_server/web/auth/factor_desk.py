"""Second factors at work: a code is checked and what came of it recorded."""

from anyio.to_thread import run_sync
from fastapi import Request

from queue_server.clock import new_id
from queue_server.domain.commands import RecordAct
from queue_server.domain.ids import CommandId
from queue_server.domain.words import Words
from queue_server.people.ports import BadCode, LockedOut, SecondFactors, SignedIn
from queue_server.web.auth.guard import actor
from queue_server.web.auth.words import locked_words
from queue_server.web.ports import WebDeps
from queue_server.web.submit import submit

BAD_CODE = Words(
    "Mã chưa đúng hoặc đã hết hạn. Mời nhập mã đang hiện trên ứng dụng, hoặc một mã khôi phục.",
    "That code is not right or is over. Enter the one your app shows now, or a recovery code.",
)
USED_CODE = Words(
    "Mã này đã dùng rồi. Mời chờ ứng dụng hiện mã mới rồi nhập lại.",
    "This code has been used. Wait for your app's next one and enter that.",
)


class FactorDesk:
    """What the pages of second factors share."""

    def __init__(self, deps: WebDeps, factors: SecondFactors) -> None:
        self.deps, self.factors = deps, factors

    async def record(self, request: Request, who: SignedIn, what: str) -> None:
        """Into the audit trail, with the account's opaque id."""
        id_ = CommandId(f"web-{who.account.id}-{new_id()}")
        await submit(
            self.deps.engine,
            RecordAct(id=id_, by=actor(request, who), what=f"second_factor.{what}", subject=who.account.id),
        )

    async def right(self, request: Request, who: SignedIn, code: str) -> Words | None:
        """What is wrong with a code, None when it is right; either is recorded."""
        now = self.deps.clock.now()
        try:
            how = await run_sync(self.factors.check, who.account.id, code, now)
        except BadCode as bad:
            await self.record(request, who, "replayed" if bad.used else "refused")
            return USED_CODE if bad.used else BAD_CODE
        except LockedOut as locked_out:
            await self.record(request, who, "locked")
            return locked_words(locked_out.until, now)
        if how == "recovery":
            await self.record(request, who, "recovery_used")
        return None
