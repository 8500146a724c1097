"""Whether an account may come in: disabled, enabled, unlocked, reset with a password shown once."""

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from fastapi.responses import Response

from queue_server.domain.commands import SignOff
from queue_server.domain.words import Words
from queue_server.people.ports import SignedIn
from queue_server.web.admin.accounts import MAY, OWN, AccountsDesk
from queue_server.web.admin.desk import back
from queue_server.web.auth.sessions import Sessions
from queue_server.web.routes import Routes

OWN_FACTOR = Words(
    "Xác thực hai lớp của chính mình thì gỡ ở trang «Xác thực hai lớp», bằng mật khẩu và mã.",
    "Take your own second factor off on the page “Second factor”, with password and code.",
)


def router(people: AccountsDesk) -> APIRouter:
    router, desk, accounts = Routes(), people.desk, people.accounts

    @router.post("/admin/accounts/{id_}/disable", include_in_schema=False)
    async def disable(request: Request, id_: str, who: SignedIn = MAY) -> Response:
        account = await people.known(id_)
        if account.id == who.account.id:
            return await run_sync(people.page, request, OWN, 409)
        await run_sync(lambda: accounts.update(account.id, disabled=True))
        sessions: Sessions = request.app.state.sessions
        await run_sync(sessions.end_all_of, account.id)
        await desk.record(request, who, "account.disabled", account.id)
        counter = desk.deps.engine.office.officers.get(account.id)
        if counter is not None:
            _, refusal, status = await desk.submit(
                request, who, "", lambda id_, by: SignOff(id=id_, by=by, counter=counter)
            )
            if refusal is not None:
                return await run_sync(people.page, request, refusal, status)
        return back("/admin/accounts", "saved")

    @router.post("/admin/accounts/{id_}/enable", include_in_schema=False)
    async def enable(request: Request, id_: str, who: SignedIn = MAY) -> Response:
        account = await people.known(id_)
        await run_sync(lambda: accounts.update(account.id, disabled=False))
        await desk.record(request, who, "account.enabled", account.id)
        return back("/admin/accounts", "saved")

    @router.post("/admin/accounts/{id_}/unlock", include_in_schema=False)
    async def unlock(request: Request, id_: str, who: SignedIn = MAY) -> Response:
        account = await people.known(id_)
        await run_sync(accounts.unlock, account.id)
        await desk.record(request, who, "account.unlocked", account.id)
        return back("/admin/accounts", "unlocked")

    @router.post("/admin/accounts/{id_}/reset", include_in_schema=False)
    async def reset(request: Request, id_: str, who: SignedIn = MAY) -> Response:
        """A new one-time password, shown on this answer only; every session of the account ends."""
        account = await people.known(id_)
        password = people.one_time_password()
        now = desk.deps.clock.now()
        await run_sync(lambda: accounts.set_password(account.id, password, now, must_change=True))
        await run_sync(accounts.unlock, account.id)
        sessions: Sessions = request.app.state.sessions
        await run_sync(sessions.end_all_of, account.id)
        await desk.record(request, who, "account.password_reset", account.id)
        return await run_sync(people.page, request, None, 200, (account, password))

    @router.post("/admin/accounts/{id_}/second-factor", include_in_schema=False)
    async def forget_factor(request: Request, id_: str, who: SignedIn = MAY) -> Response:
        """For who has lost the phone and the recovery codes; it was made sure who they are."""
        account = await people.known(id_)
        factors = desk.deps.second_factors
        if account.id == who.account.id:
            return await run_sync(people.page, request, OWN_FACTOR, 409)
        if factors is not None:
            await run_sync(factors.remove, account.id)
            sessions: Sessions = request.app.state.sessions
            await run_sync(sessions.end_all_of, account.id)
            await desk.record(request, who, "second_factor.reset", account.id)
        return back("/admin/accounts", "saved")

    return router
