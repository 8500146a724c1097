"""Second factors of accounts, on both databases."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from fakes.fake_clock import START
from fakes.places import KEYS, SqlitePlace

from queue_server.clock import new_id, random_below, secret
from queue_server.domain.commands import Role
from queue_server.domain.ids import OfficerId
from queue_server.people.ports import BadCode, BadSignIn, LockedOut, SecondFactors
from queue_server.people.totp import STEP_S, code_at
from queue_server.storage import tables as t
from queue_server.storage.accounts import SqlAccounts
from queue_server.storage.passwords import Hasher
from queue_server.storage.retention import forget
from queue_server.storage.second_factors import RECOVERY_CODES, TRIES
from queue_server.storage.sessions import CODE_WITHIN

GOOD = "sông Hương buổi sáng"
HERE = int(START.timestamp()) // STEP_S


@pytest.fixture
def accounts(sql_place: SqlitePlace) -> SqlAccounts:
    sql_place.database.migrate()
    cheap = Hasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    return SqlAccounts(
        sql_place.database, KEYS, new_id=new_id, secret=secret, below=random_below, hasher=cheap
    )


@pytest.fixture
def lan(accounts: SqlAccounts) -> OfficerId:
    return accounts.create("lan", "Lan", Role.ADMINISTRATOR, GOOD, START, must_change=False).id


def enrolled(accounts: SqlAccounts, lan: OfficerId) -> tuple[bytes, list[str]]:
    """The app's secret and the recovery codes."""
    app = accounts.secret(lan)
    assert app is not None
    return app, list(accounts.enrol(lan, code_at(app, HERE), START))


def test_it_has_the_shape_the_pages_need(accounts: SqlAccounts, lan: OfficerId) -> None:
    pages: SecondFactors = accounts
    assert pages.recovery_left(lan) == 0


def test_a_secret_is_the_same_until_its_first_code_is_right(accounts: SqlAccounts, lan: OfficerId) -> None:
    app = accounts.secret(lan)
    assert app is not None and accounts.secret(lan) == app
    with pytest.raises(BadCode):
        accounts.enrol(lan, "000000" if code_at(app, HERE) != "000000" else "111111", START)
    assert not accounts.sign_in("lan", GOOD, "10.0.0.1", START).factor_due, "it is not in use yet"
    codes = accounts.enrol(lan, code_at(app, HERE), START)
    assert len(set(codes)) == RECOVERY_CODES == accounts.recovery_left(lan)
    assert accounts.secret(lan) is None
    found = accounts.get(lan)
    assert found is not None and found.second_factor


def test_the_password_alone_opens_nothing_but_the_place_for_the_code(
    accounts: SqlAccounts, lan: OfficerId
) -> None:
    app, _ = enrolled(accounts, lan)
    half = accounts.sign_in("lan", GOOD, "10.0.0.1", START)
    assert half.factor_due and half.expires_at == START + CODE_WITHIN
    again = accounts.session(half.session_id, START)
    assert again is not None and again.factor_due
    assert accounts.check(lan, code_at(app, HERE + 1), START) == "app"
    whole = accounts.complete(half.session_id, START)
    assert not whole.factor_due and whole.session_id != half.session_id
    assert accounts.session(half.session_id, START) is None
    with pytest.raises(BadSignIn):
        accounts.complete(whole.session_id, START)


def test_a_session_does_not_wait_for_its_code_for_long(accounts: SqlAccounts, lan: OfficerId) -> None:
    enrolled(accounts, lan)
    half = accounts.sign_in("lan", GOOD, "10.0.0.1", START)
    with pytest.raises(BadSignIn):
        accounts.complete(half.session_id, START + CODE_WITHIN)


