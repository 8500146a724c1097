"""PURE: a provincial system's JSON as a dossier of ours; nothing that it holds is trusted.

Only an answer about the very code that was asked for counts. Names come out masked, numbers apart and only to
be made digests of. Whatever cannot be read of a field leaves that field out; a status that nobody knows shows
in the system's own words.
"""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from queue_server.codes.masking import mask_name, veiled
from queue_server.codes.normal import normalise
from queue_server.domain.words import Words
from queue_server.dossiers.dossier import Dossier, Status, Step, SupplementRequest, When
from queue_server.dossiers.provincial_maps import CHANNELS, METHODS, AnswerMap
from queue_server.dossiers.statuses import status_of
from queue_server.dossiers.vn_dates import BadDate, when_of

_LONG, _MOST = 2000, 60
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECONDS = 10**11
"""From here on a number is an instant in milliseconds, not a day."""
_NO = frozenset({"", "0", "00", "200", "none", "null", "false", "success", "ok"})

Local = Callable[[datetime], datetime]
"""An instant in the office's local time."""


class BadAnswer(Exception):
    """What came is no answer to the question; the message never holds anything of it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A dossier, with what is not kept: the full name, and the numbers the second factor is compared with."""

    dossier: Dossier
    name: str = field(default="", repr=False)
    ids: tuple[str, ...] = field(default=(), repr=False)
    phones: tuple[str, ...] = field(default=(), repr=False)


def told_of(data: Any, code: str, answer_map: AnswerMap, local: Local) -> Told | None:
    """The dossier `code` in a parsed answer, None when the system has none. Raises BadAnswer."""
    if not isinstance(data, dict | list):
        raise BadAnswer("the answer is no object")
    records = _records(data, answer_map)
    if not records:
        if isinstance(data, dict) and _error_in(data):
            raise BadAnswer("the system reports an error")
        return None
    place = answer_map.places.get("code", "")
    for record in records:
        if normalise(_text(record, place)) == code:
            return _told(record, code, answer_map, local)
    raise BadAnswer("the answer is about something else")


def pick(data: Any, place: str) -> list[Any]:
    """Everything at a place; lists on the way are gone into, what is not there is left out."""
    found = [data]
    for name in place.split(".") if place else ():
        found = [v[name] for one in found for v in _each(one) if isinstance(v, dict) and name in v]
    return [v for one in found for v in _each(one) if v is not None][:_MOST]


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _records(data: Any, answer_map: AnswerMap) -> list[dict[str, Any]]:
    code = answer_map.places.get("code", "").partition(".")[0]
    for place in answer_map.records:
        found = [one for one in pick(data, place) if isinstance(one, dict) and one and (place or code in one)]
        if found:
            return found
    return []


def _error_in(data: dict[str, Any]) -> bool:
    """An error that is told inside a good answer, as the national exchange does."""
    codes = (data.get(name) for name in ("error_code", "errorCode", "error"))
    return any(str(one).strip().casefold() not in _NO for one in codes if one is not None)


def _told(record: dict[str, Any], code: str, m: AnswerMap, local: Local) -> Told:
    def text(name: str) -> str:
        place = m.places.get(name, "")
        return _text(record, place) if place else ""

    def when(name: str) -> When | None:
        place = m.places.get(name, "")
        return _when(next(iter(pick(record, place)), None), local) if place else None

    name = text("applicant")
    status, words = _status(text("status"), text("status_words"), m)
    dossier = Dossier(
        code=code,
        status=status,
        status_words=words,
        procedure=veiled(text("procedure"), (name,)),
        procedure_code=text("procedure_code"),
        field=text("field"),
        applicant=mask_name(name),
        receiving_office=text("receiving_office"),
        deciding_unit=text("deciding_unit"),
        received=when("received"),
        due=when("due"),
        forwarded=when("forwarded"),
        done=when("done"),
        returned=when("returned"),
        stopped=when("stopped"),
        channel=CHANNELS.get(text("channel"), ""),
        result_method=METHODS.get(text("result_method"), ""),
        result_place=text("result_place"),
        fee_due=_fee(text("fee_due")),
        contact=text("contact"),
        supplements=tuple(_supplements(record, m, local)),
        steps=tuple(_steps(record, m, local)),
    )
    return Told(
        dossier, name, _numbers(record, m, "id_number", (9, 12)), _numbers(record, m, "phone", (10, 11))
    )


def _status(value: str, words: str, m: AnswerMap) -> tuple[Status, str]:
    known = m.statuses.get(value.casefold())
    if known is None and value:
        known = status_of(value)
    if not known and words:
        known = status_of(words)
    return known or Status.OTHER, words or ("" if known else value)


def _supplements(record: dict[str, Any], m: AnswerMap, local: Local) -> Iterator[SupplementRequest]:
    for one in _elements(record, m, "supplements"):
        reason = _text(one, m.places.get("supplement_reason", ""))
        asked = _when(_first(one, m.places.get("supplement_asked", "")), local)
        supplied = _when(_first(one, m.places.get("supplement_supplied", "")), local)
        if reason or asked:
            yield SupplementRequest(reason, asked, supplied)


def _steps(record: dict[str, Any], m: AnswerMap, local: Local) -> Iterator[Step]:
    for one in _elements(record, m, "steps"):
        name = _text(one, m.places.get("step_name", ""))
        unit = _text(one, m.places.get("step_unit", ""))
        begun = _when(_first(one, m.places.get("step_begun", "")), local)
        ended = _when(_first(one, m.places.get("step_ended", "")), local)
        if name or unit:
            yield Step(Words(name or unit), unit if name else "", begun, ended)


def _elements(record: dict[str, Any], m: AnswerMap, name: str) -> list[dict[str, Any]]:
    place = m.places.get(name, "")
    return [one for one in pick(record, place) if isinstance(one, dict)] if place else []


def _first(data: Any, place: str) -> Any:
    return next(iter(pick(data, place)), None) if place else None


def _text(data: Any, place: str) -> str:
    """What is at a place as one line of clean text; objects and lists of them are no text."""
    value = _first(data, place)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    kept = "".join(
        " " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in str(value)[: 2 * _LONG]
    )
    plain = "".join(c for c in kept if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn"))
    return " ".join(unicodedata.normalize("NFC", plain).split())[:_LONG]


def _when(value: Any, local: Local) -> When | None:
    """A day, with its time where there is one; an instant with its zone is told in local time."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool) and value >= _MILLISECONDS:
            if value < 10**13:
                return when_of(local(_EPOCH + timedelta(milliseconds=value)).replace(tzinfo=None))
            return when_of(f"{value:.0f}")
        if isinstance(value, str) and value[10:11] == "T":
            moment = datetime.fromisoformat(value.strip())
            return when_of((local(moment) if moment.tzinfo else moment).replace(tzinfo=None))
        return when_of(value) if isinstance(value, str | int | float) else None
    except (BadDate, ValueError, OverflowError):
        return None


def _fee(text: str) -> int | None:
    digits = text.replace(".", "").replace(",", "").replace(" ", "").removesuffix("đ")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 12 else None


def _numbers(record: dict[str, Any], m: AnswerMap, name: str, lengths: tuple[int, ...]) -> tuple[str, ...]:
    place = m.places.get(name, "")
    if not place:
        return ()
    texts = (str(v) for v in pick(record, place) if isinstance(v, str | int) and not isinstance(v, bool))
    digits = ("".join(c for c in text if c.isascii() and c.isdigit()) for text in texts)
    return tuple(dict.fromkeys(d for d in digits if len(d) in lengths))
