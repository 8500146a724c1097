"""A call as clips: chime, the number letter by letter and digit by digit, the counter; said twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from queue_server.speech.phrases import (
    GREATEST_NUMBER,
    Clip,
    Language,
    SpeechError,
    digit_key,
    letter_key,
    name_key,
    number_key,
)

CHIME = "chime"
AFTER_CHIME_S = 0.3
BETWEEN_CHARACTERS_S = 0.06
COMMA_S = 0.25
BETWEEN_LANGUAGES_S = 0.6
BETWEEN_SAYINGS_S = 1.5
SILENT_IN_NUMBERS = " -./·"


def announcement(
    number: str, counter: int | str, language: Language, again: bool = False
) -> tuple[Clip, ...]:
    """The call of a ticket number to a counter in one language; see `announcement_in`."""
    return announcement_in(number, counter, (language,), again)


def announcement_in(
    number: str, counter: int | str, languages: Sequence[Language], again: bool = False
) -> tuple[Clip, ...]:
    """Chime, then the call in each language in turn, all of it twice, 1.5 s apart.

    `counter` is a number, a number in digits ("03" is three), letters and a number ("B2"), or a desk's
    Vietnamese name. A recall (`again`) begins each language with "Xin nhắc lại", the first time only.
    Raises SpeechError when the number holds something other than A–Z and digits, or no language is given.
    """
    if not languages:
        raise SpeechError("an announcement needs a language")
    first = _saying(number, counter, languages, again)
    second = _saying(number, counter, languages, False)
    return (Clip(CHIME, None, AFTER_CHIME_S), *_then(first, BETWEEN_SAYINGS_S), *second)


def saying(number: str, counter: int | str, language: Language) -> tuple[Clip, ...]:
    """The call's words once, without its chime. Raises SpeechError like `announcement_in`."""
    return _saying(number, counter, (language,), False)


def spelled(number: str, language: Language) -> tuple[Clip, ...]:
    """A ticket number letter by letter and digit by digit: A012 → A, không, một, hai. Raises SpeechError."""
    keys = [
        digit_key(character) if character.isdigit() else letter_key(character)
        for character in number
        if character not in SILENT_IN_NUMBERS
    ]
    if not keys:
        raise SpeechError("an empty number cannot be said")
    return _then(tuple(Clip(key, language, BETWEEN_CHARACTERS_S) for key in keys), 0.0)


def counter_clips(counter: int | str, language: Language) -> tuple[Clip, ...]:
    """A counter without the words before it: 3 → ba; "12" → mười hai; "B2" → B hai; 105 → một không năm.

    A name ("Hướng dẫn") becomes one clip, `counter.huong-dan`. Raises SpeechError for an empty one.
    """
    text = str(counter).strip()
    if not text or text.startswith("-"):
        raise SpeechError(f"{counter!r} is not a counter")
    if not _has_number(text):
        return (Clip(name_key("counter", text), language),)
    letters = text.rstrip("0123456789")
    digits = text[len(letters) :]
    clips: tuple[Clip, ...] = spelled(letters, language) if letters else ()
    if int(digits) <= GREATEST_NUMBER:
        return (*_then(clips, BETWEEN_CHARACTERS_S), Clip(number_key(int(digits)), language))
    return (*_then(clips, BETWEEN_CHARACTERS_S), *spelled(digits, language))


def _saying(number: str, counter: int | str, languages: Sequence[Language], again: bool) -> tuple[Clip, ...]:
    said: tuple[Clip, ...] = ()
    for language in languages:
        to = "call.to_counter" if _has_number(str(counter).strip()) else "call.to_desk"
        said = (
            *_then(said, BETWEEN_LANGUAGES_S),
            *((Clip("call.again", language, COMMA_S),) if again else ()),
            Clip("call.ticket", language, BETWEEN_CHARACTERS_S),
            *_then(spelled(number, language), COMMA_S),
            Clip(to, language, BETWEEN_CHARACTERS_S),
            *counter_clips(counter, language),
        )
    return said


def _has_number(counter: str) -> bool:
    """Whether a counter is a number, perhaps after letters A–Z; otherwise it is a name."""
    letters = counter.rstrip("0123456789")
    return letters != counter and all(c in SILENT_IN_NUMBERS or "A" <= c <= "Z" for c in letters.upper())


def _then(clips: tuple[Clip, ...], pause_s: float) -> tuple[Clip, ...]:
    """The same clips with this silence at the end."""
    return (*clips[:-1], replace(clips[-1], pause_s=pause_s)) if clips else ()
