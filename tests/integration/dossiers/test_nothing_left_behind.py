"""A whole visit about a dossier, through every program of the server: what it leaves names nobody."""

import json
import re
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import httpx
import pytest
from fakes.dossiers import HEADER, ID_NUMBER, NAME, PHONE, form_row, write_csv
from fakes.provincial import Provincial, provincial

from queue_server.clock import new_id
from queue_server.dossier_room import watched_folder
from queue_server.dossiers.watch import REPORT
from tests.acceptance.office_process import ROOT, OfficeProcess, office_file, running_server, until, verified
from tests.integration.dossiers.left_behind import found
from tests.integration.dossiers.test_look_up_for_real import Kiosk, kiosk_of

pytestmark = pytest.mark.slow
CODE = "H99.16-261116-0777"
PLANTED = (NAME, ID_NUMBER, PHONE)
ASKED = "Bản sao Giấy khai sinh của con"
COUNTER, SERVICE = "q3", "nhan-ket-qua"


class Officer:
    """The first administrator, who sits at a counter, over HTTP as the console does it."""

    def __init__(self, office: OfficeProcess) -> None:
        self.web = httpx.Client(base_url=office.base, follow_redirects=True, trust_env=False, timeout=20)
        login, password = (office.dir / "secrets" / "first-sign-in.txt").read_text().split()
        page = self.web.post("/sign-in", data={"login": login, "password": password}).text
        own = "mot-cua-2026-rieng"
        form = {"csrf": self._token(page), "old": password, "new": own, "again": own}
        assert self.web.post("/password", data=form).status_code == 200
        self.web.headers["x-csrf-token"] = self._token(self.web.get("/counter").text)
        self.web.headers["accept"] = "application/json"

    @staticmethod
    def _token(page: str) -> str:
        told = re.search(r'(?:data-csrf|name="csrf" value)="([^"]+)"', page)
        assert told is not None
        return told[1]

    def do(self, verb: str, **fields: Any) -> None:
        body = {"id": new_id()[:32], "counter": COUNTER, **fields}
        answer = self.web.post(f"/do/{verb}", json=body)
        assert answer.json()["ok"], answer.text

    def dossier(self, act: str = "", **fields: Any) -> dict[str, Any]:
        path = f"/counter/{COUNTER}/dossier"
        answer = self.web.post(f"{path}/{act}", json=fields) if act else self.web.get(path)
        made: dict[str, Any] = answer.json()
        return made


def issue(kiosk: Kiosk, **fields: Any) -> dict[str, Any]:
    made: dict[str, Any] = kiosk.ask("issue", services=[SERVICE], wants_slip=False, **fields)
    return made


def motcua(office: OfficeProcess, *words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "queue_server.cli", *words, "--dir", str(office.dir)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip


def tables_with(office: OfficeProcess, text: str) -> set[str]:
    connection = sqlite3.connect(office.dir / "office.db")
    try:
        names = [n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {n for n in names if text in repr(connection.execute(f'SELECT * FROM "{n}"').fetchall())}
    finally:
        connection.close()


def visit(office: OfficeProcess, system: Provincial) -> None:
    """Look-up, factor, ticket, call, name, unlock, served: all that touches the planted texts."""
    system.record |= {
        "MaHoSo": CODE,
        "TrangThaiHoSo": "5",
        "DinhDanhCHS": [{"SoDinhDanh": ID_NUMBER}],
        "DanhSachHoSoBoSung": [{"NoiDungBoSung": ASKED, "NgayBoSung": "20261118"}],
    }
    folder = watched_folder(office.dir)
    write_csv(folder / "so.csv", [[*HEADER, "Số CCCD"], [*form_row(1), ID_NUMBER]])
    until((folder / ("so.csv" + REPORT)).exists, "the register is imported")
    with kiosk_of(office) as kiosk:
        assert kiosk.look(CODE)["looked"]["factor"] == "wanted"
        for wrong in ("9990", "9991", "9992"):
            locked = kiosk.look(CODE, wrong)["looked"]
        assert locked["factor"] == "locked"
        id_ = new_id()
        ticket = issue(kiosk, id=id_, dossier=CODE)["issued"]["ticket"]["ticket"]
        assert issue(kiosk, id=id_, dossier=CODE)["issued"]["ticket"]["ticket"] == ticket

        officer = Officer(office)
        for verb in ("sign-on", "open", "next"):
            officer.do(verb)
        seen = officer.dossier()
        assert seen["ticket"] == ticket and seen["dossier"]["supplements"][0]["reason"] == ASKED
        assert seen["dossier"]["locked"] and NAME not in json.dumps(seen, ensure_ascii=False)
        assert officer.dossier("name", ticket=ticket)["dossier"]["name"]["full"] == NAME
        assert officer.dossier("unlock", ticket=ticket)["dossier"]["locked"] is None
        officer.do("start", expected=ticket)
        officer.do("end", expected=ticket)
        assert officer.dossier()["dossier"] is None
        opened = kiosk.look(CODE, ID_NUMBER)["looked"]
        assert opened["factor"] == "right" and opened["protected"]["supplements"][0]["reason"] == ASKED


def test_a_visit_leaves_no_name_and_no_number_anywhere(tmp_path: Path) -> None:
    with provincial() as system:
        section = f"""[dossiers.provincial]
url = "{system.url}"
"""
        texts = {
            'sources = ["book", "register"]': 'sources = ["register", "provincial"]',
            "# ---------------------------------------------------------------- Mạng, lưu trữ": section,
        }
        office_toml = office_file(tmp_path, **texts)
        with running_server(tmp_path, {}, office_toml) as office:
            visit(office, system)
            motcua(office, "backup", str(tmp_path / "backup.zip"))
            motcua(office, "journal", "export", str(tmp_path / "export.jsonl"))
            assert verified(office)
            assert (tmp_path / "export.jsonl").stat().st_size > 1000
            assert found(tmp_path, *PLANTED) == []
        assert found(tmp_path, *PLANTED) == []
        logged = "".join(path.read_text() for path in tmp_path.rglob("*.log"))
        assert "looked_up" in logged and not any(one in logged for one in (CODE, ASKED))
        assert tables_with(office, CODE) == {"ticket_dossiers"} and tables_with(office, ASKED) == set()
        assert CODE not in (tmp_path / "export.jsonl").read_text("utf-8") and found(tmp_path, CODE) != []

        with sqlite3.connect(office.dir / "office.db") as database:
            database.execute("PRAGMA secure_delete=ON")
            database.execute("UPDATE ticket_dossiers SET day = '2020-01-01'")
        database.close()
        with running_server(tmp_path, {}, office_toml) as office:

            def forgotten() -> bool:
                return '"ticket_dossiers": 1' in "".join(p.read_text() for p in tmp_path.rglob("*.log"))

            until(forgotten, "the ticket's dossier is forgotten")
            assert found(office.dir, CODE) == []
        assert found(tmp_path, CODE, *PLANTED) == [] and verified(office)


def test_the_search_looks_into_a_backup(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "office.db")
    database.execute("CREATE TABLE t (x)")
    database.execute("INSERT INTO t VALUES (?)", (NAME,))
    database.commit()
    database.close()
    with zipfile.ZipFile(tmp_path / "backup.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(tmp_path / "office.db", "office.db")
    (tmp_path / "office.db").unlink()
    assert any("backup.zip!office.db" in hit for hit in found(tmp_path, NAME))
