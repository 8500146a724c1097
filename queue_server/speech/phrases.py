"""The phrase catalogue's shape: what a clip is called, what it says, and whether the catalogue is whole."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")

Phrases = Mapping[str, Mapping[str, str]]
"""Phrase key → {"vi": …, "en": …}, and where the voice needs other words than the eye `say_vi`, `say_en`."""

KEY = re.compile(r"[a-z0-9_]+\.[A-Za-z0-9_-]+")
FIELDS = {"vi", "en", "say_vi", "say_en"}
GREATEST_NUMBER = 99
"""Counts and counters up to here have a clip each."""


class SpeechError(ValueError):
    """Something was to be said that no clip can say; the message names it."""


@dataclass(frozen=True)
class Clip:
    """One recording to play, and the silence after it in seconds.

    `language` is None for the chime and the kiosk's tick and beeps: `<language or common>/<key>.wav`.
    """

    key: str
    language: Language | None
    pause_s: float = 0.0


def digit_key(character: str) -> str:
    """The clip of one digit of a ticket number. Raises SpeechError."""
    if len(character) == 1 and character in "0123456789":
        return f"digit.{character}"
    raise SpeechError(f"{character!r} is not a digit")


def letter_key(character: str) -> str:
    """The clip of one letter A–Z, small or capital. Raises SpeechError."""
    capital = character.upper()
    if len(capital) == 1 and "A" <= capital <= "Z":
        return f"letter.{capital}"
    raise SpeechError(f"{character!r} is not a letter from A to Z")


def number_key(number: int) -> str:
    """The clip of a whole number from 0 to 99. Raises SpeechError."""
    if 0 <= number <= GREATEST_NUMBER:
        return f"number.{number}"
    raise SpeechError(f"{number} has no clip; there are 0 to {GREATEST_NUMBER}")


def name_key(group: str, name: str) -> str:
    """The key of something called by its Vietnamese name: ("service", "Hộ tịch") → "service.ho-tich".

    Raises SpeechError when the name has no letter or digit.
    """
    plain = name.lower().replace("đ", "d")
    bare = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    slug = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
    if not slug:
        raise SpeechError(f"{name!r} has no letter to make a key of")
    return f"{group}.{slug}"


def spoken(phrases: Phrases, key: str, language: Language) -> str:
    """What the voice says for a key. Raises SpeechError for an unknown key."""
    try:
        phrase = phrases[key]
        return phrase.get(f"say_{language}") or phrase[language]
    except KeyError:
        raise SpeechError(f"no phrase {key!r} in {language}") from None


def caption(phrases: Phrases, clips: Iterable[Clip]) -> str:
    """The clips as one line of text; a silence of 0.2 s or more becomes a comma. Raises SpeechError."""
    words: list[str] = []
    for clip in clips:
        if clip.language is None:
            continue
        try:
            text = phrases[clip.key][clip.language]
        except KeyError:
            raise SpeechError(f"no phrase {clip.key!r} in {clip.language}") from None
        words.append(text + "," if clip.pause_s >= 0.2 and text[-1] not in ".,:?!" else text)
    return " ".join(words).rstrip(",")


def problems(phrases: Phrases) -> list[str]:
    """Every mistake of a catalogue, one sentence each; an empty list for a good one."""
    found: list[str] = []
    for key, phrase in phrases.items():
        if not KEY.fullmatch(key):
            found.append(f"{key}: a key is <group>.<name> of plain letters, digits, - and _")
        for language in LANGUAGES:
            if not phrase.get(language, "").strip():
                found.append(f"{key}: has no {language} text")
        for field, text in phrase.items():
            if field not in FIELDS:
                found.append(f"{key}: {field} is not one of {', '.join(sorted(FIELDS))}")
            elif unicodedata.normalize("NFC", text) != text:
                found.append(f"{key}: {field} is not in Unicode NFC")
    return found
