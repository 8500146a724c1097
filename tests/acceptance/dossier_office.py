"""A real office with a register of invented people; its kiosk has serial line, wedge and camera twin."""

import csv
import os
import subprocess
import sys
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from PIL import Image, ImageFilter
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from queue_server.forms.signed_link import LinkKeys, signed_link
from queue_server.office_file.load import load_office
from queue_server.storage.link_keys import link_keys
from tests.acceptance.kiosk_glass import GOLD_TINT, INK, PAPER, RED, SIZE, Place, RealWindow, Screen
from tests.acceptance.office_process import ROOT, OfficeProcess, free_port, office_file
from tests.acceptance.real_office import RealOffice, with_printer
from tests.fakes.printer_twin import TcpTwin
from tests.ui.running_kiosk import a_display

NAME, PHONE, ID_NUMBER = "Đặng Thuỳ Hương Ly", "0987654321", "001190004321"
CARD = f"{ID_NUMBER}|012345678|{NAME}|02031990|Nữ|Thôn Đông, xã Thanh Bình|01012022|Đặng Văn Bố|Lê Thị Mẹ"
TODAY = date.today()
READY, ASKED = (f"H99.16-{TODAY - timedelta(days=3):%y%m%d}-{n:04d}" for n in (23, 24))
REASON = "Bản sao Giấy chứng nhận quyền sử dụng đất"
GREEN_TINT = (0xE3, 0xF2, 0xE9)

SCAN = Screen("scan", [((0.90, 0.305), INK), ((0.85, 0.40), PAPER), ((0.08, 0.86), PAPER)])
RESULT = Screen("result", [((0.10, 0.136), GREEN_TINT), ((0.08, 0.765), RED), ((0.92, 0.765), RED)])
RESULT_ASKED = Screen("papers missing", [((0.10, 0.136), GOLD_TINT), ((0.08, 0.765), RED)])
TRACK: Place = (0.5, 0.57)
OFFERED: Place = (0.5, 0.765)


def _day(days: int) -> str:
    return f"{TODAY + timedelta(days=days):%d/%m/%Y}"


def write_register(path: Path) -> Path:
    """Two dossiers of one person: a result that is ready, and one that needs papers."""
    header = ["Mã hồ sơ", "Tên TTHC", "Chủ hồ sơ", "Số điện thoại", "Số CCCD", "Lĩnh vực", "Ngày nhận hồ sơ",
              "Ngày hẹn trả kết quả", "Trạng thái", "Ngày yêu cầu bổ sung", "Nội dung bổ sung"]  # fmt: skip
    who = ["Cấp Giấy xác nhận tình trạng hôn nhân", NAME, PHONE, ID_NUMBER, "Hộ tịch"]
    rows = [
        [READY, *who, _day(-3), _day(1), "Đã xử lý xong", "", ""],
        [ASKED, *who, _day(-3), _day(4), "Yêu cầu bổ sung giấy tờ", _day(-1), REASON],
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


class SerialLine:
    """The scanner's end of a serial line."""

    def __init__(self, path: Path) -> None:
        self._ours, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        path.symlink_to(os.ttyname(self._theirs))

    def send(self, text: str) -> None:
        os.write(self._ours, f"]Q1{text}\r\n".encode())

    def close(self) -> None:
        os.close(self._ours)
        os.close(self._theirs)


def photograph(text: str, path: Path) -> None:
    """A receipt's code as a camera sees it: turned, grey, not quite sharp."""
    code = QRCode(error_correction=ERROR_CORRECT_M, box_size=8)
    code.add_data(text)
    picture = code.make_image().get_image().convert("L")
    sheet = Image.new("L", (1280, 960), 205)
    sheet.paste(picture, ((1280 - picture.width) // 2, (960 - picture.height) // 2))
    turned = sheet.rotate(23, Image.Resampling.BICUBIC, fillcolor=205)
    turned.filter(ImageFilter.GaussianBlur(1.6)).point(lambda v: 40 + v * 0.7).save(path)


@dataclass(frozen=True)
class DossierOffice:
    real: RealOffice
    display: str
    line: SerialLine
    file: Path
    """The office file."""
    camera: Path
    """The folder that the camera twin sees."""

    def receipt(self, code: str) -> str:
        """What a receipt's QR holds: the office's own signed address."""
        config, keys = load_office(self.file), link_keys(self.real.process.dir / "secrets")
        return signed_link(config.public_url, config.id, code, LinkKeys(list(keys)[-1], keys))

    def typed_by_a_scanner(self, text: str) -> None:
        """Keys of a keyboard wedge, without a focus of any kind."""
        environment = {**os.environ, "DISPLAY": self.display}
        words = ["type", "--args", "1", "--delay", "4", text, "key", "Return"]
        subprocess.run(["xdotool", *words], env=environment, check=True, timeout=60)


@contextmanager
def dossier_office(folder: Path) -> Iterator[DossierOffice]:
    """Open, its register imported."""
    http, printer = free_port(), TcpTwin(None)
    device, camera = folder / "by-id-scanner", folder / "camera"
    camera.mkdir()
    line = SerialLine(device)
    readers = f'readers = ["wedge", "serial://{device}", "pictures://{camera}"]'
    path = office_file(
        folder,
        **{'public_url = ""': f'public_url = "http://127.0.0.1:{http}"', 'readers = ["wedge"]': readers},
    )
    with_printer(path, printer.port)
    try:
        with a_display(*SIZE) as display:
            process = OfficeProcess(folder, path, environment={"DISPLAY": display}, http=http)
            try:
                process.wait_open()
                imported(process, write_register(folder / "so.csv"))
                real = RealOffice(process, RealWindow(display), printer)
                yield DossierOffice(real, display, line, path, camera)
            finally:
                process.stop()
    finally:
        printer.stop()
        line.close()


def imported(office: OfficeProcess, register: Path) -> None:
    """By the command, as an office does; the file is thrown away after."""
    subprocess.run(
        [sys.executable, "-m", "queue_server.cli", "dossiers", "import", str(register), "--plain",
         "--dir", str(office.dir)],
        cwd=ROOT, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    register.unlink()
