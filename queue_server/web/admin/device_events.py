"""The last events of the office's devices as rows: when, how bad, which, what, what became of it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words
from queue_server.web.admin.device_cards import States, name_of, names, test_words
from queue_server.web.admin.device_words import STATES, trouble
from queue_server.web.ports import DeviceEvent

MOST = 12
WELL = Words("Sẵn sàng", "Ready")
AGAIN = Words("Ổn trở lại sau {}", "Well again after {}")
LOST = Words("Mất liên lạc", "Lost")
DONE = Words("Đã xong", "Done")
TOLD = Words("Đã báo phụ trách", "The supervisor has been told")
OPEN = Words("Chưa xử lý", "Open")


@dataclass(frozen=True, slots=True)
class Row:
    at: str
    tone: str
    icon: str
    level: str
    name: str
    what: str
    then: str


def rows(config: OfficeConfig, events: Sequence[DeviceEvent], states: States, language: str) -> list[Row]:
    """The latest first. `events` are too."""
    known, found = names(config, language), list[Row]()
    settled: set[str] = set()
    for event in events:
        words, tone, icon = STATES.get(event.state, STATES["lost"])
        open_ = event.device not in settled and event.state != "ready"
        settled.add(event.device)
        if len(found) < MOST:
            found.append(
                Row(
                    config.hours.local(event.at).strftime("%H:%M:%S"),
                    tone,
                    icon,
                    words.in_(language),
                    name_of(known, event.device, event.kind, language),
                    _what(event, language),
                    _then(open_, states.get(event.device, {}), language),
                )
            )
    return found


def _what(event: DeviceEvent, language: str) -> str:
    if "test_result" in event.health and event.state == "ready" and event.lasted is None:
        return test_words(event.health["test_result"], language)
    if event.state == "ready":
        return (
            AGAIN.in_(language).format(_span(event.lasted, language)) if event.lasted else WELL.in_(language)
        )
    return trouble(dict(event.health), language) or LOST.in_(language)


def _then(open_: bool, state: Mapping[str, object], language: str) -> str:
    if not open_:
        return DONE.in_(language)
    return (TOLD if state.get("alerted") else OPEN).in_(language)


def _span(lasted: timedelta, language: str) -> str:
    seconds = int(lasted.total_seconds())
    if seconds < 60:
        return Words(f"{seconds} giây", f"{seconds} s").in_(language)
    minutes, seconds = divmod(seconds, 60)
    return Words(f"{minutes} phút {seconds:02d} giây", f"{minutes} min {seconds} s").in_(language)
