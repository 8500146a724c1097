"""Random values of any type of the domain, from its type hints (for hypothesis)."""

import dataclasses
import types
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from immutables import Map

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: _TEXT,
    int: st.integers(-(2**53), 2**53),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    datetime: st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),
    date: st.dates(),
    time: st.times(),
    timedelta: st.timedeltas(timedelta(days=-4000), timedelta(days=4000)),
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type hint: NewTypes, optionals, tuples, frozensets, maps, enums, dataclasses."""
    origin, args = get_origin(hint), get_args(hint)
    if isinstance(hint, NewType):
        return values(hint.__supertype__)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if origin in (Union, types.UnionType):
        return st.one_of(*[st.none() if a is type(None) else values(a) for a in args])
    if origin is tuple and args[1:] == (Ellipsis,):
        return st.lists(values(args[0]), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*[values(a) for a in args])
    if origin is frozenset:
        return st.frozensets(values(args[0]), max_size=3)
    if origin in (dict, Map):
        return st.dictionaries(values(args[0]), values(args[1]), max_size=3).map(origin)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    hints = get_type_hints(hint)
    return st.builds(
        hint, **{f.name: st.deferred(lambda t=hints[f.name]: values(t)) for f in dataclasses.fields(hint)}
    )
