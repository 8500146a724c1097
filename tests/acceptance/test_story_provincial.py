"""A citizen asks while the province's system misbehaves: the last answer with its age, in time."""

from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from fakes.dossiers import CODE, HEADER, NAME, PHONE, form_row, write_csv
from fakes.provincial import SILENT_S, provincial

from queue_server.dossier_room import watched_folder
from queue_server.dossiers.watch import REPORT
from tests.acceptance.office_process import office_file, running_server, until
from tests.integration.dossiers.left_behind import found
from tests.integration.dossiers.test_look_up_for_real import kiosk_of

pytestmark = pytest.mark.slow
TOKEN = "bi-mat-cua-tinh-7f3a91"
OWN = "H99.16-261117-0001"


def answered(looked: dict[str, Any]) -> dict[str, Any] | None:
    """A look-up that found something, not the province too slow on a busy machine."""
    return looked if looked["outcome"] == "found" else None


def test_a_look_up_is_answered_while_the_province_misbehaves(tmp_path: Path) -> None:
    with provincial() as system:
        section = f"""[dossiers.provincial]
name = {{ vi = "Hệ thống của tỉnh", en = "the province" }}
url = "{system.url}"
token_file = "secrets/provincial.token"
fresh_minutes = 0
answer_seconds = 1
"""
        office = office_file(
            tmp_path,
            **{
                'sources = ["book", "register"]': 'sources = ["register", "provincial"]',
                "# ---------------------------------------------------------------- Mạng, lưu trữ": section,
            },
        )
        with running_server(tmp_path, {}, office) as running, kiosk_of(running) as kiosk:
            secret = running.dir / "secrets" / "provincial.token"
            secret.write_text(TOKEN, encoding="ascii")
            folder = watched_folder(running.dir)
            write_csv(folder / "so.csv", [HEADER, form_row(1)])
            until((folder / ("so.csv" + REPORT)).exists, "the register is imported")

            first = until(lambda: answered(kiosk.look(CODE)["looked"]), "the province answers", every_s=6.5)
            assert first["unreachable"] == []
            assert first["dossier"]["chip"]["words"]["vi"] == "Đã có kết quả"
            assert first["dossier"]["source"]["vi"] == "Hệ thống của tỉnh"
            assert system.asked[-1].headers["authorization"] == f"Bearer {TOKEN}"

            with kiosk_of(running, "kiosk-2") as other:
                for way in ("silent", "error", "half", "redirect"):
                    system.way = way
                    began = monotonic()
                    again = kiosk.look(CODE)["looked"]
                    assert monotonic() - began < SILENT_S / 2
                    assert again["dossier"]["as_of"] == first["dossier"]["as_of"]
                    assert again["dossier"]["status"] == 9
                    own = other.look(OWN)["looked"]
                    assert own["outcome"] == "found" and own["dossier"]["code"] == OWN
            unknown = kiosk.look("H99.99-261117-0099")["looked"]
            assert unknown["outcome"] == "unavailable"
            assert [one["vi"] for one in unknown["unreachable"]] == ["Hệ thống của tỉnh"]

            system.way = "well"

            def asked_again() -> bool:
                """A code may be asked for ten times a minute, and the province is left alone for a while."""
                return bool(kiosk.look(CODE)["looked"]["dossier"]["as_of"] != first["dossier"]["as_of"])

            until(asked_again, "the province is asked again", every_s=6.5)
            for pid in running.pids():
                assert TOKEN not in Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
            secret.unlink()
            assert found(tmp_path, TOKEN, NAME, PHONE) == []
        assert system.followed == []
    logged = "".join(path.read_text() for path in tmp_path.rglob("*.log"))
    assert "unanswered" in logged and CODE not in logged
