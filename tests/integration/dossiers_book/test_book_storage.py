"""What the book promises on every database: once, without gaps, and forgettable."""

import base64
import gzip
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa
from fakes.dossier_book import APPLICANT, BIRTH, FRIDAY, ID_NUMBER, NAME, PHONE, RULES, asked, config, form

from queue_server.dossiers.book_movements import No, decide
from queue_server.dossiers.book_ports import BookFailed, Decide
from queue_server.dossiers.book_reception import Private, Reception, reception
from queue_server.dossiers.book_table import Kind
from queue_server.storage.backup import backup
from queue_server.storage.database import Database
from queue_server.storage.dossier_book import SqlBook
from queue_server.storage.dossier_book_tables import book_dossiers, book_movements, book_numbers, book_words
from queue_server.storage.dossiers import SqlRegister
from queue_server.storage.restore import restore
from tests.fakes.dossiers import dossier

CONFIG = config()
KEY = b"k" * 32
TODAY = date(2026, 11, 20)
_n = count(1)


def press() -> str:
    return f"web-lan-press{next(_n):04d}"


def made(procedure: str = "1.004873", **changes: object) -> Reception:
    found = reception(CONFIG, form(procedure), "lan", FRIDAY)
    assert isinstance(found, Reception)
    return replace(found, **changes)  # type: ignore[arg-type]


def wish(kind: Kind, expected: int, **more: object) -> Decide:
    return lambda state: decide(state, asked(kind, expected, **more), "lan", FRIDAY)  # type: ignore[arg-type]


def numbers(database: Database) -> dict[str, list[int]]:
    """Every series as it was given, in order."""
    d, m = book_dossiers, book_movements
    with database.engine.connect() as connection:
        rows = connection.execute(sa.select(d.c.receipt, d.c.control, d.c.field, d.c.line)).all()
        guides = connection.execute(sa.select(m.c.number).where(m.c.number.is_not(None))).scalars()
        found = {
            "receipt": sorted(r.receipt for r in rows),
            "control": sorted(r.control for r in rows),
            "guidance": sorted(int(g) for g in guides if g is not None),
        }
    for field in {r.field for r in rows}:
        found[field] = sorted(r.line for r in rows if r.field == field)
    return found


def gapless(database: Database) -> bool:
    return all(given == list(range(1, len(given) + 1)) for given in numbers(database).values())


def test_a_dossier_is_kept_with_code_numbers_and_place(opened: Callable[..., SqlBook]) -> None:
    book = opened()
    kept = book.load(book.receive(press(), made(), RULES))
    assert kept is not None
    assert (kept.code, str(kept.receipt), str(kept.control)) == ("H99.16-261120-0001", "1/TNHS", "1/KSGQHS")
    assert (kept.place.field, kept.place.year, kept.place.book, kept.place.line) == ("Hộ tịch", 2026, 1, 1)
    assert kept.private is not None and kept.private.applicant == APPLICANT
    assert kept.movements[0].kind is Kind.RECEIVED and kept.movements[0].by == "lan"
    assert book.by_code(kept.code) == kept == book.by_receipt(1, 2026) == book.latest(5)[0]


def test_a_press_repeated_registers_once(opened: Callable[..., SqlBook], database: Database) -> None:
    book, command = opened(), press()
    assert book.receive(command, made(), RULES) == book.receive(command, made(BIRTH), RULES)
    assert numbers(database)["receipt"] == [1]


def test_a_movement_repeated_moves_once(opened: Callable[..., SqlBook]) -> None:
    book, command = opened(), press()
    id_ = book.receive(press(), made(), RULES)
    first = book.move(command, id_, TODAY, wish(Kind.RESULT_RETURNED, 1))
    again = book.move(command, id_, TODAY, wish(Kind.RESULT_RETURNED, 1))
    assert first == again and isinstance(first, tuple) and len(first) == 2
    kept = book.load(id_)
    assert kept is not None and len(kept.movements) == 3


def test_what_is_refused_or_unknown_changes_nothing(opened: Callable[..., SqlBook]) -> None:
    book = opened()
    id_ = book.receive(press(), made(), RULES)
    assert book.move(press(), id_, TODAY, wish(Kind.SUPPLIED, 1)) is No.NOT_NOW
    assert book.move(press(), "d-nothing", TODAY, wish(Kind.RESULT_READY, 1)) is None
    kept = book.load(id_)
    assert kept is not None and len(kept.movements) == 1


