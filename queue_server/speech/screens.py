"""The kiosk's audio guide as clips: a screen's title, choices with waits, and keys; and the ticket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from queue_server.speech.announce import BETWEEN_CHARACTERS_S, COMMA_S, counter_clips, spelled
from queue_server.speech.phrases import GREATEST_NUMBER, Clip, Language, number_key

SENTENCE_S = 0.5
SOON_MIN = 3
HOUR_MIN = 60


@dataclass(frozen=True)
class Wait:
    """A predicted wait in whole minutes, from `low` to `high`; `low` is at most `high`."""

    low: int
    high: int


@dataclass(frozen=True)
class Choice:
    """One thing to touch: its phrase key, its wait if it has one, and what else is said (why closed)."""

    key: str
    wait: Wait | None = None
    remarks: tuple[str, ...] = ()


def sentence(key: str, language: Language, pause_s: float = SENTENCE_S) -> Clip:
    """One phrase on its own."""
    return Clip(key, language, pause_s)


def screen(
    title: Sequence[str], choices: Sequence[Choice], bar: Sequence[str], language: Language
) -> tuple[Clip, ...]:
    """A whole screen: title sentences, "có n lựa chọn", each choice numbered, then the keys of the bar."""
    said: list[Clip] = [sentence(key, language) for key in title]
    if choices:
        one = len(choices) == 1
        said.append(Clip("guide.there_is" if one else "guide.there_are", language, BETWEEN_CHARACTERS_S))
        said.append(_count(len(choices), language))
        said.append(sentence("guide.choice" if one else "guide.choices", language))
    for position, choice in enumerate(choices, start=1):
        said += _choice(position, choice, language)
    if bar:
        said.append(Clip("guide.keys_below", language, COMMA_S))
        said += [Clip(key, language, COMMA_S) for key in bar]
    return tuple(said)


def wait_clips(wait: Wait | None, language: Language) -> tuple[Clip, ...]:
    """khoảng 12 đến 18 phút; under 3 minutes sắp đến lượt, from 60 hơn một giờ, None chưa tính được."""
    if wait is None:
        return (sentence("guide.wait_unknown", language),)
    if wait.high < SOON_MIN:
        return (sentence("guide.soon", language),)
    if wait.low >= HOUR_MIN:
        return (sentence("guide.over_hour", language),)
    about = (_word("guide.about", language), _count(wait.low, language))
    if wait.high > HOUR_MIN:
        minutes = _word("guide.minute" if wait.low == 1 else "guide.minutes", language)
        return (*about, minutes, _word("guide.to", language), sentence("guide.over_hour", language))
    until = () if wait.low == wait.high else (_word("guide.to", language), _count(wait.high, language))
    return (*about, *until, sentence("guide.minute" if wait.high == 1 else "guide.minutes", language))


def people_waiting(count: int, language: Language) -> tuple[Clip, ...]:
    """4 người đang chờ; for 0 chưa có người chờ, beyond 99 hơn 99 người đang chờ."""
    if count == 0:
        return (sentence("guide.nobody_waiting", language),)
    noun = "guide.person_waiting" if count == 1 else "guide.people_waiting"
    return (*_many(count, language), sentence(noun, language))


def ticket(
    number: str,
    counters: Sequence[int | str],
    ahead: int | None,
    wait: Wait | None,
    language: Language,
    slip: bool = True,
) -> tuple[Clip, ...]:
    """A ticket read out: number, counters, people ahead unless None, wait, where the slip is (`slip`).

    Raises SpeechError when the number or a counter cannot be said.
    """
    said: list[Clip] = [Clip("guide.your_number", language, COMMA_S), *_end(spelled(number, language))]
    for index, counter in enumerate(counters):
        said.append(_word("guide.or" if index else "guide.go_to_counter", language))
        last = index == len(counters) - 1
        said += _end(counter_clips(counter, language), SENTENCE_S if last else BETWEEN_CHARACTERS_S)
    if ahead == 0:
        said.append(sentence("guide.next", language))
    elif ahead is not None:
        said += [_word("guide.ahead", language), *_many(ahead, language)]
        said.append(sentence("guide.person" if ahead == 1 else "guide.people", language))
    if wait is not None:
        said.append(_word("guide.wait", language))
    said += wait_clips(wait, language)
    if slip:
        said.append(sentence("guide.slip_below", language))
    return tuple(said)


def _choice(position: int, choice: Choice, language: Language) -> list[Clip]:
    said = [replace(_count(position, language), pause_s=COMMA_S), Clip(choice.key, language, COMMA_S)]
    if choice.wait is not None:
        said += wait_clips(choice.wait, language)
    said += [sentence(key, language) for key in choice.remarks]
    return _end(said)


def _count(number: int, language: Language) -> Clip:
    return Clip(number_key(number), language, BETWEEN_CHARACTERS_S)


def _many(count: int, language: Language) -> tuple[Clip, ...]:
    if count <= GREATEST_NUMBER:
        return (_count(count, language),)
    return (_word("guide.more_than", language), _count(GREATEST_NUMBER, language))


def _word(key: str, language: Language) -> Clip:
    return Clip(key, language, BETWEEN_CHARACTERS_S)


def _end(clips: Sequence[Clip], pause_s: float = SENTENCE_S) -> list[Clip]:
    """The same clips with a sentence's silence at the end."""
    return [*clips[:-1], replace(clips[-1], pause_s=pause_s)]
