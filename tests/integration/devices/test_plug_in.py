"""The plug-in of docs/devices.md, installed as it says there, keeps the promises of the kit."""

import os
import re
import select
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from fakes.bus_twin import Wire

from devices.agent.config import BadConfig, load_config
from devices.display.ports import Displays, Shown
from devices.drivers import BadAddress, Place, open_displays, open_keys
from devices.promises import DisplayPromises

DOCS = Path(__file__).parents[3] / "docs" / "devices.md"
TOLD = re.compile(rb"#(\d+),(\w+),(\d+):(.*)")


def install(folder: Path, entry: str = "motcua_acme:DRIVER") -> None:
    """The file of the page, and the metadata that pip writes for its entry point."""
    (code,) = re.findall(r"```python\n(\"\"\"motcua_acme.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    (folder / "motcua_acme.py").write_text(code)
    metadata = folder / "motcua_acme-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: motcua-acme\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(f"[motcua.devices]\nx-acme = {entry}\n")


class AcmeRig:
    """A twin of Acme's displays at the far end of a wire."""

    addresses, missing = (1, 5), 9

    def __init__(self, folder: Path) -> None:
        self.wire = Wire(folder)
        self._shown = dict.fromkeys(self.addresses, Shown())
        self._end = os.open(self.wire.far, os.O_RDWR | os.O_NOCTTY)
        self._stopping = False
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        self.displays: Displays = open_displays(Place(f"x-acme://{self.wire.near}", folder, monotonic))

    def seen(self, address: int) -> Shown:
        return self._shown[address]

    def unplug(self) -> None:
        self.wire.unplug()

    def plug(self) -> None:
        self.wire.plug()

    def stop(self) -> None:
        self.displays.close()
        self._stopping = True
        self._thread.join(30)
        os.close(self._end)
        self.wire.stop()

    def _serve(self) -> None:
        kept = b""
        while not self._stopping:
            if not select.select([self._end], [], [], 0.05)[0]:
                continue
            *lines, kept = (kept + os.read(self._end, 4096)).split(b"\n")
            for line in lines:
                address = int(line[1:].split(b",")[0])
                if address not in self._shown:
                    continue
                if (told := TOLD.fullmatch(line)) is not None:
                    mode, text = told[2].decode(), told[4].decode()
                    self._shown[address] = Shown(text, mode == "blink", int(told[3]), mode == "test")
                os.write(self._end, f"OK{address}\n".encode())


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    yield folder
    sys.modules.pop("motcua_acme", None)


class TestAcme(DisplayPromises):
    @pytest.fixture
    def rig(self, tmp_path: Path, installed: Path) -> Iterator[AcmeRig]:
        install(installed)
        made = AcmeRig(tmp_path)
        yield made
        made.stop()


def test_an_agents_file_may_name_a_plug_ins_display(tmp_path: Path, installed: Path) -> None:
    path = tmp_path / "agent.toml"
    path.write_text(
        'agent = "a"\noffice = "o"\nstate_dir = "s"\n'
        '[[displays]]\nid = "led-1"\naddress = "x-acme:///dev/null"\ncounter = "q1"\n'
    )
    with pytest.raises(BadConfig, match="no plug-in for x-acme: is installed: pip install"):
        load_config(path)
    install(installed)
    assert load_config(path).displays[0].id == "led-1"


def test_a_plug_in_of_another_kind_or_that_is_broken_is_refused_with_a_reason(
    tmp_path: Path, installed: Path
) -> None:
    install(installed)
    place = Place("x-acme:///dev/null", tmp_path, monotonic)
    with pytest.raises(BadAddress, match="is a DisplayDriver, not a KeypadDriver"):
        open_keys(place)
    (installed / "motcua_acme.py").write_text("DRIVER = 7\n")
    sys.modules.pop("motcua_acme", None)
    with pytest.raises(BadAddress, match="is no driver: int"):
        open_displays(place)
    (installed / "motcua_acme.py").write_text("import khong_co\n")
    sys.modules.pop("motcua_acme", None)
    with pytest.raises(BadAddress, match="cannot be loaded"):
        open_displays(place)
