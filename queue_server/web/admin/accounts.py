"""Accounts: who there is, who may what; created and changed."""

from collections.abc import Callable, Mapping

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import Response

from queue_server.domain.commands import STAFF, Role
from queue_server.domain.ids import OfficerId
from queue_server.domain.office import Office
from queue_server.domain.words import Words
from queue_server.people.ports import Account, LoginName, SignedIn, WeakPassword
from queue_server.web.admin.desk import Desk, back
from queue_server.web.auth.guard import require, require_form
from queue_server.web.auth.rights import RIGHTS, ROLE_WORDS, WORDS, Right
from queue_server.web.routes import Routes

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that are not read as one another."""
MAY = Depends(require_form(Right.ACCOUNTS))

TAKEN = Words(
    "Tên đăng nhập này đã có người dùng. Mời chọn tên khác.",
    "Somebody has that sign-in name. Choose another.",
)
MALFORMED = Words(
    "Tên đăng nhập chưa đúng dạng. Mời dùng 2 đến 32 ký tự: a-z, 0-9, dấu chấm, _ và -.",
    "That is no sign-in name. Use 2 to 32 of a-z, 0-9, dot, _ and -.",
)
OWN = Words(
    "Không thể khoá hoặc đổi vai trò của chính mình. Nhờ một quản trị viên khác.",
    "You cannot disable yourself or change your own role. Ask another administrator.",
)
NO_NAME = Words("Mời nhập họ tên.", "Enter a name.")


def one_time_password(random_below: Callable[[int], int]) -> str:
    """Sixteen characters in four groups, 79 random bits, easy to read out."""
    groups = ("".join(ALPHABET[random_below(len(ALPHABET))] for _ in range(4)) for _ in range(4))
    return "-".join(groups)


class AccountsDesk:
    """The page of accounts, and the account of an address."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.accounts = desk, desk.deps.accounts

    def page(
        self,
        request: Request,
        problem: Words | None = None,
        status_code: int = 200,
        told: tuple[Account, str] | None = None,
        typed: Mapping[str, str] | None = None,
    ) -> Response:
        """The accounts there are; `told` is one with its one-time password, shown on this answer only.

        `typed` is what a refused form for a new account held.
        """
        office = self.desk.deps.engine.office
        return self.desk.show(
            request,
            "accounts.html",
            problem,
            status_code,
            accounts=sorted(self.accounts.all(), key=lambda a: (a.disabled, a.login)),
            at_counter=_counter_numbers(office),
            roles=[(role, ROLE_WORDS[role]) for role in Role if role in STAFF],
            role_words=ROLE_WORDS,
            agencies=office.config.agencies if office.config else (),
            now=self.desk.deps.clock.now(),
            told=told,
            typed=typed or dict.fromkeys(("login", "name", "role", "agency"), ""),
            clock=lambda at: office.config.hours.local(at).strftime("%H:%M %d/%m") if office.config else "",
        )

    async def known(self, id_: str) -> Account:
        """Raises HTTPException 404."""
        account = await run_sync(self.accounts.get, OfficerId(id_))
        if account is None:
            raise HTTPException(404)
        return account

    def one_time_password(self) -> str:
        return one_time_password(self.desk.random_below)


def router(people: AccountsDesk) -> APIRouter:
    router, desk, accounts = Routes(), people.desk, people.accounts

    @router.get("/admin/accounts", include_in_schema=False)
    def show(request: Request, who: SignedIn = Depends(require(Right.ACCOUNTS))) -> Response:
        return people.page(request)

    @router.get("/admin/rights", include_in_schema=False)
    def rights(request: Request, who: SignedIn = Depends(require(Right.ACCOUNTS))) -> Response:
        return desk.show(request, "rights.html", rights=RIGHTS, words=WORDS, role_words=ROLE_WORDS)

    @router.post("/admin/accounts", include_in_schema=False)
    async def create(
        request: Request,
        who: SignedIn = MAY,
        login: str = Form("", max_length=64),
        name: str = Form("", max_length=120),
        role: str = Form(...),
        agency: str = Form("", max_length=80),
    ) -> Response:
        chosen, wanted = staff_role(role), login.strip().lower()
        typed = {"login": login, "name": name, "role": chosen.value, "agency": agency}
        if not name.strip():
            return await run_sync(people.page, request, NO_NAME, 422, None, typed)
        password = people.one_time_password()
        now = desk.deps.clock.now()

        def make() -> Account:
            return accounts.create(
                wanted, name.strip(), chosen, password, now, agency or None, must_change=True
            )

        try:
            account = await run_sync(make)
        except (LoginName, WeakPassword):
            taken = wanted in {one.login for one in await run_sync(accounts.all)}
            problem = TAKEN if taken else MALFORMED
            return await run_sync(people.page, request, problem, 422, None, typed)
        await desk.record(request, who, f"account.created.{chosen.value}", account.id)
        return await run_sync(people.page, request, None, 200, (account, password))

    @router.post("/admin/accounts/{id_}/change", include_in_schema=False)
    async def change(
        request: Request,
        id_: str,
        who: SignedIn = MAY,
        name: str = Form("", max_length=120),
        role: str = Form(...),
        agency: str = Form("", max_length=80),
    ) -> Response:
        account, chosen = await people.known(id_), staff_role(role)
        if account.id == who.account.id and chosen is not account.role:
            return await run_sync(people.page, request, OWN, 409)
        if not name.strip():
            return await run_sync(people.page, request, NO_NAME, 422)
        await run_sync(lambda: accounts.update(account.id, name=name.strip(), role=chosen, agency=agency))
        await desk.record(request, who, f"account.changed.{chosen.value}", account.id)
        return back("/admin/accounts", "saved")

    return router


def staff_role(value: str) -> Role:
    """The role of a form. Raises HTTPException 422 for one that nobody may hold."""
    if value not in {role.value for role in STAFF}:
        raise HTTPException(422)
    return Role(value)


def _counter_numbers(office: Office) -> dict[OfficerId, int]:
    """Officer → number of the counter they sit at."""
    numbers = {counter.id: counter.number for counter in office.config.counters} if office.config else {}
    return {officer: numbers[at] for officer, at in office.officers.items() if at in numbers}
