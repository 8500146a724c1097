"""PURE: which calls of a zone's board are to be said: each once, none that is old news."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from queue_server.contract.states import BoardCall, OfficeState
from queue_server.speech.announce import announcement_in
from queue_server.speech.phrases import LANGUAGES, Clip, Language, SpeechError

OLD_NEWS = timedelta(seconds=20)
"""A call made longer ago than this when it is first seen is not said: the agent or the broker was away."""
_REMEMBERED = 200


@dataclass(frozen=True, slots=True)
class Heard:
    """What a speaker has seen of its zone's board: ids of calls, each with how often it was called again."""

    known: tuple[tuple[str, int], ...] = field(default=())


def news(heard: Heard, calls: Sequence[BoardCall], now: datetime) -> tuple[Heard, tuple[BoardCall, ...]]:
    """What is to be said now, oldest first. `calls` are as on the board, newest first.

    A citizen who has come already is not called any more; a call is said once, and a recall once more.
    """
    known = set(heard.known)
    fresh = [call for call in reversed(calls) if (call.call, call.again) not in known]
    seen = (*heard.known, *((call.call, call.again) for call in fresh))
    said = tuple(call for call in fresh if call.still_called and now - call.called_at <= OLD_NEWS)
    return replace(heard, known=seen[-_REMEMBERED:]), said


def clips_of(call: BoardCall, spoken: Sequence[str]) -> tuple[Clip, ...]:
    """The announcement in the office's languages and the citizen's own; () when it cannot be said."""
    wanted = {*spoken, call.language}
    languages: tuple[Language, ...] = tuple(one for one in LANGUAGES if one in wanted) or ("vi",)
    try:
        return announcement_in(call.number, call.counter_number, languages, again=call.again > 0)
    except SpeechError:
        return ()


def spoken_of(office: OfficeState | None) -> tuple[str, ...]:
    return office.call_languages if office else ("vi",)
