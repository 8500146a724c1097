"""What the simulator has to know of an office: its services, counters, priority groups and sessions."""

from dataclasses import dataclass

from queue_server.domain.hours import Session
from queue_server.domain.office_config import OfficeConfig

WEIGHTS = {
    "stamp": 45.0,
    "baby": 14.0,
    "house": 10.0,
    "package-check": 10.0,
    "map-pinned": 6.0,
    "heart-handshake": 6.0,
    "store": 4.0,
    "hammer": 3.0,
}
"""Pictogram → how many of a hundred visits: certification dominates a commune's hall."""
OTHER_WEIGHT = 6.0
MEAN_MINUTES = {
    "stamp": 6.0,
    "baby": 14.0,
    "house": 9.0,
    "package-check": 4.0,
    "map-pinned": 18.0,
    "heart-handshake": 11.0,
    "store": 13.0,
    "hammer": 15.0,
}
OTHER_MINUTES = 10.0


@dataclass(frozen=True, slots=True)
class SimulatedService:
    """`mean_s` is the time from start to end at the counter."""

    id: str
    weight: float
    mean_s: float


@dataclass(frozen=True, slots=True)
class SimulatedCounter:
    id: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """`sessions` are (start, end) in seconds after local midnight."""

    services: tuple[SimulatedService, ...]
    counters: tuple[SimulatedCounter, ...]
    priority_groups: tuple[str, ...] = ()
    sessions: tuple[tuple[float, float], ...] = ((7.5 * 3600, 11.5 * 3600), (13 * 3600.0, 17 * 3600.0))


def officer_id(number: int) -> str:
    """Who sits at the counter with this place in the office file, from 1: nobody with an account."""
    return f"sim-{number}"


def service_of(id_: str, pictogram: str, minutes: float | None = None) -> SimulatedService:
    """A service by what its pictogram says of it; `minutes` is the office's own figure, if known."""
    mean = MEAN_MINUTES.get(pictogram, OTHER_MINUTES) if minutes is None else minutes
    return SimulatedService(id_, WEIGHTS.get(pictogram, OTHER_WEIGHT), mean * 60)


def place_of(config: OfficeConfig) -> Place:
    """From the office file; the sessions are those of its longest weekday."""
    weeks = [day for season in config.hours.seasons for day in season.week if day]
    longest = max(weeks, key=lambda day: sum(_length(s) for s in day), default=())
    own = {"sessions": tuple((_seconds(s)[0], _seconds(s)[1]) for s in longest)} if longest else {}
    return Place(
        tuple(
            service_of(s.id, s.pictogram, s.expected_service.total_seconds() / 60 * 0.9)
            for s in config.services
        ),
        tuple(SimulatedCounter(c.id, c.services) for c in config.counters),
        tuple(group.id for group in config.priority_groups),
        **own,
    )


def _seconds(session: Session) -> tuple[float, float]:
    start, end = session.start, session.end
    return start.hour * 3600.0 + start.minute * 60, end.hour * 3600.0 + end.minute * 60


def _length(session: Session) -> float:
    start, end = _seconds(session)
    return end - start
