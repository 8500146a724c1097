"""The watched folder: files that stand still are imported, once, and not left lying."""

from pathlib import Path
from queue import SimpleQueue

import pytest

from queue_server.dossiers import watch as watch_
from queue_server.dossiers.watch import REJECTED, REPORT, Watch


class Office:
    def __init__(self, folder: Path) -> None:
        self.folder, self.taken, self.told = folder, [], []
        self.works = True
        self.watch = Watch(folder, self._import, self.told.append)

    taken: list[str]
    told: list[bool]

    def _import(self, path: Path) -> tuple[bool, str]:
        self.taken.append(path.name)
        return self.works, "đã nhập"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_file_is_imported_when_it_has_stopped_growing_and_then_deleted(office: Office) -> None:
    path = office.folder / "so.xlsx"
    path.write_bytes(b"1")
    assert office.watch.look() == 0
    path.write_bytes(b"12")
    assert office.watch.look() == 0
    assert office.watch.look() == 1
    assert office.taken == ["so.xlsx"] and not path.exists() and office.told == [True]
    report = office.folder / ("so.xlsx" + REPORT)
    assert report.read_text() == "đã nhập" and report.stat().st_mode & 0o777 == 0o600
    assert office.watch.look() == office.watch.look() == 0


def test_a_file_that_does_not_go_in_is_put_aside_with_the_reason(office: Office) -> None:
    office.works = False
    (office.folder / "so.csv").write_bytes(b"1")
    office.watch.look()
    office.watch.look()
    rejected = office.folder / REJECTED
    assert (rejected / "so.csv").read_bytes() == b"1"
    assert (rejected / ("so.csv" + REPORT)).read_text() == "đã nhập" and office.told == [False]


@pytest.mark.parametrize("name", [".so.csv", "~$so.xlsx", "so.csv.part", "so.pdf"])
def test_other_files_are_left_alone(office: Office, name: str) -> None:
    (office.folder / name).write_bytes(b"1")
    for _ in range(3):
        assert office.watch.look() == 0
    assert (office.folder / name).exists()


def test_an_empty_file_a_folder_and_a_link_are_left_alone(
    office: Office, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "so.csv"
    outside.write_bytes(b"1")
    (office.folder / "link.csv").symlink_to(outside)
    (office.folder / "empty.csv").touch()
    (office.folder / "folder.csv").mkdir()
    for _ in range(3):
        assert office.watch.look() == 0
    assert outside.exists()


def test_a_folder_that_is_gone_is_no_trouble(office: Office) -> None:
    office.folder.rmdir()
    assert office.watch.look() == 0


def test_whatever_befalls_one_look_the_next_one_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_, "LOOK_EVERY_S", 0.01)
    tries: SimpleQueue[str] = SimpleQueue()

    def importer(path: Path) -> tuple[bool, str]:
        tries.put(path.name)
        raise UnicodeDecodeError("utf-8", b"\xff", 0, 1, "no text")

    (tmp_path / "so.csv").write_bytes(b"1")
    watching = Watch(tmp_path, importer, lambda went_in: None)
    watching.start()
    assert [tries.get(timeout=30) for _ in range(2)] == ["so.csv", "so.csv"]
    watching.stop()
