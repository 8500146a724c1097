"""A running office as Prometheus metrics: queues, waits of today, predictions, devices. It names nobody."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily, InfoMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from queue_server.domain.counter_table import CounterState
from queue_server.domain.ids import ServiceId
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.queue_view import waiting_by_service
from queue_server.domain.ticket import Told
from queue_server.engine.ports import Clock, Engine
from queue_server.waits.groups import Dimension
from queue_server.waits.period import Asked, DayRange, FiguresFor, Group
from queue_server.waits.tally import percentile

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS_S = (60, 300, 600, 900, 1200, 1800, 2700, 3600, 5400)
DEVICE_STATES = ("ready", "degraded", "lost")
PARTS = ("paper", "cover", "error")
"""What is told of a device's health: words of a short list, so that no label grows without end."""
ALL = "all"
"""The label of every service together."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the figures come from: the same that the manager's page asks."""

    engine: Engine
    clock: Clock
    figures: FiguresFor
    newcomer: Callable[[ServiceId], Told | None]
    hall_mean: Callable[[], Told | None]
    devices: Callable[[], Mapping[str, Mapping[str, object]]]
    health: Callable[[], Mapping[str, bool]]


def exposition(sources: Sources) -> bytes:
    """The text of one scrape, of `CONTENT_TYPE`. Today's figures begin anew each local day."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Office(sources))
    return generate_latest(registry)


class _Office(Collector):
    def __init__(self, sources: Sources) -> None:
        self._s = sources

    def collect(self) -> Iterator[Metric]:
        yield self._parts()
        config = self._s.engine.office.config
        if config is None:
            return
        yield InfoMetricFamily("motcua_office", "The office", {"office": config.id})
        seq = GaugeMetricFamily("motcua_journal_position", "Events in the journal")
        seq.add_metric([], self._s.engine.office.seq)
        yield seq
        yield from self._queues(config)
        yield from self._predictions(config)
        yield from self._today(config)
        yield from self._devices()

    def _parts(self) -> Metric:
        up = GaugeMetricFamily("motcua_part_up", "1 while the part answers", labels=["part"])
        for part, well in self._s.health().items():
            up.add_metric([part], float(well))
        return up

    def _queues(self, config: OfficeConfig) -> Iterator[Metric]:
        office = self._s.engine.office
        waiting = GaugeMetricFamily("motcua_waiting", "People waiting now", labels=["service"])
        found = waiting_by_service(office)
        for service in config.services:
            waiting.add_metric([service.id], found.get(service.id, 0))
        yield waiting
        counters = GaugeMetricFamily("motcua_counters", "Counters by their state", labels=["state"])
        states = [counter.state for counter in office.counters.values()]
        for state in CounterState:
            counters.add_metric([state.value], states.count(state))
        yield counters

    def _predictions(self, config: OfficeConfig) -> Iterator[Metric]:
        told = GaugeMetricFamily(
            "motcua_predicted_wait_minutes",
            "What a newcomer would be told; missing while it is not known",
            labels=["service", "bound"],
        )
        hall = GaugeMetricFamily(
            "motcua_hall_predicted_mean_minutes",
            "Predicted mean wait of everyone in the hall now",
            labels=["bound"],
        )
        for service in config.services:
            for bound, minutes in _bounds(self._s.newcomer(service.id)):
                told.add_metric([service.id, bound], minutes)
        for bound, minutes in _bounds(self._s.hall_mean()):
            hall.add_metric([bound], minutes)
        yield told
        yield hall

    def _today(self, config: OfficeConfig) -> Iterator[Metric]:
        today: date = config.hours.day_of(self._s.clock.now())
        days = DayRange(today, today)
        whole = self._s.figures.figures_for(Asked(days)).groups
        services = self._s.figures.figures_for(Asked(days, Dimension.SERVICE)).groups
        named = [*((ALL, group) for group in whole), *((group.key, group) for group in services)]
        visits = GaugeMetricFamily(
            "motcua_visits_today", "Visits of today that are over", labels=["service", "outcome"]
        )
        mean, p90 = (
            GaugeMetricFamily(f"motcua_wait_{name}_seconds", help_, labels=["service"])
            for name, help_ in (
                ("mean", "Mean wait of today's served visits"),
                ("p90", "9 in 10 of today's served visits waited no longer"),
            )
        )
        waits = HistogramMetricFamily("motcua_wait_seconds", "Waits of today's visits", labels=["service"])
        within = GaugeMetricFamily(
            "motcua_within_target_ratio",
            "Share of today's served and abandoned visits within a target",
            labels=["service", "minutes"],
        )
        for name, group in named:
            f = group.figures
            for outcome, count in (
                ("served", f.n),
                ("abandoned", f.abandoned),
                ("no_show", f.no_show),
                ("cancelled", f.cancelled),
            ):
                visits.add_metric([name, outcome], count)
            if f.mean_s is not None:
                mean.add_metric([name], f.mean_s)
            if f.p90_s is not None:
                p90.add_metric([name], f.p90_s)
            for minutes, share in f.share_within.items():
                within.add_metric([name, f"{minutes:g}"], share)
            waits.add_metric([name], _buckets(group), sum_value=group.total.wait_us / 1e6)
        yield from (visits, mean, p90, within, waits)
        yield from _quality(whole[0] if whole else None)

    def _devices(self) -> Iterator[Metric]:
        labels = ["device", "kind"]
        ready = GaugeMetricFamily("motcua_device_ready", "1 while the device is ready", labels=labels)
        condition = GaugeMetricFamily(
            "motcua_device_state", "1 for the state the device is in", labels=[*labels, "state"]
        )
        health = GaugeMetricFamily(
            "motcua_device_health",
            "1 for what the device says of a part of itself; unknown is not fine",
            labels=[*labels, "part", "value"],
        )
        age = GaugeMetricFamily(
            "motcua_device_answer_age_seconds", "Seconds since the device last said how it is", labels=labels
        )
        now = self._s.clock.now()
        for device, state in sorted(self._s.devices().items()):
            named = [device, str(state.get("kind", ""))]
            ready.add_metric(named, float(state.get("state") == "ready"))
            for one in DEVICE_STATES:
                condition.add_metric([*named, one], float(state.get("state") == one))
            for part, value in _parts_of(state.get("health")):
                health.add_metric([*named, part, value], 1.0)
            heard = state.get("heard_at")
            if isinstance(heard, str):
                age.add_metric(named, max(0.0, (now - datetime.fromisoformat(heard)).total_seconds()))
        yield from (ready, condition, health, age)


def _parts_of(health: object) -> Iterator[tuple[str, str]]:
    if isinstance(health, Mapping):
        yield from ((part, str(health[part])) for part in PARTS if part in health)


def _quality(whole: Group | None) -> Iterator[Metric]:
    """How good what was told today has been, of what has come true."""
    held = GaugeMetricFamily("motcua_told_within_range_ratio", "Share of waits within the range told today")
    error = GaugeMetricFamily("motcua_told_mean_error_seconds", "Mean size of today's prediction errors")
    worst = GaugeMetricFamily("motcua_told_p90_error_seconds", "9 in 10 of today's errors are no larger")
    if whole is not None and whole.total.told_n:
        total = whole.total
        held.add_metric([], total.told_held / total.told_n)
        error.add_metric([], total.told_off_us / total.told_n / 1e6)
        worst.add_metric([], percentile(total.told_seconds, 90) or 0.0)
    yield from (held, error, worst)


def _bounds(told: Told | None) -> Iterator[tuple[str, float]]:
    if told is not None:
        yield from (("low", told.low), ("median", told.median), ("high", told.high))


def _buckets(group: Group) -> list[tuple[str, float]]:
    seconds = group.total.seconds
    found = [(f"{limit:g}", float(sum(n for s, n in seconds.items() if s <= limit))) for limit in BUCKETS_S]
    return [*found, ("+Inf", float(group.figures.n))]
