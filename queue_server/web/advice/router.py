"""`POST /advice/learn`: a running counter takes one more service, for supervisors; audited like any act."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from queue_server.domain.commands import ChangeCounterServices
from queue_server.domain.ids import CounterId, ServiceId
from queue_server.people.ports import SignedIn
from queue_server.web.auth.guard import actor, require
from queue_server.web.auth.rights import Right
from queue_server.web.ports import WebDeps
from queue_server.web.routes import Routes
from queue_server.web.submit import bad_request, command_id, reply, submit


class Learn(BaseModel):
    """`id` is made by the page once a press and repeated until it has an answer."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(min_length=8, max_length=64)
    counter: str = Field(min_length=1, max_length=80)
    service: str = Field(min_length=1, max_length=80)


def router(deps: WebDeps) -> APIRouter:
    router = Routes(tags=["advice"])

    @router.post("/advice/learn")
    async def learn(
        asked: Learn, request: Request, who: SignedIn = Depends(require(Right.MIND_COUNTERS))
    ) -> JSONResponse:
        """Adds one service to those that the counter takes now. 409 with `code` and `words` when refused."""
        id_ = command_id(who, asked.id)
        if id_ is None:
            return bad_request("The id is 8 to 64 letters, digits, _ or -.")
        counter = deps.engine.office.counters.get(CounterId(asked.counter))
        now = counter.services if counter is not None else ()
        command = ChangeCounterServices(
            id=id_,
            by=actor(request, who),
            counter=CounterId(asked.counter),
            services=(*now, ServiceId(asked.service)),
        )
        return reply(await submit(deps.engine, command))

    return router
