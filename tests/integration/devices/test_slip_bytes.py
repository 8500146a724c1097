"""The bytes of a slip, read back by somebody else's parser: the same dots, the same code."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from fakes.slip_samples import DOSSIER_SAMPLES, PAGE, RECEIPT, SAMPLES, drawn
from PIL import Image

from devices.printer.encode import BAND_ROWS, encode
from devices.printer.simulated import SimulatedPrinter

TOOL = Path(__file__).parents[2] / "tools" / "npos"
WHITE_AND_BLACK = bytes.maketrans(b"01", b"\xff\x00")


def judged(data: bytes) -> dict[str, Any]:
    node = shutil.which("node")
    assert node, "node is not installed: apt-get install nodejs npm"
    assert (TOOL / "node_modules" / "npos").is_dir(), "run `make tools` first: npm ci in tests/tools/npos"
    done = subprocess.run(
        [node, "judge.cjs"], cwd=TOOL, input=data, capture_output=True, timeout=60, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def image_of(raster: dict[str, Any]) -> Image.Image:
    dots = "".join(raster["rows"]).encode("ascii").translate(WHITE_AND_BLACK)
    return Image.frombytes("L", (raster["width"], raster["height"]), dots).convert("1")


@pytest.mark.parametrize("dots", [576, 512, 384])
@pytest.mark.parametrize("name", ["ordinary", "longest"])
def test_another_parser_reads_the_very_dots_that_were_drawn(name: str, dots: int) -> None:
    drawing = drawn(SAMPLES[name], dots)
    found = judged(b"".join(encode(drawing)))
    [raster] = found["rasters"]
    read = image_of(raster)
    assert read.size == drawing.size
    assert read.tobytes() == drawing.tobytes()
    [code] = zxingcpp.read_barcodes(read.convert("L"))
    assert code.text == PAGE


@pytest.mark.parametrize("dots", [576, 512, 384])
@pytest.mark.parametrize("name", ["receipt", "guidance", "longest-receipt"])
def test_another_parser_reads_a_dossiers_slip_and_its_signed_address(name: str, dots: int) -> None:
    drawing = drawn(DOSSIER_SAMPLES[name], dots)
    [raster] = judged(b"".join(encode(drawing)))["rasters"]
    read = image_of(raster)
    assert read.tobytes() == drawing.tobytes()
    [code] = zxingcpp.read_barcodes(read.convert("L"))
    assert code.text == RECEIPT.qr


def test_a_slip_starts_fresh_goes_in_bands_and_ends_with_feed_and_cut() -> None:
    drawing = drawn()
    bands = -(-drawing.height // BAND_ROWS)
    found = judged(b"".join(encode(drawing)))
    assert found["commands"] == ["ESC@", "GSa", *["GSv0"] * bands, "ESCd", "GSV"]


def test_the_simulated_printer_writes_those_bytes_and_that_picture(tmp_path: Path) -> None:
    drawing = drawn()
    SimulatedPrinter(tmp_path, 576).print_slip(drawing, "job-1")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["job-1.bin", "job-1.png"]
    [raster] = judged((tmp_path / "job-1.bin").read_bytes())["rasters"]
    with Image.open(tmp_path / "job-1.png") as picture:
        assert picture.mode == "1"
        assert image_of(raster).tobytes() == picture.tobytes() == drawing.tobytes()
