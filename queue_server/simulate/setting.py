"""What stays the same over a simulated day: services, counters with what they take, the calling policy."""

from dataclasses import dataclass, field

from queue_server.domain.ids import ServiceId
from queue_server.domain.office_calling import Calling, ComeBackPlace, StrandedRule
from queue_server.domain.office_config import OfficeConfig


@dataclass(frozen=True, slots=True)
class SettingService:
    id: str
    group: str
    expected_s: float
    """What the policy expects of a service, call to end."""
    agency: str = ""


@dataclass(frozen=True, slots=True)
class SettingCounter:
    """`services` are places in `Setting.services`; `number` is what people call it, 0 for one not built."""

    number: int
    services: tuple[int, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    services: tuple[SettingService, ...]
    counters: tuple[SettingCounter, ...]
    calling: Calling = field(default_factory=Calling)
    stranded: StrandedRule = StrandedRule.GROUP
    keep_place: bool = True
    """Whoever comes back after a no-show stands where they stood."""

    def place_of(self, service: str) -> int:
        """The place of a service by its id. Raises KeyError."""
        for place, one in enumerate(self.services):
            if one.id == service:
                return place
        raise KeyError(service)


def setting_of(config: OfficeConfig) -> Setting:
    """The office file's services, counters and rules."""
    place = {service.id: n for n, service in enumerate(config.services)}
    return Setting(
        tuple(
            SettingService(s.id, s.group, s.expected_service.total_seconds(), s.agency or "")
            for s in config.services
        ),
        tuple(
            SettingCounter(c.number, tuple(place[ServiceId(s)] for s in c.services), c.id)
            for c in config.counters
        ),
        config.calling,
        config.rules.stranded,
        config.rules.come_back is ComeBackPlace.KEEP,
    )
