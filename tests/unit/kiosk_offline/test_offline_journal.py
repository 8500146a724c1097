"""The small journal of a kiosk that gives numbers by itself."""

import errno
import os
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.offline.journal import OfflineJournal
from kiosk.offline.lines import fact_of, line_of
from kiosk.offline.papers import Block, Fact, Granted, Home, Tried
from tests.unit.kiosk_offline.offline_moments import DAY, contact, paper

FACTS: list[Fact] = [
    Granted(DAY, (Block("A", 3, 901, 949),)),
    paper(1, last=contact(3)),
    paper(2, 902),
    Tried("r1", 1),
    Home("r1", "server-1"),
]


class TestJournal:
    @pytest.mark.parametrize("fact", FACTS)
    def test_a_fact_is_read_as_it_was_written(self, fact: Fact) -> None:
        assert fact_of(line_of(fact)) == fact

    @given(st.integers(0, 2000))
    def test_whatever_is_torn_off_the_end_the_facts_before_it_stand(self, cut: int) -> None:
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "j"
            text = "".join(line_of(fact) for fact in FACTS).encode()
            path.write_bytes(text[: min(cut, len(text))])
            whole = path.read_bytes().count(b"\n")
            journal = OfflineJournal(path)
            journal.append(Granted(DAY + timedelta(days=1), ()))
            journal.close()
            lines = path.read_text().splitlines(keepends=True)
            assert [fact_of(line) for line in lines] == [*FACTS[:whole], Granted(DAY + timedelta(days=1), ())]

    def test_a_changed_line_is_left_out_and_the_others_stand(self, tmp_path: Path) -> None:
        lines = [line_of(fact) for fact in FACTS]
        lines[2] = lines[2].replace("902", "903")
        (tmp_path / "j").write_text("".join(lines))
        assert set(OfflineJournal(tmp_path / "j").book.papers) == {"r1"}

    def test_a_full_disk_is_no_number_and_no_half_line(self, tmp_path: Path) -> None:
        full = False

        def sync(file: int) -> None:
            if full:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        journal = OfflineJournal(tmp_path / "j", sync)
        journal.append(FACTS[0])
        full = True
        with pytest.raises(OSError):
            journal.append(paper(1))
        full = False
        assert journal.book.papers == {}
        journal.append(paper(2))
        journal.close()
        assert set(OfflineJournal(tmp_path / "j").book.papers) == {"r2"}

    def test_after_a_torn_line_that_cannot_be_cut_off_the_next_number_is_still_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broken = True

        def sync(file: int) -> None:
            if broken:
                os.ftruncate(file, os.fstat(file).st_size - 9)  # half of the line got there
                raise OSError(errno.EIO, os.strerror(errno.EIO))

        def refuse(*_: object) -> None:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))

        journal = OfflineJournal(tmp_path / "j", sync)
        with monkeypatch.context() as patch:
            patch.setattr(os, "truncate", refuse)
            with pytest.raises(OSError):
                journal.append(paper(1))
        broken = False
        journal.append(paper(2, 902))
        journal.close()
        assert set(OfflineJournal(tmp_path / "j").book.papers) == {"r2"}

    def test_a_file_that_cannot_be_opened_for_a_while_is_a_disk_that_fails(self, tmp_path: Path) -> None:
        folder = tmp_path / "kiosk"

        def sync(file: int) -> None:
            folder.rename(tmp_path / "gone")
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        journal = OfflineJournal(folder / "j", sync)
        for _ in range(2):
            with pytest.raises(OSError):
                journal.append(paper(1))

    def test_a_full_disk_keeps_no_paper_from_going_home(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        journal = OfflineJournal(tmp_path / "j")
        for fact in (paper(1), paper(2, 902), Home("r1", "t"), Granted(DAY + timedelta(days=30), ())):
            journal.append(fact)
        journal.close()

        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        assert "r2" in OfflineJournal(tmp_path / "j", sync=full).book.papers

    def test_old_papers_are_forgotten_once_they_are_home_and_never_before(self, tmp_path: Path) -> None:
        journal = OfflineJournal(tmp_path / "j")
        for fact in (paper(1), paper(2, 902), Home("r1", "t"), Granted(DAY + timedelta(days=30), ())):
            journal.append(fact)
        journal.close()
        again = OfflineJournal(tmp_path / "j")
        assert set(again.book.papers) == {"r2"} and again.book.granted is not None

    def test_what_was_refused_once_is_known_after_old_papers_are_forgotten(self, tmp_path: Path) -> None:
        journal = OfflineJournal(tmp_path / "j")
        facts = (paper(1), paper(2, 902), Tried("r1", 1), Tried("r2", 2), Home("r1", "t"))
        for fact in (*facts, Granted(DAY + timedelta(days=30), ())):
            journal.append(fact)
        journal.close()
        OfflineJournal(tmp_path / "j").close()
        assert OfflineJournal(tmp_path / "j").book.tries == {"r2": 2}