def test_two_officers_at_one_moment_get_neighbouring_numbers(
    opened: Callable[..., SqlBook], database: Database
) -> None:
    books, start = [opened() for _ in range(4)], threading.Barrier(4)
    failed: list[BaseException] = []

    def officer(book: SqlBook, who: int) -> None:
        start.wait(30)
        try:
            for n in range(8):
                procedure = (BIRTH, "2.000815")[(n + who) % 2]
                found = reception(CONFIG, form(procedure, due_day=TODAY), "lan", FRIDAY)
                assert isinstance(found, Reception), found
                id_ = book.receive(f"web-{who}-number-{n:04d}", found, RULES)
                assert isinstance(book.move(press(), id_, TODAY, wish(Kind.SUPPLEMENT_ASKED, 1)), tuple)
        except BaseException as problem:
            failed.append(problem)

    threads = [threading.Thread(target=officer, args=(b, n)) for n, b in enumerate(books)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failed and gapless(database)
    assert {len(given) for given in numbers(database).values()} == {16, 32}


def test_the_same_press_at_one_moment_on_two_machines_registers_once(
    opened: Callable[..., SqlBook], database: Database
) -> None:
    books, start, ids = [opened() for _ in range(4)], threading.Barrier(4), set()
    command = press()

    def again(book: SqlBook) -> None:
        start.wait(30)
        ids.add(book.receive(command, made(), RULES))

    threads = [threading.Thread(target=again, args=(b,)) for b in books]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(ids) == 1 and numbers(database)["receipt"] == [1]


class Crash(BaseException):
    """The power goes."""


STEPS = ("code", "control", "line", "receipt", "dossier", "words", "guidance", "movements", "moved")


@pytest.mark.parametrize("where", STEPS)
def test_a_crash_between_any_two_writes_leaves_no_gap_and_no_half(
    opened: Callable[..., SqlBook], database: Database, where: str
) -> None:
    def crash(step: str) -> None:
        if step == where:
            raise Crash

    sound, broken = opened(), opened(crash)
    id_ = sound.receive(press(), made(), RULES)
    command, again = press(), press()
    with pytest.raises(Crash):
        broken.receive(command, made(BIRTH), RULES)
        broken.move(again, id_, TODAY, wish(Kind.SUPPLEMENT_ASKED, 1))
    sound.receive(command, made(BIRTH), RULES)
    assert isinstance(sound.move(again, id_, TODAY, wish(Kind.SUPPLEMENT_ASKED, 1)), tuple)
    sound.receive(press(), made(BIRTH), RULES)
    assert gapless(database) and numbers(database)["receipt"] == [1, 2, 3]


def test_numbers_begin_again_with_the_year_and_codes_with_the_day(opened: Callable[..., SqlBook]) -> None:
    book = opened()
    ids = [
        book.receive(press(), made(day=day), RULES)
        for day in (date(2026, 12, 30), date(2026, 12, 31), date(2026, 12, 31), date(2027, 1, 4))
    ]
    kept = [book.load(id_) for id_ in ids]
    assert [(k.receipt.year, k.receipt.number, k.code[-11:]) for k in kept if k] == [
        (2026, 1, "261230-0001"),
        (2026, 2, "261231-0001"),
        (2026, 3, "261231-0002"),
        (2027, 1, "270104-0001"),
    ]


def test_a_full_book_is_followed_by_the_next_and_lines_count_on(opened: Callable[..., SqlBook]) -> None:
    book = opened()
    for _ in range(4):
        book.receive(press(), made(), RULES)
    places = [(k.place.book, k.place.line) for k in book.register("Hộ tịch", 2026)]
    assert places == [(1, 1), (1, 2), (1, 3), (2, 4)]
    (name,) = book.registers()
    assert (name.field, name.year, name.dossiers) == ("Hộ tịch", 2026, 4)


def test_a_code_that_the_imported_register_has_is_not_given_again(
    opened: Callable[..., SqlBook], database: Database
) -> None:
    register = SqlRegister(database)
    generation = register.begin("so.csv", FRIDAY)
    register.add(generation, [(dossier(code="H99.16-261120-0001"), ())])
    register.finish(generation, 1, 0, FRIDAY)
    book = opened()
    kept = book.load(book.receive(press(), made(), RULES))
    assert kept is not None and kept.code == "H99.16-261120-0002" and kept.receipt.number == 1


def test_a_correction_replaces_the_sheet_and_nothing_else(opened: Callable[..., SqlBook]) -> None:
    book = opened()
    id_ = book.receive(press(), made(), RULES)
    sheet = Private(replace(APPLICANT, name="Nguyễn Thị Hường"))
    book.move(press(), id_, TODAY, wish(Kind.CORRECTED, 1, reason="Sai dấu"), sheet)
    kept = book.load(id_)
    assert kept is not None and kept.private == sheet and kept.movements[1].said.reason == "Sai dấu"


def test_a_dossier_past_its_time_is_forgotten_and_its_line_stays(
    opened: Callable[..., SqlBook], database: Database
) -> None:
    book = opened()
    old = book.receive(press(), made(last_day=date(2024, 1, 5)), RULES)
    new = book.receive(press(), made(), RULES)
    assert book.forget(date(2024, 2, 1)) == 1 and book.forget(date(2024, 2, 1)) == 0
    gone, there = book.load(old), book.load(new)
    assert gone is not None and gone.private is None and gone.receipt.number == 1
    assert there is not None and there.private is not None
    assert book.by_code(gone.code) is None
    assert book.move(press(), old, TODAY, wish(Kind.RESULT_READY, 1)) is No.FORGOTTEN
    with database.engine.connect() as connection:
        assert set(connection.execute(sa.select(book_words.c.dossier)).scalars()) == {new}
    assert gapless(database)


def test_a_later_movement_keeps_a_dossier_longer(opened: Callable[..., SqlBook]) -> None:
    book = opened()
    id_ = book.receive(press(), made(last_day=date(2024, 1, 5)), RULES)
    book.move(press(), id_, date(2024, 6, 1), wish(Kind.FORWARDED, 1))
    assert book.forget(date(2024, 2, 1)) == 0


def test_words_do_not_open_with_another_key(opened: Callable[..., SqlBook], database: Database) -> None:
    id_ = opened().receive(press(), made(), RULES)
    with pytest.raises(BookFailed):
        SqlBook(database, b"x" * 32).load(id_)


def test_a_database_that_is_gone_is_said_so(database: Database) -> None:
    book = SqlBook(database, KEY)
    with database.engine.begin() as connection:
        connection.execute(sa.schema.DropTable(book_numbers))
    with pytest.raises(BookFailed):
        book.receive(press(), made(), RULES)


def test_nothing_of_the_applicant_is_readable_in_the_file(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'office.db'}")
    database.migrate()
    book = SqlBook(database, KEY)
    id_ = book.receive(press(), made(), RULES)
    book.move(press(), id_, TODAY, wish(Kind.REFUSED, 1, reason=f"{NAME} xin thôi"))
    database.close()
    left = b"".join(path.read_bytes() for path in sorted(tmp_path.iterdir()))
    for secret in (NAME, ID_NUMBER, PHONE, "Thôn 3", "giang@example.vn"):
        raw = secret.encode()
        assert raw not in left and base64.b64encode(raw)[:-4] not in left and gzip.compress(raw) not in left


def test_a_backup_holds_the_book_of_either_database(
    opened: Callable[..., SqlBook], database: Database, tmp_path: Path
) -> None:
    kept = opened().load(opened().receive(press(), made(), RULES))
    backup(database, tmp_path / "backup.zip")
    (tmp_path / "new").mkdir()
    again = Database(f"sqlite:///{tmp_path / 'new' / 'office.db'}")
    restore(tmp_path / "backup.zip", again)
    assert kept is not None and SqlBook(again, KEY).load(kept.id) == kept
    again.close()


def test_a_long_register_is_read_in_order(opened: Callable[..., SqlBook]) -> None:
    book = opened()
    for n in range(12):
        book.receive(press(), made(received_at=FRIDAY + timedelta(minutes=n)), RULES)
    assert [k.place.line for k in book.register("Hộ tịch", 2026)] == list(range(1, 13))
    assert [k.place.line for k in book.latest(3)] == [12, 11, 10]
