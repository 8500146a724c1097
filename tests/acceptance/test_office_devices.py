"""An office with a LED display, a keypad, a speaker and a spare printer, as real processes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fakes.bus_twin import AsciiDisplays, Wire
from fakes.printer_twin import TcpTwin

from assets.wav import read_wav
from tests.acceptance.office_process import ROOT, Asking, OfficeProcess, office_file, running_office, until

pytestmark = pytest.mark.slow

DEVICES = """
[[printer]]
id = "may-in-3"
name = {{ vi = "Máy in 3", en = "Printer 3" }}
url = "tcp://127.0.0.1:{port}"
fallback = "may-in-4"

[[printer]]
id = "may-in-4"
name = {{ vi = "Máy in 4", en = "Printer 4" }}
url = "file://{folder}/may-in-4.bin?append=1"

[[led]]
id = "led-1"
counter = "q1"
url = "ascii://{bus}?baud=115200"
address = 4

[[led]]
id = "led-2"
counter = "q2"
url = "ascii://{bus}?baud=115200"
address = 5

[[keypad]]
id = "phim-1"
counter = "q1"
url = "simulated:"

[[speaker]]
id = "loa-1"
name = {{ vi = "Loa sảnh", en = "Hall speaker" }}
zone = "sanh"
url = "file://{folder}/said"

[devices]
alert_after_minutes = 0.5
"""


def devices(office: OfficeProcess, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "queue_server.cli", "devices", *words, "--dir", str(office.dir)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def press(office: OfficeProcess, keys: str) -> None:
    pipe = office.dir / "agents" / "agent" / "devices" / "phim-1" / "keys"
    until(pipe.exists, "the keypad's pipe is there")
    end = os.open(pipe, os.O_WRONLY)
    os.write(end, keys.encode())
    os.close(end)


def test_a_key_calls_the_display_shows_the_speaker_says_and_the_spare_prints(tmp_path: Path) -> None:
    wire, printer = Wire(tmp_path), TcpTwin()
    leds = AsciiDisplays(wire, (4,))
    path = office_file(tmp_path)
    bus = wire.near.readlink()
    text = path.read_text("utf-8")
    path.write_text(text + DEVICES.format(port=printer.port, folder=tmp_path, bus=bus), "utf-8")
    try:
        with running_office(tmp_path, path) as office:
            ask = Asking(office)
            ask.open_counter("q1", "lan")
            until(lambda: leds.shown[4].text == ".", "the display says that its counter is open")
            issued = [ask("issue", services=["ho-tich"])["issued"]["ticket"] for _ in range(3)]

            press(office, "N")
            first = issued[0]["number"]
            until(lambda: (leds.shown[4].text, leds.shown[4].blink) == (first, True), "the display calls")
            until(lambda: list((tmp_path / "said").glob("[0-9]*.wav")), "the speaker has said it")
            assert read_wav(next((tmp_path / "said").glob("[0-9]*.wav"))).seconds > 5
            press(office, "X")
            until(lambda: leds.shown[4].text == ".", "no-show: the counter is free")
            third = issued[2]["number"]
            press(office, f"{int(third[1:])}N")
            until(lambda: leds.shown[4].text == third, "the typed number is called out of turn")

            listed = devices(office, "list")
            assert listed.returncode == 1, "led-2 is not on the bus"
            lines = {line.split()[1]: line for line in listed.stdout.splitlines()}
            assert "error=no_answer" in lines["led-2"] and " lost " in lines["led-2"]
            assert {" ready " in lines[one] for one in ("led-1", "phim-1", "loa-1")} == {True}

            printer.become("paper_out")
            ticket = issued[1]["ticket"]
            assert ask("reprint", ticket=ticket, printer="may-in-3")["ok"]
            spare = tmp_path / "may-in-4.bin"
            until(lambda: spare.exists() and spare.stat().st_size > 20_000, "the spare prints it")
            assert printer.mind.slips == []

            tested = devices(office, "test", "led-1")
            assert (tested.stdout, tested.returncode) == ("led-1: ok\n", 0)
            until(lambda: leds.shown[4].test, "the test pattern")
            until(lambda: leds.shown[4].text == third, "and what was there before")
            assert devices(office, "test", "may-in-4").stdout == "may-in-4: unconfirmed\n"
            assert devices(office, "test", "khong-co").stdout == "khong-co: unknown device\n"

            office.kill_server()
            until(lambda: leds.shown[4].text == "----", "without the server nothing old is shown", 30)
            until(lambda: leds.shown[4].text == third, "and it is back", 30)
            ask.close()
    finally:
        leds.stop()
        wire.stop()
        printer.stop()
