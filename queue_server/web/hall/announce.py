"""A call as the page plays it: clips and silences, in the office's languages and the citizen's own."""

from dataclasses import replace

from queue_server.domain.office_config import OfficeConfig
from queue_server.speech.announce import COMMA_S, announcement_in, counter_clips
from queue_server.speech.check import Clips, missing_clips
from queue_server.speech.phrases import LANGUAGES, Clip, Language, SpeechError
from queue_server.web.hall.calls import Call

SOUNDS = "/static/sounds"
_ALL_DIGITS = "0123456789"


def spoken_languages(config: OfficeConfig, ticket_language: str) -> tuple[Language, ...]:
    """The languages every call is spoken in, and the ticket's own after them."""
    wanted = [*config.call_languages, ticket_language]
    return tuple(language for language in LANGUAGES if language in wanted) or ("vi",)


def spoken(call: Call, config: OfficeConfig) -> list[dict[str, str | float]]:
    """The clips of a call as {url, pause} (seconds of silence after it); empty when it cannot be said."""
    languages = spoken_languages(config, call.language)
    try:
        clips = announcement_in(call.number, call.counter.number, languages, again=call.again > 0)
    except SpeechError:
        return []
    return [{"url": clip_url(clip), "pause": clip.pause_s} for clip in clips]


def clip_url(clip: Clip) -> str:
    return f"{SOUNDS}/{clip.language or 'common'}/{clip.key}.wav"


def sound_check(config: OfficeConfig, store: Clips) -> list[str]:
    """`<language>/<key>` of every clip that a number or counter of the office needs and `store` lacks."""
    numbers = [f"{service.shape.prefix}{_ALL_DIGITS}" for service in config.services]
    counters = [counter.number for counter in config.counters]
    spoken_here = {*config.call_languages, *config.languages}
    return missing_clips(numbers, counters, [one for one in LANGUAGES if one in spoken_here], store)


def check_clips(config: OfficeConfig) -> list[dict[str, str | float]]:
    """Every letter and digit of the office's numbers in one call, then every counter: to listen to."""
    prefixes = "".join(dict.fromkeys(service.shape.prefix for service in config.services))
    numbers = [counter.number for counter in config.counters]
    clips: list[Clip] = []
    for language in spoken_languages(config, "vi"):
        clips += announcement_in(prefixes + _ALL_DIGITS, numbers[0] if numbers else 1, (language,))
        for number in numbers:
            clips += counter_clips(number, language)
            clips[-1] = replace(clips[-1], pause_s=COMMA_S)
    return [{"url": clip_url(clip), "pause": clip.pause_s} for clip in clips]
