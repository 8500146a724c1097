"""The keys of receipts' addresses: made once, added to, never readable by others."""

import os
import stat
from pathlib import Path

import pytest

from queue_server.storage.link_keys import FILE, BadLinkKeys, link_keys, new_link_key


def test_the_first_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    keys = link_keys(tmp_path)
    assert list(keys) == ["1"] and len(keys["1"]) == 32
    assert link_keys(tmp_path) == keys
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_a_new_key_comes_last_and_the_old_ones_stay(tmp_path: Path) -> None:
    first = link_keys(tmp_path)
    assert new_link_key(tmp_path) == "2"
    keys = link_keys(tmp_path)
    assert list(keys) == ["1", "2"] and keys["1"] == first["1"] != keys["2"]
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_key_whose_line_is_deleted_is_gone(tmp_path: Path) -> None:
    new_link_key(tmp_path)
    path = tmp_path / FILE
    path.write_text(path.read_text().splitlines()[1] + "\n")
    assert list(link_keys(tmp_path)) == ["2"]


@pytest.mark.parametrize("text", ["", "1 not-base64!\n", "1 c2hvcnQ=\n", "one two three\n"])
def test_a_damaged_file_is_refused_and_not_written_over(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    for read in (link_keys, new_link_key):
        with pytest.raises(BadLinkKeys, match="backup"):
            read(tmp_path)
    assert (tmp_path / FILE).read_text() == text


def test_a_key_that_root_makes_belongs_to_the_folders_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "fchown", lambda _file, user, group: given.append((user, group)))
    new_link_key(tmp_path)
    assert given == [(tmp_path.stat().st_uid, tmp_path.stat().st_gid)] * 2
