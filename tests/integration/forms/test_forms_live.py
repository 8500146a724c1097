"""A dossier entered at a counter, its forms printed, its QR opened by a phone, on real processes."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import zxingcpp
from fakes.printed import Printed
from PIL import Image

from queue_server.codes.classify import classify
from queue_server.codes.kinds import DossierCode
from queue_server.office_dir import OfficeDir
from tests.acceptance.office_process import COMMUNE, OfficeProcess, until

pytestmark = pytest.mark.slow
NAME, PHONE, ID_NUMBER = "Đặng Thị Kiều Oanh", "0987654321", "001190987654"
FORM = {
    "procedure": "1.001193",
    "name": NAME,
    "phone": PHONE,
    "id_number": ID_NUMBER,
    "address": "Thôn Đông, xã Thanh Bình",
    "paper_name": "Giấy chứng sinh",
    "paper_originals": "1",
    "paper_copies": "1",
    "request_id": "live-test-0001",
}


class Clerk:
    """The demo's officer, signed in over HTTP."""

    def __init__(self, base: str) -> None:
        self.http = httpx.Client(base_url=base, timeout=60)
        assert self.http.post("/demo/enter/officer").status_code == 200
        page = self.http.get("/dossiers/new", headers={"accept": "text/html"}).text
        [self.csrf] = re.findall(r'data-csrf="([^"]+)"', page)
        self.page = page

    def post(self, path: str, **fields: str) -> httpx.Response:
        return self.http.post(path, data={"csrf": self.csrf, **fields})

    def receive(self) -> str:
        """Enter the dossier (the due day is shown once before it is taken); its opaque id."""
        shown = ""
        for _ in range(3):
            answer = self.post("/dossiers", due_shown=shown, **FORM)
            if answer.status_code == 303:
                return answer.headers["location"].removeprefix("/dossiers/").partition("?")[0]
            [shown] = re.findall(r'name="due_shown"[^>]*value="([^"]*)"', answer.text)
        raise AssertionError(answer.text)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OfficeProcess]:
    made = OfficeProcess(tmp_path, COMMUNE, "--demo", "--headless")
    try:
        made.wait_open()
        yield made
    finally:
        made.stop()


def test_from_the_counter_to_the_phone(office: OfficeProcess, tmp_path: Path) -> None:
    clerk = Clerk(office.base)
    id_ = clerk.receive()

    receipt = clerk.http.get(f"/dossiers/{id_}/receipt.pdf")
    assert receipt.status_code == 200, receipt.text
    paper = Printed(receipt.content, tmp_path)
    said = paper.text()
    assert NAME in said and PHONE in said and "Giấy chứng sinh" in said
    [link, second] = paper.codes()
    assert link == second and link.startswith(f"{office.base}/h/")
    code = classify(link)
    assert isinstance(code, DossierCode) and code.code in said

    phone = httpx.get(link)
    assert phone.status_code == 200 and code.code in phone.text
    assert "Đ*** T** K*** O***" in phone.text
    assert NAME not in phone.text and PHONE not in phone.text
    forged = httpx.get(link[:-1] + ("A" if link[-1] != "A" else "B"))
    assert forged.status_code == 403 and "Mã QR này không đúng" in forged.text

    control = clerk.http.get(f"/dossiers/{id_}/control.pdf")
    assert control.status_code == 200 and control.content.startswith(b"%PDF")
    page = clerk.http.get("/dossiers/registers").text
    registers = re.findall(r'href="(/dossiers/register\.pdf\?[^"]+)"', page)
    printed = [
        Printed(clerk.http.get(one.replace("&amp;", "&")).content, tmp_path).text() for one in registers
    ]
    assert [code.code in said and NAME in said for said in printed].count(True) == 1

    sent = clerk.post(f"/dossiers/{id_}/slip", id="live-slip-0001", what="receipt", printer="may-in-1").json()
    job = sent["job"]

    def outcome() -> str:
        got = clerk.http.get(f"/dossier-slips/{job}").json()["outcome"]
        return "" if got == "waiting" else str(got)

    assert until(outcome, "the slip has its outcome", 30) == "printed"
    slip = (OfficeDir(office.dir).slips / f"{job}.png").read_bytes()
    [read] = zxingcpp.read_barcodes(Image.open(io.BytesIO(slip)).convert("L"))
    assert read.text == link

    for left in office.dir.rglob("*"):
        if left.is_file() and not left.is_socket():
            body = left.read_bytes()
            assert NAME.encode() not in body and ID_NUMBER.encode() not in body, left.name
