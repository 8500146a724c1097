"""The imported register in both databases: whole files or nothing, the newest seen, the old forgotten."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from fakes.dossiers import AS_OF, CODE, KEY, NOW, day, dossier
from fakes.places import SqlitePlace

from queue_server.domain.words import Words
from queue_server.dossiers.dossier import Dossier, Status, Step, SupplementRequest
from queue_server.dossiers.ports import SourceUnavailable
from queue_server.storage import tables as t
from queue_server.storage.dossiers import LEFT_LYING, TRIES_KEPT, SqlRegister, SqlTries


@pytest.fixture
def register(sql_place: SqlitePlace) -> Iterator[SqlRegister]:
    sql_place.database.migrate()
    yield SqlRegister(sql_place.database)


def put(register: SqlRegister, *dossiers: Dossier) -> int:
    generation = register.begin("so.csv", AS_OF)
    register.add(generation, [(one, (b"4" + b"d" * 15,)) for one in dossiers])
    register.finish(generation, len(dossiers), 0, AS_OF)
    return generation


def rows(place: SqlitePlace, table: sa.Table = t.dossiers) -> int:
    with place.database.engine.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


FULL = dossier(
    status=Status.SUPPLEMENT_ASKED,
    status_words="5",
    forwarded=day(17, "14:05"),
    done=day(19),
    returned=day(20, "15:00"),
    stopped=day(21),
    channel="online",
    result_place="Quầy 3",
    result_method="post",
    fee_due=8000,
    legal_days=5,
    contact="Quầy 1",
    supplements=(
        SupplementRequest("Bản sao", day(18, "10:00"), None),
        SupplementRequest("Ảnh", None, day(19)),
    ),
    steps=(Step(Words("Thẩm định", "Review"), "Phòng A", day(17), None),),
)


def test_a_dossier_comes_back_as_it_went_in(register: SqlRegister) -> None:
    put(register, FULL)
    found = register.find(CODE)
    assert found is not None
    assert found.dossier == FULL and found.as_of == AS_OF and found.digests == (b"4" + b"d" * 15,)
    assert register.find("H99.16-261117-0024") is None


def test_nobody_sees_a_file_that_is_not_finished(register: SqlRegister) -> None:
    put(register, dossier(procedure="cũ"))
    generation = register.begin("so.csv", NOW)
    register.add(generation, [(dossier(procedure="mới"), ())])
    found = register.find(CODE)
    assert found and found.dossier.procedure == "cũ"
    register.finish(generation, 1, 0, NOW)
    found = register.find(CODE)
    assert found and found.dossier.procedure == "mới" and found.as_of == NOW


def test_nothing_of_an_abandoned_file_stays(register: SqlRegister, sql_place: SqlitePlace) -> None:
    put(register, dossier(procedure="cũ"))
    generation = register.begin("so.csv", NOW)
    register.add(generation, [(dossier(procedure="mới"), ()), (dossier(code="X-1"), ())])
    register.abandon(generation)
    found = register.find(CODE)
    assert found and found.dossier.procedure == "cũ" and register.find("X-1") is None
    assert rows(sql_place) == 1


def test_what_a_newer_file_has_too_is_cleared_and_the_rest_of_the_old_one_stays(
    register: SqlRegister, sql_place: SqlitePlace
) -> None:
    many = [dossier(code=f"H99.16-261117-{n:04d}") for n in range(50)]
    put(register, *many)
    put(register, *many[:20], dossier(code="X-1"))
    assert register.clear(NOW) == 20 and rows(sql_place) == 51
    assert all(register.find(one.code) for one in many) and register.find("X-1")
    assert register.clear(NOW) == 0
    put(register, *many, dossier(code="X-1"))
    register.clear(NOW)
    assert rows(sql_place) == 51 and rows(sql_place, t.dossier_imports) == 1


def test_what_a_dead_program_left_is_cleared_but_not_what_another_is_loading(
    register: SqlRegister, sql_place: SqlitePlace
) -> None:
    generation = register.begin("so.csv", NOW)
    register.add(generation, [(dossier(), ())])
    assert register.clear(NOW + LEFT_LYING - timedelta(seconds=1)) == 0
    assert register.clear(NOW + LEFT_LYING + timedelta(seconds=1)) == 1
    assert rows(sql_place) == 0


def test_dossiers_are_forgotten_after_their_last_date(register: SqlRegister, sql_place: SqlitePlace) -> None:
    put(register, dossier(), dossier(code="X-1", returned=day(25)))
    assert register.forget(date(2026, 11, 20)) == 0
    assert register.forget(date(2026, 11, 21)) == 1
    assert register.find(CODE) is None and register.find("X-1") is not None
    assert register.forget(date(2027, 1, 1)) == 1
    assert rows(sql_place) == 0 and rows(sql_place, t.dossier_imports) == 0


def test_on_sqlite_nothing_of_a_forgotten_dossier_is_left_in_the_files(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("office")
    place = SqlitePlace(folder)
    try:
        place.database.migrate()
        register = SqlRegister(place.database)
        put(register, *(dossier(code=f"H99.16-261117-{n:04d}", contact="PLANTEDCONTACT") for n in range(400)))
        assert b"PLANTEDCONTACT" in b"".join(f.read_bytes() for f in folder.iterdir())
        assert register.forget(date(2027, 1, 1)) == 400
        left = b"".join(f.read_bytes() for f in folder.iterdir())
        assert b"PLANTEDCONTACT" not in left and b"H99.16-261117" not in left
    finally:
        place.close()


def test_a_database_that_fails_is_an_unavailable_source(
    register: SqlRegister, sql_place: SqlitePlace
) -> None:
    with sql_place.database.engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE dossiers"))
    with pytest.raises(SourceUnavailable):
        register.find(CODE)


def test_wrong_factors_are_counted_for_a_day_and_their_codes_not_kept(
    register: SqlRegister, sql_place: SqlitePlace
) -> None:
    tries = SqlTries(sql_place.database, KEY)
    assert [tries.count(CODE, NOW) for _ in range(3)] == [1, 2, 3]
    assert tries.wrong(CODE, NOW) == 3 and tries.wrong("X-1", NOW) == 0
    again = SqlTries(sql_place.database, KEY)
    assert again.wrong(CODE, NOW + TRIES_KEPT - timedelta(seconds=1)) == 3
    assert again.wrong(CODE, NOW + TRIES_KEPT) == 0
    with sql_place.database.engine.connect() as connection:
        (kept,) = connection.execute(sa.select(t.dossier_tries.c.dossier)).scalars()
    assert CODE.encode() not in bytes(kept)
    assert again.count(CODE, NOW + TRIES_KEPT) == 1
    again.forget(CODE)
    assert again.wrong(CODE, NOW) == 0
    again.count(CODE, NOW)
    assert again.sweep(NOW) == 0 and again.sweep(NOW + TRIES_KEPT) == 1
