"""Loudspeakers: aplay as a child that plays, fails and hangs; a folder; and the null device."""

import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest

from devices.promises import TONE, TONE_SECONDS, SpeakerPromises
from devices.speaker.players import AlsaPlayer, FolderPlayer, NullPlayer
from devices.speaker.ports import Player, PlayerDown

SCRIPT = """#!/bin/sh
[ -e {folder}/away ] && {{ echo "aplay: main:831: audio open error: No such device" >&2; exit 1; }}
[ -e {folder}/hangs ] && exec sleep 30
n=$(ls {folder}/heard | wc -l)
cat > {folder}/heard/$n
echo "$@" >> {folder}/asked
"""


class AplayRig:
    """The command `aplay` as a twin: a real child process that takes the bytes on its standard input."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "heard").mkdir()
        (folder / "snd").mkdir()
        (folder / "snd" / "pcmC1D0p").touch()
        script = folder / "aplay"
        script.write_text(SCRIPT.format(folder=folder))
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        self.player: Player = AlsaPlayer("plughw:1,0", aplay=(str(script),), grace=0.5, nodes=folder / "snd")

    def heard(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted((self.folder / "heard").iterdir())]

    def unplug(self) -> None:
        (self.folder / "away").touch()

    def plug(self) -> None:
        (self.folder / "away").unlink()


class FolderRig:
    def __init__(self, folder: Path) -> None:
        self.folder = folder / "said"
        self.player: Player = FolderPlayer(self.folder)

    def heard(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted(self.folder.glob("*.wav"))]

    def unplug(self) -> None:
        self.folder.mkdir()
        (self.folder / "fault").touch()

    def plug(self) -> None:
        (self.folder / "fault").unlink()


class TestAplay(SpeakerPromises):
    @pytest.fixture
    def rig(self, tmp_path: Path) -> Iterator[AplayRig]:
        yield AplayRig(tmp_path)


class TestFolder(SpeakerPromises):
    @pytest.fixture
    def rig(self, tmp_path: Path) -> FolderRig:
        return FolderRig(tmp_path)


def test_aplay_is_asked_for_the_device_by_its_name(tmp_path: Path) -> None:
    rig = AplayRig(tmp_path)
    rig.player.play(TONE, TONE_SECONDS)
    assert (tmp_path / "asked").read_text().split() == ["-q", "-D", "plughw:1,0", "-t", "wav", "-"]


def test_a_sound_card_that_hangs_is_given_up_after_the_sounds_length_and_some(tmp_path: Path) -> None:
    rig = AplayRig(tmp_path)
    (tmp_path / "hangs").touch()
    began = monotonic()
    with pytest.raises(PlayerDown, match="takes nothing"):
        rig.player.play(TONE, TONE_SECONDS)
    assert timedelta(seconds=monotonic() - began) < timedelta(seconds=15)
    assert rig.player.health().fault == "player"


def test_a_machine_without_a_sound_card_or_without_aplay_says_which(tmp_path: Path) -> None:
    rig = AplayRig(tmp_path)
    (tmp_path / "snd" / "pcmC1D0p").unlink()
    assert rig.player.health().detail == "this machine has no sound card"
    missing = AlsaPlayer("default", aplay=(str(tmp_path / "none"),))
    assert "apt-get install alsa-utils" in missing.health().detail
    with pytest.raises(PlayerDown):
        missing.play(TONE, TONE_SECONDS)


def test_the_null_device_takes_as_long_as_a_loudspeaker() -> None:
    began = monotonic()
    NullPlayer().play(TONE, 0.2)
    assert monotonic() - began >= 0.2


def test_a_folder_keeps_only_the_last_sounds(tmp_path: Path) -> None:
    player = FolderPlayer(tmp_path, keep=2)
    for _ in range(4):
        player.play(TONE, TONE_SECONDS)
    assert sorted(path.name for path in tmp_path.glob("*.wav")) == ["000003.wav", "000004.wav"]
