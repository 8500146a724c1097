"""Values ↔ JSON: how every dataclass of the domain is written, compiled once per class from its type hints.

Dataclasses become objects with all their fields; tuples and sets arrays (sets sorted); maps with text
keys objects, other maps arrays of pairs; instants ISO 8601 in UTC with microseconds and `Z`; dates and
times of day ISO; durations seconds; enums their value.
"""

import dataclasses
import json
import types
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, NamedTuple, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

from immutables import Map

T = TypeVar("T")
Convert = Callable[[Any], Any]


class CodecError(ValueError):
    """A value that cannot be written, or JSON that does not fit the class it is read as."""


class Codec(NamedTuple):
    """How one type is written and read; None where JSON has the value as it is."""

    encode: Convert | None = None
    decode: Convert | None = None
    text: bool = False
    """Written as a string, so it may be the key of an object."""


dumps = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), check_circular=False, allow_nan=False
).encode
loads = json.loads


def to_json(value: Any) -> str:
    """The JSON text of a dataclass value; raises CodecError."""
    try:
        cls: Any = type(value)
        return dumps(_written(cls)(value))
    except (TypeError, ValueError, AttributeError) as wrong:
        raise CodecError(f"{type(value).__name__} cannot be written: {wrong}") from wrong


def from_json(cls: type[T], text: str) -> T:
    """The value of class `cls` in a JSON text; raises CodecError."""
    return from_data(cls, loads(text))


def from_data(cls: type[T], data: Any) -> T:
    """The value of class `cls` in parsed JSON; raises CodecError."""
    try:
        hint: Any = cls
        value: T = _read(hint)(data)
    except (TypeError, ValueError, KeyError, AttributeError) as wrong:
        raise CodecError(f"{cls.__name__} cannot be read: {wrong}") from wrong
    return value


@lru_cache(maxsize=1024)
def instant_text(at: datetime) -> str:
    """An instant as stored: `2026-11-20T00:30:00.000000Z`, so that text order is time order."""
    if at.tzinfo is not UTC:
        if at.tzinfo is None:
            raise CodecError("an instant without a zone")
        at = at.astimezone(UTC)
    return at.isoformat(timespec="microseconds")[:-6] + "Z"


def instant_of(text: str) -> datetime:
    """The instant in a stored text, in UTC."""
    return datetime.fromisoformat(text)


@cache
def _written(cls: Any) -> Convert:
    return codec_of(cls).encode or _same


@cache
def _read(cls: Any) -> Convert:
    return codec_of(cls).decode or _same


def _same(value: Any) -> Any:
    return value


@cache
def codec_of(hint: Any) -> Codec:
    """The codec of a type hint; raises CodecError for a type this module does not know."""
    if isinstance(hint, NewType):
        return codec_of(hint.__supertype__)
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _optional(args)
    if origin is tuple:
        return _sequence(args)
    if origin is frozenset:
        return _set(args[0])
    if origin in (dict, Map):
        return _mapping(origin, args[0], args[1])
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Codec(attrgetter("value"), hint, text=issubclass(hint, str))
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _dataclass(hint)
    raise CodecError(f"no JSON form for {hint!r}")


_PLAIN: dict[Any, Codec] = {
    str: Codec(text=True),
    int: Codec(),
    float: Codec(),
    bool: Codec(),
    datetime: Codec(instant_text, instant_of, text=True),
    date: Codec(date.isoformat, date.fromisoformat, text=True),
    time: Codec(time.isoformat, time.fromisoformat, text=True),
    timedelta: Codec(timedelta.total_seconds, lambda seconds: timedelta(seconds=seconds)),
}


def _optional(args: tuple[Any, ...]) -> Codec:
    inner = [a for a in args if a is not type(None)]
    if len(inner) != 1:
        raise CodecError(f"no JSON form for a union of {inner}")
    encode, decode, _ = codec_of(inner[0])
    return Codec(_unless_none(encode), _unless_none(decode))


def _unless_none(convert: Convert | None) -> Convert | None:
    if convert is None:
        return None
    return lambda value: None if value is None else convert(value)


def _sequence(args: tuple[Any, ...]) -> Codec:
    if len(args) == 2 and args[1] is Ellipsis:
        encode, decode = codec_of(args[0]).encode, codec_of(args[0]).decode
        return Codec(
            list if encode is None else lambda items: [encode(item) for item in items],
            tuple if decode is None else lambda items: tuple([decode(item) for item in items]),
        )
    writers = [codec_of(a).encode or _same for a in args]
    readers = [codec_of(a).decode or _same for a in args]
    return Codec(
        lambda items: [write(item) for write, item in zip(writers, items, strict=True)],
        lambda items: tuple([read(item) for read, item in zip(readers, items, strict=True)]),
    )


def _set(arg: Any) -> Codec:
    encode, decode = codec_of(arg).encode or _same, codec_of(arg).decode or _same
    return Codec(
        lambda items: sorted(encode(item) for item in items),
        lambda items: frozenset(decode(item) for item in items),
    )


def _mapping(make: Callable[[Any], Any], key: Any, value: Any) -> Codec:
    write_key, read_key = codec_of(key).encode or _same, codec_of(key).decode or _same
    write, read = codec_of(value).encode or _same, codec_of(value).decode or _same
    if codec_of(key).text:
        return Codec(
            lambda items: {write_key(k): write(v) for k, v in items.items()},
            lambda data: make({read_key(k): read(v) for k, v in data.items()}),
        )
    return Codec(
        lambda items: [[write_key(k), write(v)] for k, v in items.items()],
        lambda data: make({read_key(k): read(v) for k, v in data}),
    )


def _dataclass(cls: type) -> Codec:
    hints = get_type_hints(cls)
    names = [f.name for f in dataclasses.fields(cls)]
    codecs = [(name, codec_of(hints[name])) for name in names]
    writers = [(name, codec.encode) for name, codec in codecs if codec.encode]
    readers = [(name, codec.decode) for name, codec in codecs if codec.decode]
    values: Convert = _values(names)

    def encode(value: Any) -> dict[str, Any]:
        data = dict(zip(names, values(value), strict=True))
        for name, write in writers:
            data[name] = write(data[name])
        return data

    def decode(data: dict[str, Any]) -> Any:
        fields = dict(data)
        for name, read in readers:
            if name in fields:
                fields[name] = read(fields[name])
        return cls(**fields)

    return Codec(encode, decode)


def _values(names: list[str]) -> Convert:
    match names:
        case []:
            return lambda value: ()
        case [name]:
            return lambda value: (getattr(value, name),)
        case _:
            return attrgetter(*names)
