"""Every value of the domain survives being written and read."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from fakes.values import values
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from immutables import Map

from queue_server.domain.commands import Actor
from queue_server.domain.events import EVENT_TYPES, ClockStepped, DayOpened, Event
from queue_server.domain.office import Office
from queue_server.domain.refusals import Refusal
from queue_server.storage.codec import CodecError, codec_of, from_json, instant_of, instant_text, to_json
from queue_server.storage.snapshots import office_of, shape, snapshot_of
from queue_server.storage.upcast import event_of

_MANY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("cls", EVENT_TYPES.values(), ids=list(EVENT_TYPES))
def test_every_event_survives_being_written_and_read(cls: type[Event]) -> None:
    @_MANY
    @given(values(cls))
    def survives(event: Event) -> None:
        text = to_json(event)
        assert event_of(cls.TYPE, cls.VERSION, json.loads(text)) == event
        assert to_json(from_json(cls, text)) == text

    survives()


@_MANY
@given(st.one_of(values(Refusal), values(Actor)))
def test_refusals_and_actors_survive(value: Refusal | Actor) -> None:
    assert from_json(type(value), to_json(value)) == value


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(values(Office))
def test_an_office_survives_a_snapshot(office: Office) -> None:
    office = replace(office, tickets=Map({ticket.id: ticket for ticket in office.tickets.values()}))
    assert office_of(snapshot_of(office)) == office


def test_instants_are_written_in_utc_so_that_text_order_is_time_order() -> None:
    hanoi = datetime(2026, 11, 20, 8, 0, tzinfo=timezone(timedelta(hours=7)))
    assert instant_text(hanoi) == "2026-11-20T01:00:00.000000Z"
    assert instant_of("2026-11-20T01:00:00.000000Z") == hanoi
    later = datetime(2026, 11, 20, 1, 0, 0, 5, tzinfo=UTC)
    assert instant_text(hanoi) < instant_text(later)


def test_an_instant_without_a_zone_is_not_written() -> None:
    with pytest.raises(CodecError, match="zone"):
        instant_text(datetime(2026, 11, 20))


def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(CodecError, match="ClockStepped"):
        to_json(ClockStepped(seconds=float("nan")))


def test_json_that_does_not_fit_is_refused() -> None:
    for text in ('{"day":"20 November"}', "{}", '{"day":"2026-11-20","more":1}', "[]"):
        with pytest.raises(CodecError, match="DayOpened"):
            from_json(DayOpened, text)


def test_a_type_without_a_json_form_is_refused_when_it_is_compiled() -> None:
    with pytest.raises(CodecError, match="complex"):
        codec_of(complex)


@dataclass(frozen=True, kw_only=True)
class Moved(Event):
    VERSION = 3
    TYPE = "thing.moved"
    to: str
    steps: int


STEPS = {
    ("thing.moved", 1): lambda data: {"to": data["place"]},
    ("thing.moved", 2): lambda data: {**data, "steps": 0},
}


def test_an_old_event_is_read_through_every_step_since() -> None:
    def read(version: int, data: dict[str, object]) -> Event:
        return event_of("thing.moved", version, data, STEPS, {"thing.moved": Moved})

    assert read(1, {"place": "hall"}) == Moved(to="hall", steps=0)
    assert read(2, {"to": "hall"}) == Moved(to="hall", steps=0)
    assert read(3, {"to": "hall", "steps": 4}) == Moved(to="hall", steps=4)


def test_an_event_of_a_newer_program_is_refused_with_what_to_do() -> None:
    with pytest.raises(CodecError, match="update"):
        event_of("thing.moved", 4, {}, STEPS, {"thing.moved": Moved})
    with pytest.raises(CodecError, match="update"):
        event_of("thing.unheard_of", 1, {})
    with pytest.raises(CodecError, match="no step"):
        event_of("thing.moved", 0, {}, STEPS, {"thing.moved": Moved})


def test_every_event_class_can_be_read_at_its_version() -> None:
    assert len(EVENT_TYPES) > 30
    for name, cls in EVENT_TYPES.items():
        assert name == cls.TYPE
        assert codec_of(cls).encode is not None


def test_the_shape_of_the_state_is_stable_within_a_program() -> None:
    assert shape() == shape()
    assert len(shape()) == 16
