"""Which clips an office lacks: every number and counter it may call, in every language it speaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from queue_server.speech.announce import announcement_in
from queue_server.speech.phrases import Clip, Language, SpeechError


class Clips(Protocol):
    """Where recordings are."""

    def audible(self, language: str | None, key: str) -> bool:
        """Whether there is a clip of the key and it is not silent."""


def missing_clips(
    numbers: Iterable[str], counters: Iterable[int | str], languages: Sequence[Language], store: Clips
) -> list[str]:
    """`<language or common>/<key>` of every clip a call or recall needs and `store` lacks, in order of name.

    A number or counter that cannot be said at all is in the list as a sentence.
    """
    found: set[str] = set()
    needed: set[Clip] = set()
    names, desks = list(numbers) or ["0"], list(counters) or [1]
    pairs = [(number, desks[0]) for number in names] + [(names[0], counter) for counter in desks]
    for language in languages:
        for number, counter in pairs:
            try:
                needed |= set(announcement_in(number, counter, (language,), again=True))
            except SpeechError as error:
                found.add(str(error))
    return sorted(found.union(silent({(clip.language, clip.key) for clip in needed}, store)))


def missing_phrases(keys: Iterable[str], languages: Sequence[Language], store: Clips) -> list[str]:
    """`<language>/<key>` of every phrase `store` lacks or has silent, in order of name."""
    return sorted(silent({(language, key) for language in languages for key in keys}, store))


def silent(clips: Iterable[tuple[Language | None, str]], store: Clips) -> set[str]:
    """Those of the clips that are not heard, as `<language or common>/<key>`."""
    return {f"{language or 'common'}/{key}" for language, key in clips if not store.audible(language, key)}
