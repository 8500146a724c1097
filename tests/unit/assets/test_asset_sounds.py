"""Every phrase has a clip that is heard, made from its present words, and an office can replace any."""

from __future__ import annotations

import array
import itertools
import json
import math
import struct
import wave
from pathlib import Path

import numpy as np
import pytest

from assets import build_sounds, synth
from assets.clips import ClipStore, media_type
from assets.files import MissingAsset, phrases_path, sound_path, sounds_dir
from assets.phrases import PhrasesError, load_phrases, read_phrases, voiced
from assets.theme import load_theme
from assets.wav import NotWav, read_wav

PHRASES = load_phrases()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_phrase_has_a_clip_of_speech_loudness_without_silence_at_its_ends(language: str) -> None:
    for key in PHRASES:
        sound = read_wav(sound_path(language, key))
        assert (sound.rate, sound.channels) == (16_000, 1), key
        assert sound.rms_dbfs == pytest.approx(-20, abs=1.5), key
        assert 0.1 < sound.seconds < 12, key
        assert max(abs(sample) for sample in sound.samples) < 0.95, key
        ends = sound.samples[: 16_000 // 20], sound.samples[-16_000 // 20 :]
        assert all(max(abs(sample) for sample in end) > 0.003 for end in ends), f"{key} is not trimmed"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_letter_of_the_theme_and_every_digit_and_counter_is_heard(language: str) -> None:
    store = ClipStore()
    keys = [f"letter.{letter}" for letter in load_theme().ticket_letters]
    keys += [f"letter.{chr(code)}" for code in range(65, 91)]
    keys += [f"digit.{digit}" for digit in range(10)] + [f"number.{number}" for number in range(1, 100)]
    assert [key for key in keys if not store.audible(language, key)] == []


def test_no_two_digits_letters_or_numbers_share_a_recording() -> None:
    for language in ("vi", "en"):
        for group in ("digit", "letter", "number"):
            keys = [key for key in PHRASES if key.startswith(f"{group}.")]
            assert len({sound_path(language, key).read_bytes() for key in keys}) == len(keys)


def test_every_clip_was_rendered_from_the_words_the_catalogue_has_now() -> None:
    marks = json.loads((sounds_dir() / build_sounds.MARKS).read_text())
    expected = {
        f"{language}/{key}": [
            build_sounds.mark(voiced(phrase, language), language),
            build_sounds.content(sound_path(language, key)),
        ]
        for key, phrase in PHRASES.items()
        for language in build_sounds.VOICES
    }
    assert marks == expected, "run: python -m assets.build_sounds --only-missing"


def test_no_clip_lies_about_without_a_phrase() -> None:
    for language in build_sounds.VOICES:
        assert {path.stem for path in (sounds_dir() / language).iterdir()} == set(PHRASES)


def test_the_chime_takes_six_tenths_and_kiosk_sounds_stay_ten_decibels_under_calls() -> None:
    store = ClipStore()
    assert read_wav(store.resolve(None, "chime")).seconds == pytest.approx(0.6, abs=0.01)
    call = read_wav(store.resolve("vi", "call.ticket")).rms_dbfs
    for key in ("tick", "beep_ok", "fault"):
        assert store.audible(None, key)
        assert read_wav(store.resolve(None, key)).rms_dbfs <= call - 10


def test_a_read_code_beeps_upwards_and_a_fault_beeps_low_twice() -> None:
    def pitch(samples: array.array[float]) -> float:
        crossings = sum(1 for a, b in itertools.pairwise(samples) if a < 0 <= b)
        return crossings / (len(samples) / synth.RATE)

    ok = read_wav(sound_path(None, "beep_ok")).samples
    assert pitch(ok[-1600:]) > 1.3 * pitch(ok[:1200])
    fault = read_wav(sound_path(None, "fault")).samples
    assert pitch(fault[:2000]) < 500
    pause = fault[round(0.18 * synth.RATE) : round(0.22 * synth.RATE)]
    assert max(abs(sample) for sample in pause) < 0.002


def test_all_sounds_together_stay_under_twelve_megabytes() -> None:
    assert sum(path.stat().st_size for path in sounds_dir().rglob("*") if path.is_file()) < 12_000_000


def recording(path: Path, amplitude: float = 0.3) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        frames = (round(32767 * amplitude * math.sin(n / 5)) for n in range(4000))
        file.writeframes(b"".join(struct.pack("<h", frame) for frame in frames))
    return path


@pytest.mark.parametrize("suffix", [".wav", ".ogg", ".mp3"])
def test_an_offices_recording_replaces_one_clip_and_leaves_the_others(tmp_path: Path, suffix: str) -> None:
    own = recording(tmp_path / "vi" / f"digit.7{suffix}")
    store = ClipStore(tmp_path)
    assert store.resolve("vi", "digit.7") == own
    assert store.resolve("en", "digit.7") == sound_path("en", "digit.7")
    assert store.resolve("vi", "digit.8") == sound_path("vi", "digit.8")
    assert media_type(own).startswith("audio/")


def test_a_silent_or_broken_recording_is_not_audible(tmp_path: Path) -> None:
    store = ClipStore(tmp_path)
    recording(tmp_path / "vi" / "digit.1.wav")
    assert store.audible("vi", "digit.1")
    recording(tmp_path / "vi" / "digit.2.wav", amplitude=0.0)
    assert not store.audible("vi", "digit.2")
    (tmp_path / "vi" / "digit.3.wav").write_bytes(b"RIFF")
    assert not store.audible("vi", "digit.3")
    (tmp_path / "vi" / "digit.4.ogg").write_bytes(b"OggS" + bytes(2000))
    assert store.audible("vi", "digit.4")
    (tmp_path / "vi" / "digit.5.mp3").write_bytes(b"nothing")
    assert not store.audible("vi", "digit.5")
    assert not store.audible("vi", "digit.eleven")


@pytest.mark.parametrize(
    ("language", "key"),
    [
        ("..", "phrases"),
        ("vi", "../phrases"),
        ("vi", "../../brand/default"),
        ("vi/..", "x"),
        ("vi", ""),
        ("vi", "."),
    ],
)
def test_no_key_reaches_a_file_outside_the_sounds(tmp_path: Path, language: str, key: str) -> None:
    recording(tmp_path / "secret.wav")
    recording(tmp_path / "phrases.wav")
    with pytest.raises(MissingAsset):
        ClipStore(tmp_path / "sounds").resolve(language, key)


def packed(tag: int, bits: int, body: bytes, extra: bytes = b"") -> bytes:
    form = struct.pack("<HHIIHH", tag, 1, 8000, 8000 * bits // 8, bits // 8, bits) + extra
    chunks = b"LIST" + struct.pack("<I", 3) + b"abc\0"
    chunks += b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


@pytest.mark.parametrize(
    "data",
    [
        packed(1, 8, bytes([128, 192])),
        packed(1, 16, struct.pack("<hh", 0, 1 << 14)),
        packed(1, 24, b"\0\0\0" + b"\0\0\x40"),
        packed(1, 32, struct.pack("<ii", 0, 1 << 30)),
        packed(3, 32, struct.pack("<ff", 0, 0.5)),
        packed(0xFFFE, 16, struct.pack("<hh", 0, 1 << 14), struct.pack("<HHIH", 22, 16, 4, 1) + bytes(14)),
        packed(7, 8, bytes([0xFF, 0x8F])),
    ],
)
def test_recordings_of_every_usual_kind_are_read(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.wav").write_bytes(data)
    sound = read_wav(tmp_path / "a.wav")
    assert list(sound.samples) == pytest.approx([0, 0.5], abs=0.02)
    assert sound.seconds == 2 / 8000


@pytest.mark.parametrize("data", [b"", b"ID3", packed(2, 4, b"\0\0"), packed(1, 16, b"")[:30]])
def test_what_is_no_wav_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.wav").write_bytes(data)
    with pytest.raises(NotWav):
        read_wav(tmp_path / "a.wav")


def test_speech_survives_being_written_and_read(tmp_path: Path) -> None:
    wanted = 0.7 * np.sin(np.arange(1601) / 7)
    synth.write_speech(tmp_path / "a.wav", wanted)
    read = np.array(read_wav(tmp_path / "a.wav").samples)
    assert len(read) == 1601
    assert float(np.sqrt(np.mean((read - wanted) ** 2))) < 0.7 / math.sqrt(2) / 50, "34 dB over the noise"


def test_resampling_keeps_a_tone_and_trimming_keeps_its_middle() -> None:
    tone = np.sin(2 * np.pi * 440 * np.arange(22_050) / 22_050)
    resampled = synth.resample(tone, 22_050)
    assert len(resampled) == 16_000
    assert np.allclose(resampled, np.sin(2 * np.pi * 440 * np.arange(16_000) / 16_000), atol=1e-6)
    padded = np.concatenate([np.zeros(4000), 0.5 * tone[:4000], np.zeros(4000)])
    assert len(synth.trim(padded)) == pytest.approx(4000 + 2 * 192, abs=16)
    with pytest.raises(ValueError, match="heard"):
        synth.trim(np.zeros(100))


def test_an_office_adds_its_own_words_and_may_rename_ours(tmp_path: Path) -> None:
    file = tmp_path / "phrases.toml"
    file.write_text('[service]\nho-tich = { vi = "Tư pháp hộ tịch", en = "Registry" }\n', encoding="utf-8")
    phrases = load_phrases(file)
    assert phrases["service.ho-tich"]["vi"] == "Tư pháp hộ tịch"
    assert phrases["call.ticket"] == PHRASES["call.ticket"]


@pytest.mark.parametrize(
    "text", ["x = 1", "[a]\nb = 2", "[a]\nb = { vi = 3 }", "[a\n", '[a]\nb = { vi = "x" }']
)
def test_a_phrases_file_with_a_mistake_is_refused_by_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "phrases.toml").write_text(text, encoding="utf-8")
    with pytest.raises(PhrasesError, match=r"phrases\.toml"):
        read_phrases(tmp_path / "phrases.toml")


def test_only_new_and_changed_words_are_rendered_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said: list[str] = []

    def speak(text: str, language: str) -> synth.Samples:
        said.append(f"{language} {text}")
        return synth.level(synth.tone(440, 0.2, 0.1), -20)

    monkeypatch.setattr(build_sounds, "speak", speak)
    file, out = tmp_path / "phrases.toml", tmp_path / "sounds"
    file.write_text(
        '[desk]\na = { vi = "Một", en = "One" }\nb = { vi = "Hai", en = "Two" }\n', encoding="utf-8"
    )
    assert build_sounds.render(file, out, only_missing=True) == 0
    assert sorted(said) == ["en One", "en Two", "vi Hai", "vi Một"]
    assert ClipStore(out).audible("vi", "desk.a")
    said.clear()
    file.write_text('[desk]\na = { vi = "Ba", en = "One" }\n', encoding="utf-8")
    (out / "en" / "desk.a.wav").unlink()
    build_sounds.render(file, out, only_missing=True)
    assert sorted(said) == ["en One", "vi Ba"]
    assert not (out / "vi" / "desk.b.wav").exists()
    assert "2 clips rendered, 0 recordings kept, 2 in all" in capsys.readouterr().out


def test_a_persons_recording_is_never_rendered_over_nor_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beep = synth.level(synth.tone(440, 0.2, 0.1), -20)
    monkeypatch.setattr(build_sounds, "speak", lambda text, language: beep)
    file, out = tmp_path / "phrases.toml", tmp_path / "sounds"
    file.write_text('[desk]\na = { vi = "Một", en = "One" }\n', encoding="utf-8")
    early = recording(out / "en" / "desk.a.wav").read_bytes()
    build_sounds.render(file, out, only_missing=False)
    late = recording(out / "vi" / "desk.a.wav").read_bytes()
    file.write_text('[desk]\na = { vi = "Hai", en = "Two" }\n', encoding="utf-8")
    build_sounds.render(file, out, only_missing=False)
    file.write_text('[desk]\nb = { vi = "Ba", en = "Three" }\n', encoding="utf-8")
    build_sounds.render(file, out, only_missing=True)
    assert (out / "en" / "desk.a.wav").read_bytes() == early
    assert (out / "vi" / "desk.a.wav").read_bytes() == late
    assert ClipStore(out).audible("vi", "desk.b")


def test_phrases_are_packaged_where_the_code_looks() -> None:
    assert phrases_path().is_file()
