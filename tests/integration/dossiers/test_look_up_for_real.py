"""A real office: a register dropped into its folder, look-ups by a kiosk, and what they leave behind."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from fakes.dossiers import HEADER, ID_NUMBER, NAME, PHONE, form_row, write_csv

from queue_server.clock import new_id
from queue_server.contract.topics import Topics
from queue_server.dossier_room import watched_folder
from queue_server.dossiers.watch import REPORT
from queue_server.link.client import PahoLink
from queue_server.link.ports import Address, Credentials, LinkState
from queue_server.link.requests import Requester
from queue_server.office_dir import OfficeDir
from queue_server.storage import tables as t
from queue_server.storage.database import Database, sqlite_url
from queue_server.storage.verify import verify
from tests.acceptance.office_process import OfficeProcess, running_server, until
from tests.integration.dossiers.left_behind import dresses, found

pytestmark = pytest.mark.slow

ASKED = "Bản sao Giấy khai sinh của con"


class Kiosk:
    """A kiosk's account on the broker."""

    def __init__(self, office: OfficeProcess, user: str = "kiosk-1") -> None:
        account = OfficeDir(office.dir).account(user)
        self._topics, self._user = Topics("thanh-binh"), user
        self.link = PahoLink(
            Address("127.0.0.1", office.mqtt), f"{user}-{new_id()}", Credentials(user, account.password)
        )
        self._requester = Requester(
            self.link, self._topics.reply(user), lambda raw: str(json.loads(raw).get("id"))
        )
        self.link.start()
        until(lambda: self.link.state is LinkState.ONLINE, "the kiosk is online")

    def look(self, code: str, factor: str | None = None) -> dict[str, Any]:
        return self.ask("dossier-lookup", code=code, second_factor=factor)

    def ask(self, verb: str, **fields: Any) -> dict[str, Any]:
        body = {"id": new_id(), **fields}
        topic = self._topics.request(self._user, verb)
        asked = self._requester.ask(topic, json.dumps(body).encode(), body["id"], timedelta(seconds=20))
        reply: dict[str, Any] = json.loads(asked)
        return reply


@contextmanager
def kiosk_of(office: OfficeProcess, user: str = "kiosk-1") -> Iterator[Kiosk]:
    kiosk = Kiosk(office, user)
    try:
        yield kiosk
    finally:
        kiosk.link.stop()


def register(folder: Path) -> Path:
    header = [*HEADER, "Số CCCD", "Nội dung bổ sung", "Ngày yêu cầu bổ sung", "Trạng thái"]
    rows = [
        [*form_row(1), ID_NUMBER, ASKED, "18/11/2026", "5"],
        [*form_row(2, c11="19/11/2026"), ID_NUMBER, "", "", ""],
        [*form_row(3, c8="hôm qua"), ID_NUMBER, "", "", ""],
    ]
    return write_csv(folder / "so-thang-11.csv", [header, *rows])


def test_a_register_dropped_into_the_folder_is_looked_up_and_leaves_no_name_or_number(tmp_path: Path) -> None:
    with running_server(tmp_path, {}) as office, kiosk_of(office) as kiosk:
        folder = watched_folder(office.dir)
        register(folder)
        report = folder / ("so-thang-11.csv" + REPORT)
        until(report.exists, "the register is imported")
        said = report.read_text("utf-8")
        assert "đã nhập 2 hồ sơ, 1 dòng lỗi" in said and "dòng 4, cột Ngày nhận hồ sơ" in said
        assert not (folder / "so-thang-11.csv").exists()

        closed = kiosk.look("H99.16-261117-0001")["looked"]
        assert closed["outcome"] == "found" and closed["factor"] == "wanted"
        assert closed["dossier"]["applicant"] == "N**** T** H**** G****"
        assert ASKED not in json.dumps(closed, ensure_ascii=False)
        assert kiosk.look("H99.16-261117-0001", "9999")["looked"]["tries_left"] == 2
        with kiosk_of(office, "kiosk-2") as other:
            assert other.look("H99.16-261117-0001", "9998")["looked"]["tries_left"] == 1
        opened = kiosk.look("H99.16-261117-0001", ID_NUMBER)["looked"]
        assert opened["factor"] == "right" and opened["protected"]["supplements"][0]["reason"] == ASKED
        assert kiosk.look("H99.16-261117-0002")["looked"]["dossier"]["status"] == 9
        assert kiosk.look("H99.16-261117-0777")["looked"]["outcome"] == "not_found"
        running = office.dir
        assert found(tmp_path, NAME, ID_NUMBER, PHONE) == []
    assert found(tmp_path, NAME, ID_NUMBER, PHONE) == []
    logged = "".join(p.read_text() for p in tmp_path.rglob("*.log"))
    assert "looked_up" in logged and "H99.16-261117" not in logged and ASKED not in logged
    kept = found(tmp_path, ASKED)
    assert kept and all("office.db" in where for where in kept), kept
    _only_in_dossier_tables(running)


def _only_in_dossier_tables(directory: Path) -> None:
    """What the office asks stands in the table of dossiers and nowhere else; so does every code."""
    database = Database(sqlite_url(directory))
    try:
        with database.engine.connect() as connection:
            for table in t.metadata.sorted_tables:
                if table in (t.dossiers, t.dossier_imports):
                    continue
                rows = repr(connection.execute(sa.select(table)).all())
                assert ASKED not in rows and "H99.16-261117-00" not in rows, table.name
        public = (directory / "secrets" / "signing.pub").read_text().strip()
        assert verify(database, public) == []
    finally:
        database.close()


def test_guessing_is_slowed_and_told_to_the_staff(tmp_path: Path) -> None:
    with running_server(tmp_path, {}) as office, kiosk_of(office) as kiosk:
        replies = [kiosk.look(f"G2{n}.99-261117-0001") for n in range(7)]
        assert [r["ok"] for r in replies] == [True] * 6 + [False]
        assert replies[6]["refusal"]["code"] == "too_often"
        assert int(replies[6]["refusal"]["detail"]["wait_s"]) > 0

        def told() -> bool:
            database = Database(sqlite_url(office.dir))
            try:
                with database.engine.connect() as connection:
                    rows = connection.execute(sa.select(t.journal.c.data)).scalars()
                    return any("dossier_guessing" in data and "kiosk-1" in data for data in rows)
            finally:
                database.close()

        until(told, "the staff is told")


def test_deleting_by_retention_leaves_nothing_and_breaks_no_chain(tmp_path: Path) -> None:
    old = date.today().replace(year=date.today().year - 4)
    header = [*HEADER, "Nội dung bổ sung"]
    row = [*form_row(1, c8=f"{old:%d/%m/%Y}", c9=""), ASKED]
    with running_server(tmp_path, {}) as office:
        folder = watched_folder(office.dir)
        write_csv(folder / "so.csv", [header, row])
        until((folder / ("so.csv" + REPORT)).exists, "the register is imported")
    assert found(tmp_path, ASKED) != []
    with running_server(tmp_path, {}) as office:

        def forgotten() -> bool:
            return '"dossiers": 1' in "".join(p.read_text() for p in tmp_path.rglob("*.log"))

        until(forgotten, "the old dossier is forgotten")
    assert found(tmp_path, ASKED) == []
    _only_in_dossier_tables(office.dir)


def test_the_search_finds_what_it_looks_for(tmp_path: Path) -> None:
    for name, dress in dresses(NAME):
        (tmp_path / "file").write_bytes(b"before" + dress + b"after")
        assert found(tmp_path, NAME), name
