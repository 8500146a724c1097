"""The reference office of docs/simulate.md: 6 services, 8 counters; and how many visits make a load."""

from queue_server.domain.office_calling import Calling
from queue_server.simulate.day import ADDED_AT_COUNTER, SECOND_SERVICE, TRANSFER
from queue_server.simulate.people import TURN_S
from queue_server.simulate.place import Place, SimulatedCounter, SimulatedService
from queue_server.simulate.setting import Setting, SettingCounter, SettingService

_SERVICES = (
    ("chung-thuc", "tu-phap", 40.0, 6.0),
    ("ho-tich", "tu-phap", 16.0, 14.0),
    ("cu-tru", "cu-tru", 14.0, 9.0),
    ("dat-dai", "kinh-te", 10.0, 18.0),
    ("ho-kinh-doanh", "kinh-te", 8.0, 13.0),
    ("nhan-ket-qua", "tu-phap", 12.0, 4.0),
)
"""Id, group, how many of a hundred visits, mean minutes from start to end."""
_COUNTERS = ((0,), (0, 5), (1,), (1,), (2, 5), (3,), (3, 4), (4, 0))
WALK_S = 25.0
"""What a walk takes on average (simulate/day)."""


def reference(calling: Calling | None = None) -> tuple[Setting, Place]:
    """The office and how its days come about."""
    setting = Setting(
        tuple(SettingService(id_, group, minutes * 60) for id_, group, _, minutes in _SERVICES),
        tuple(SettingCounter(n, services, f"q{n}") for n, services in enumerate(_COUNTERS, 1)),
        calling or Calling(),
    )
    place = Place(
        tuple(SimulatedService(id_, weight, minutes * 60) for id_, _, weight, minutes in _SERVICES),
        tuple(
            SimulatedCounter(f"q{n}", tuple(_SERVICES[s][0] for s in services))
            for n, services in enumerate(_COUNTERS, 1)
        ),
        ("cao-tuoi", "khuyet-tat"),
    )
    return setting, place


def visits_for(place: Place, load: float) -> int:
    """How many visits keep all counters busy for the share `load` of the open hours, on average."""
    weight = sum(s.weight for s in place.services)
    mean = sum(s.weight * s.mean_s for s in place.services) / weight
    legs = 1 + SECOND_SERVICE + TRANSFER + ADDED_AT_COUNTER
    taken = (mean + WALK_S + sum(TURN_S) / 2) * legs
    open_s = sum(end - start for start, end in place.sessions)
    return max(round(load * len(place.counters) * open_s / taken), 1)
