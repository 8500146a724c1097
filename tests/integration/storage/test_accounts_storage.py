"""People, sessions, televisions, citizens' pages and devices, on both databases."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from fakes.fake_clock import START
from fakes.places import KEYS, SqlitePlace
from fakes.running import ask, running
from fakes.small_office import issue

from queue_server.clock import new_id, random_below, secret
from queue_server.domain.commands import Role
from queue_server.domain.ids import OfficerId, TicketId
from queue_server.people.ports import Accounts, BadSignIn, LockedOut, LoginName, WeakPassword
from queue_server.storage import tables as t
from queue_server.storage.accounts import SqlAccounts
from queue_server.storage.common_passwords import COMMON
from queue_server.storage.passwords import Hasher

GOOD = "sông Hương buổi sáng"
TODAY = date(2026, 11, 20)


@pytest.fixture
def accounts(sql_place: SqlitePlace) -> SqlAccounts:
    sql_place.database.migrate()
    cheap = Hasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    return SqlAccounts(
        sql_place.database, KEYS, new_id=new_id, secret=secret, below=random_below, hasher=cheap
    )


def lan(accounts: SqlAccounts) -> OfficerId:
    return accounts.create("lan", "Nguyễn Thị Lan", Role.OFFICER, GOOD, START).id


def test_it_has_the_shape_the_pages_need(accounts: SqlAccounts) -> None:
    pages: Accounts = accounts
    assert list(pages.all()) == []


def test_an_account_is_made_found_and_changed(accounts: SqlAccounts) -> None:
    made = accounts.create(" Lan.Nguyen ", "Nguyễn Thị Lan", Role.OFFICER, GOOD, START, agency="ward")
    assert (made.login, made.role, made.agency, made.must_change_password) == (
        "lan.nguyen",
        Role.OFFICER,
        "ward",
        True,
    )
    assert accounts.get(made.id) == made
    changed = accounts.update(made.id, role=Role.SUPERVISOR, name="Lan")
    assert (changed.role, changed.name, changed.agency) == (Role.SUPERVISOR, "Lan", "ward")
    assert [one.login for one in accounts.all()] == ["lan.nguyen"]
    assert accounts.get(OfficerId("nobody")) is None
    with pytest.raises(LookupError):
        accounts.update(OfficerId("nobody"), name="x")


@pytest.mark.parametrize("login", ["", "a", "có dấu", "a b", "-lan", "x" * 33, "lan"])
def test_a_bad_or_taken_sign_in_name_is_refused(accounts: SqlAccounts, login: str) -> None:
    lan(accounts)
    with pytest.raises(LoginName):
        accounts.create(login, "x", Role.OFFICER, GOOD, START)


@pytest.mark.parametrize(
    "password",
    [
        "ngắn quá",
        "lan",
        "lan2026!!!",
        "matkhau123",
        "Password123!",
        "1234567890",
        "aaaaaaaaaa!",
        "hanhchinh2026",
    ],
)
def test_a_weak_password_is_refused(accounts: SqlAccounts, password: str) -> None:
    with pytest.raises(WeakPassword):
        accounts.create("lan", "x", Role.OFFICER, password, START)
    id_ = lan(accounts)
    with pytest.raises(WeakPassword):
        accounts.set_password(id_, password, START, False)


def test_passwords_cost_what_argon2_recommends() -> None:
    hashed = Hasher().hash(GOOD)
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,")
    assert Hasher().verify(hashed, GOOD)
    assert not Hasher().verify(hashed, GOOD + "x")
    assert not Hasher().verify(None, "nobody has this password")


def test_more_than_a_hundred_common_passwords_are_known() -> None:
    assert len(COMMON) >= 100


def test_signing_in_makes_a_session_that_ends(accounts: SqlAccounts) -> None:
    id_ = lan(accounts)
    signed_in = accounts.sign_in(" LAN ", GOOD, "10.0.0.1", START)
    assert signed_in.account.id == id_
    assert signed_in.account.last_sign_in == START
    found = accounts.session(signed_in.session_id, START + timedelta(minutes=1))
    assert found == signed_in
    assert len(signed_in.csrf) >= 22
    assert signed_in.csrf not in signed_in.session_id
    accounts.sign_out(signed_in.session_id)
    assert accounts.session(signed_in.session_id, START) is None
    assert accounts.session("never made", START) is None


def test_a_session_ends_after_two_idle_hours_and_after_twelve_in_any_case(accounts: SqlAccounts) -> None:
    lan(accounts)
    idle = accounts.sign_in("lan", GOOD, "10.0.0.1", START).session_id
    busy = accounts.sign_in("lan", GOOD, "10.0.0.1", START).session_id
    now = START
    while now < START + timedelta(hours=11):
        now += timedelta(hours=1)
        assert accounts.session(busy, now) is not None
    assert accounts.session(idle, START + timedelta(hours=2)) is None
    assert accounts.session(busy, START + timedelta(hours=12)) is None


@pytest.mark.parametrize("act", ["disable", "password", "role"])
def test_what_an_administrator_changes_ends_the_sessions(accounts: SqlAccounts, act: str) -> None:
    id_ = lan(accounts)
    session = accounts.sign_in("lan", GOOD, "10.0.0.1", START).session_id
    acts: dict[str, Callable[[], Any]] = {
        "disable": lambda: accounts.update(id_, disabled=True),
        "password": lambda: accounts.set_password(id_, GOOD + "!", START, True),
        "role": lambda: accounts.update(id_, role=Role.GREETER),
    }
    acts[act]()
    assert accounts.session(session, START) is None


def test_a_disabled_account_cannot_sign_in_and_nobody_can_tell_why(accounts: SqlAccounts) -> None:
    accounts.update(lan(accounts), disabled=True)
    wrong = []
    for login, password in (("lan", GOOD), ("lan", "not this one"), ("nobody", GOOD)):
        with pytest.raises(BadSignIn) as refused:
            accounts.sign_in(login, password, "10.0.0.1", START)
        wrong.append(str(refused.value))
    assert len(set(wrong)) == 1


@pytest.mark.parametrize("login", ["lan", "nobody"])
def test_five_wrong_passwords_lock_the_name_for_fifteen_minutes(accounts: SqlAccounts, login: str) -> None:
    id_ = lan(accounts)
    for _ in range(5):
        with pytest.raises(BadSignIn):
            accounts.sign_in(login, "wrong wrong", "10.0.0.1", START)
    with pytest.raises(LockedOut) as locked:
        accounts.sign_in(login, GOOD, "10.0.0.2", START + timedelta(minutes=14))
    assert locked.value.until == START + timedelta(minutes=15)
    if login == "lan":
        found = accounts.get(id_)
        assert found is not None
        assert found.locked_until == locked.value.until
        assert accounts.sign_in("lan", GOOD, "10.0.0.1", START + timedelta(minutes=15)).account.id == id_


def test_an_administrator_unlocks(accounts: SqlAccounts) -> None:
    id_ = lan(accounts)
    for _ in range(5):
        with pytest.raises(BadSignIn):
            accounts.sign_in("lan", "wrong wrong", "10.0.0.1", START)
    accounts.unlock(id_)
    assert accounts.sign_in("lan", GOOD, "10.0.0.1", START).account.locked_until is None


def test_an_address_that_guesses_many_names_is_locked_too(accounts: SqlAccounts) -> None:
    lan(accounts)
    for n in range(20):
        with pytest.raises(BadSignIn):
            accounts.sign_in(f"guess{n}", "wrong wrong", "10.0.0.66", START)
    with pytest.raises(LockedOut):
        accounts.sign_in("lan", GOOD, "10.0.0.66", START)
    assert accounts.sign_in("lan", GOOD, "10.0.0.1", START).account.login == "lan"


def test_a_right_password_forgets_the_wrong_ones(accounts: SqlAccounts) -> None:
    lan(accounts)
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(BadSignIn):
                accounts.sign_in("lan", "wrong wrong", "10.0.0.1", START)
        accounts.sign_in("lan", GOOD, "10.0.0.1", START)


def test_guesses_at_the_same_moment_are_counted_as_well(accounts: SqlAccounts) -> None:
    lan(accounts)
    outcomes: list[str] = []

    def guess() -> None:
        try:
            accounts.sign_in("lan", "wrong wrong", "10.0.0.1", START)
        except (BadSignIn, LockedOut) as refused:
            outcomes.append(type(refused).__name__)

    threads = [threading.Thread(target=guess) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["BadSignIn"] * 5 + ["LockedOut"] * 3


def test_the_first_administrator_gets_a_one_time_password_once(accounts: SqlAccounts) -> None:
    made = accounts.create_first_administrator(START)
    assert made is not None
    login, password = made
    signed_in = accounts.sign_in(login, password, "console", START)
    assert signed_in.account.role is Role.ADMINISTRATOR
    assert signed_in.account.must_change_password
    assert accounts.create_first_administrator(START) is None
    accounts.set_password(signed_in.account.id, GOOD, START, False)
    assert not accounts.sign_in(login, GOOD, "console", START).account.must_change_password
    with pytest.raises(BadSignIn):
        accounts.sign_in(login, password, "console", START)


def test_a_television_is_paired_by_its_code_once_and_until_revoked(accounts: SqlAccounts) -> None:
    by = lan(accounts)
    device, code = accounts.pairing_code(START)
    assert len(code) == 6
    assert accounts.paired_display(device, START) is None
    assert accounts.confirm_pairing(f" {code[:3].lower()}-{code[3:]} ", "hall-1", by, START)
    assert not accounts.confirm_pairing(code, "hall-2", by, START)
    assert accounts.paired_display(device, START + timedelta(days=400)) == "hall-1"
    ((pairing, display, since),) = accounts.pairings()
    assert (display, since) == ("hall-1", START)
    accounts.revoke_pairing(pairing)
    assert accounts.paired_display(device, START) is None
    assert list(accounts.pairings()) == []


def test_a_pairing_code_expires_after_ten_minutes(accounts: SqlAccounts) -> None:
    device, code = accounts.pairing_code(START)
    late = START + timedelta(minutes=10)
    assert not accounts.confirm_pairing(code, "hall-1", lan(accounts), late)
    accounts.pairing_code(late)
    assert accounts.paired_display(device, late) is None


def test_asking_for_codes_without_end_fills_nothing(accounts: SqlAccounts, sql_place: SqlitePlace) -> None:
    for n in range(210):
        device, code = accounts.pairing_code(START + timedelta(milliseconds=n))
    with sql_place.database.engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(t.pairings)).scalar() == 200
    assert accounts.confirm_pairing(code, "hall-1", lan(accounts), START + timedelta(seconds=1))
    assert accounts.paired_display(device, START) == "hall-1"


def test_a_page_token_is_the_same_all_day_and_useless_the_next(accounts: SqlAccounts) -> None:
    ticket = TicketId("t-1")
    token = accounts.page_token(ticket, TODAY)
    assert token == accounts.page_token(ticket, TODAY)
    assert len(token) == 22
    assert accounts.ticket_of(token, TODAY) == ticket
    assert accounts.ticket_of(token, TODAY + timedelta(days=1)) is None
    assert accounts.ticket_of("x" * 22, TODAY) is None
    assert accounts.page_token(TicketId("t-2"), TODAY) != token


def test_a_page_token_of_a_ticket_kept_overnight_is_of_use_the_next_day_too(accounts: SqlAccounts) -> None:
    kept, fresh, tomorrow = TicketId("t-1"), TicketId("t-2"), TODAY + timedelta(days=1)
    token, other = accounts.page_token(kept, TODAY), accounts.page_token(fresh, tomorrow)
    assert accounts.ticket_of(token, tomorrow, [TicketId("t-0"), kept]) == kept
    assert accounts.ticket_of(token, tomorrow, [TicketId("t-0")]) is None
    assert accounts.page_token(kept, TODAY) == token, "a reprint the next day"
    assert accounts.ticket_of(other, tomorrow) == fresh, "what was made today is not forgotten for it"


def test_a_page_token_is_known_after_a_restart_because_the_ticket_was_issued(sql_place: SqlitePlace) -> None:
    with running(sql_place.journal()) as engine:
        command = issue()
        ask(engine, command)
    accounts = SqlAccounts(sql_place.database, KEYS, new_id=new_id, secret=secret, below=random_below)
    token = KEYS.page_token(command.ticket)
    assert accounts.ticket_of(token, TODAY) == command.ticket
    assert accounts.ticket_of(token, TODAY + timedelta(days=1)) is None


def test_no_secret_stands_in_the_database(accounts: SqlAccounts, sql_place: SqlitePlace) -> None:
    by = lan(accounts)
    signed_in = accounts.sign_in("lan", GOOD, "10.0.0.1", START)
    device, code = accounts.pairing_code(START)
    accounts.confirm_pairing(code, "hall-1", by, START)
    with sql_place.database.engine.connect() as connection:
        rows = [row for table in t.metadata.sorted_tables for row in connection.execute(sa.select(table))]
    stored = "\n".join(repr(tuple(row)) for row in rows)
    for hidden in (GOOD, signed_in.session_id, signed_in.csrf, device, "10.0.0.1"):
        assert hidden not in stored
    assert "argon2id" in stored


def test_ids_sort_by_time_and_are_opaque() -> None:
    made = [new_id() for _ in range(200)]
    assert len(set(made)) == 200
    assert all(len(id_) == 24 and id_.replace("-", "").replace("_", "").isalnum() for id_ in made)
    assert [id_[:8] for id_ in made] == sorted(id_[:8] for id_ in made)
    assert len({secret() for _ in range(100)}) == 100
