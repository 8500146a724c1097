"""What a manager should look at now: stranded queues, long waits, unwell devices, calls for help. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from queue_server.domain.counter_table import CounterState
from queue_server.domain.eligibility import stranded
from queue_server.domain.ids import ServiceId
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.queue_view import waiting_tickets
from queue_server.domain.visit_wait import visit_wait
from queue_server.domain.words import Words
from queue_server.web.dossier_notices import Told
from queue_server.web.hall.format import clock

MOST_LONG_WAITS = 3
Devices = Mapping[str, Mapping[str, object]]

_HEALTH: dict[tuple[str, str], Words] = {
    ("paper", "out"): Words("hết giấy: thay cuộn mới", "out of paper: put in a new roll"),
    ("paper", "near_end"): Words("giấy sắp hết: chuẩn bị cuộn mới", "paper low: have a roll ready"),
    ("cover", "open"): Words("nắp đang mở: đóng nắp lại", "cover open: close it"),
}


@dataclass(frozen=True, slots=True)
class Alert:
    """`tone` is `bad` (lost, over the line) or `warn`; `key` stays while the cause stays."""

    key: str
    tone: str
    icon: str
    title: str
    detail: str


def alerts(
    office: Office,
    config: OfficeConfig,
    devices: Devices,
    seen: frozenset[ServiceId],
    language: str,
    now: datetime,
    notices: Sequence[Told] = (),
) -> list[Alert]:
    """The worst first; only of services in `seen`. `notices` are about look-ups of dossiers."""
    return [
        *_clock(office, language),
        *_stranded(office, config, seen, language),
        *_help(office, config, language),
        *(Alert(one.key, "warn", "scan-line", one.title, one.detail) for one in notices),
        *_long(office, config, seen, language, now),
        *_devices(config, devices, language),
        *_pauses(office, config, language, now),
    ]


def _clock(office: Office, language: str) -> list[Alert]:
    if not office.clock_doubt:
        return []
    title = Words("Đồng hồ máy chủ chưa đáng tin", "The server's clock is in doubt")
    detail = Words(
        "Quản trị viên xem giờ máy chủ rồi xác nhận.", "An administrator must check and confirm the time."
    )
    return [Alert("clock", "bad", "clock", title.in_(language), detail.in_(language))]


def _stranded(office: Office, config: OfficeConfig, seen: frozenset[ServiceId], language: str) -> list[Alert]:
    waiting: dict[ServiceId, int] = {}
    for key in stranded(office):
        waiting[key.target.service] = waiting.get(key.target.service, 0) + len(office.queues[key])
    title = Words("Không có quầy nào nhận {name}", "No counter takes {name}")
    detail = Words(
        "{n} người đang chờ. Mở quầy hoặc giao việc này cho một quầy.",
        "{n} waiting. Open or assign a counter.",
    )
    return [
        Alert(
            f"stranded {service.id}",
            "bad",
            "triangle-alert",
            title.in_(language).format(name=service.name.in_(language)),
            detail.in_(language).format(n=waiting[service.id]),
        )
        for service in config.services
        if service.id in waiting and service.id in seen
    ]


def _help(office: Office, config: OfficeConfig, language: str) -> list[Alert]:
    title, detail = (
        Words("{name} cần người giúp", "{name} asks for help"),
        Words("Bấm gọi lúc {at}", "Asked at {at}"),
    )
    names = {kiosk.id: kiosk.name.in_(language) for kiosk in config.kiosks}
    return [
        Alert(
            f"help {kiosk}",
            "warn",
            "hand-helping",
            title.in_(language).format(name=names.get(kiosk, kiosk)),
            detail.in_(language).format(at=clock(config.hours, at)),
        )
        for kiosk, at in sorted(office.help_asked.items(), key=lambda one: one[1])
    ]


def _long(
    office: Office, config: OfficeConfig, seen: frozenset[ServiceId], language: str, now: datetime
) -> list[Alert]:
    found = []
    title = Words("{number} đã chờ {minutes} phút", "{number} has waited {minutes} min")
    for ticket in waiting_tickets(office):
        wait = visit_wait(ticket, now)
        service = config.service(ticket.service)
        if wait <= config.calling.rescue_after or service is None or service.id not in seen:
            continue
        minutes = int(wait / timedelta(minutes=1))
        words = title.in_(language).format(number=ticket.number, minutes=minutes)
        found.append((wait, Alert(f"long {ticket.id}", "bad", "clock", words, service.name.in_(language))))
    found.sort(key=lambda one: one[0], reverse=True)
    return [alert for _, alert in found[:MOST_LONG_WAITS]]


def _devices(config: OfficeConfig, devices: Devices, language: str) -> list[Alert]:
    names: dict[str, str] = {kiosk.id: kiosk.name.in_(language) for kiosk in config.kiosks}
    names |= {printer.id: printer.name.in_(language) for printer in config.printers}
    numbers = {counter.id: counter.number for counter in config.counters}
    led_words, pad_words = Words("Bảng đèn quầy {}", "LED display {}"), Words("Bàn phím quầy {}", "Keypad {}")
    names |= {led.id: led_words.in_(language).format(numbers[led.counter]) for led in config.leds}
    names |= {pad.id: pad_words.in_(language).format(numbers[pad.counter]) for pad in config.keypads}
    names |= {speaker.id: speaker.name.in_(language) for speaker in config.speakers}
    lost = Words("{name} mất kết nối", "{name} is lost")
    unwell = Words("{name} không ổn", "{name} is degraded")
    found = []
    for id_, payload in sorted(devices.items()):
        state = payload.get("state")
        if state not in ("lost", "degraded"):
            continue
        title = (lost if state == "lost" else unwell).in_(language).format(name=names.get(id_, id_))
        tone, symbol = ("bad", "unplug") if state == "lost" else ("warn", "printer")
        found.append(Alert(f"device {id_}", tone, symbol, title, _health(payload, language)))
    return found


def _health(payload: Mapping[str, object], language: str) -> str:
    health = payload.get("health")
    if not isinstance(health, Mapping):
        return ""
    known = [words.in_(language) for cause, words in _HEALTH.items() if health.get(cause[0]) == cause[1]]
    if known:
        return "; ".join(known)
    check = Words("Kiểm tra nguồn điện, dây mạng.", "Check its power and network cable.")
    return check.in_(language)


def _pauses(office: Office, config: OfficeConfig, language: str, now: datetime) -> list[Alert]:
    title = Words("Quầy {n} nghỉ quá hẹn {minutes} phút", "Counter {n} paused {minutes} min too long")
    found = []
    for counter in config.counters:
        running = office.counters.get(counter.id)
        if running is None or running.state is not CounterState.PAUSED or running.paused_until is None:
            continue
        late = int((now - running.paused_until) / timedelta(minutes=1))
        if late >= 1:
            words = title.in_(language).format(n=counter.number, minutes=late)
            found.append(Alert(f"pause {counter.id}", "warn", "coffee", words, running.pause_reason))
    return found