def test_no_code_is_taken_twice(accounts: SqlAccounts, lan: OfficerId) -> None:
    app, recovery = enrolled(accounts, lan)
    with pytest.raises(BadCode) as seen:
        accounts.check(lan, code_at(app, HERE), START)
    assert seen.value.used, "the code it was enrolled with"
    typed = recovery[0].upper().replace("-", " ")
    assert accounts.check(lan, typed, START) == "recovery"
    assert accounts.recovery_left(lan) == RECOVERY_CODES - 1
    with pytest.raises(BadCode) as gone:
        accounts.check(lan, recovery[0], START)
    assert not gone.value.used


def test_of_two_that_bring_the_same_code_at_once_one_is_let_in(accounts: SqlAccounts, lan: OfficerId) -> None:
    app, _ = enrolled(accounts, lan)
    code, told = code_at(app, HERE + 1), []
    ready = threading.Barrier(4)

    def bring() -> None:
        ready.wait(30)
        try:
            told.append(accounts.check(lan, code, START))
        except (BadCode, LockedOut):
            told.append("no")

    threads = [threading.Thread(target=bring) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(told) == ["app", "no", "no", "no"]


def test_who_tries_codes_has_to_wait(accounts: SqlAccounts, lan: OfficerId) -> None:
    app, _ = enrolled(accounts, lan)
    for _ in range(TRIES):
        with pytest.raises(BadCode):
            accounts.check(lan, "no code", START)
    with pytest.raises(LockedOut) as locked:
        accounts.check(lan, code_at(app, HERE + 1), START)
    later = locked.value.until + timedelta(seconds=1)
    assert accounts.check(lan, code_at(app, int(later.timestamp()) // STEP_S), later) == "app"


def test_taking_it_off_ends_sessions_and_the_password_is_enough(
    accounts: SqlAccounts, lan: OfficerId
) -> None:
    app, _ = enrolled(accounts, lan)
    half = accounts.sign_in("lan", GOOD, "10.0.0.1", START)
    accounts.remove(lan)
    assert accounts.session(half.session_id, START) is None
    assert not accounts.sign_in("lan", GOOD, "10.0.0.1", START).factor_due
    assert accounts.recovery_left(lan) == 0
    assert accounts.secret(lan) not in (None, app)


def test_enrolling_ends_the_other_sessions(accounts: SqlAccounts, lan: OfficerId) -> None:
    here = accounts.sign_in("lan", GOOD, "10.0.0.1", START)
    elsewhere = accounts.sign_in("lan", GOOD, "10.0.0.2", START)
    app = accounts.secret(lan)
    assert app is not None
    accounts.enrol(lan, code_at(app, HERE), START, keep=here.session_id)
    assert accounts.session(elsewhere.session_id, START) is None
    assert accounts.session(here.session_id, START) is not None


def test_a_new_password_does_not_take_the_factor_away(accounts: SqlAccounts, lan: OfficerId) -> None:
    enrolled(accounts, lan)
    accounts.set_password(lan, "một mật khẩu khác", START, must_change=True)
    assert accounts.sign_in("lan", "một mật khẩu khác", "10.0.0.1", START).factor_due


def test_neither_secret_nor_recovery_code_can_be_read_in_the_database(
    accounts: SqlAccounts, lan: OfficerId, sql_place: SqlitePlace
) -> None:
    app, recovery = enrolled(accounts, lan)
    with sql_place.database.engine.connect() as connection:
        sealed = bytes(connection.execute(sa.select(t.second_factors.c.secret)).scalar_one())
        digests = [bytes(d) for d in connection.execute(sa.select(t.recovery_codes.c.digest)).scalars()]
    assert app not in sealed
    assert not any(code.replace("-", "").encode() in digest for code in recovery for digest in digests)


def test_it_is_forgotten_with_the_person(
    accounts: SqlAccounts, lan: OfficerId, sql_place: SqlitePlace
) -> None:
    enrolled(accounts, lan)
    accounts.update(lan, disabled=True)
    late = START + timedelta(days=400)
    forget(sql_place.database, late, late.date(), names_kept=timedelta(days=365))
    with sql_place.database.engine.connect() as connection:
        for table in (t.second_factors, t.recovery_codes):
            assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() == 0
