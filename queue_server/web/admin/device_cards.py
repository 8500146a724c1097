"""Every device of the office as a card: what it is, how it is, and what to do about it. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from queue_server.domain.office_config import OfficeConfig, Words

States = Mapping[str, Mapping[str, object]]
KINDS: dict[str, tuple[str, Words]] = {
    "kiosk": ("monitor", Words("Kiosk", "Kiosk")),
    "printer": ("printer", Words("Máy in", "Printer")),
    "scanner": ("scan-line", Words("Máy quét", "Scanner")),
    "display": ("tv", Words("Bảng", "Display")),
    "speaker": ("volume-2", Words("Loa", "Speaker")),
    "keypad": ("keyboard", Words("Bàn phím gọi số", "Keypad")),
    "agent": ("server", Words("Chương trình thiết bị", "Device agent")),
}
STATES: dict[str, tuple[Words, str, str]] = {
    "lost": (Words("Mất kết nối", "Lost"), "red", "circle-x"),
    "degraded": (Words("Suy giảm", "Degraded"), "gold", "triangle-alert"),
    "ready": (Words("Sẵn sàng", "Ready"), "green", "circle-check"),
}
"""State → words, tone, icon; in the order they matter."""
HEALTH: dict[tuple[str, str], Words] = {
    ("paper", "ok"): Words("Giấy đủ", "Paper is in"),
    ("paper", "near_end"): Words("Giấy sắp hết: chuẩn bị cuộn mới", "Paper low: have a roll ready"),
    ("paper", "out"): Words("Hết giấy: thay cuộn mới", "Out of paper: put in a new roll"),
    ("paper", "unknown"): Words("Máy không báo còn giấy hay hết", "It does not say whether paper is in"),
    ("cover", "closed"): Words("Nắp đóng", "Cover closed"),
    ("cover", "open"): Words("Nắp đang mở: đóng nắp lại", "Cover open: close it"),
}
NEVER = Words(
    "Chưa nối lần nào từ khi máy chủ chạy. Kiểm tra nguồn, dây mạng và tài khoản thiết bị.",
    "Not seen since the server started. Check power, cable and device account.",
)
LOST = Words("Kiểm tra nguồn và dây mạng.", "Check power and cable.")


@dataclass(frozen=True, slots=True)
class Card:
    name: str
    icon: str
    state: str
    words: str
    tone: str
    state_icon: str
    lines: tuple[str, ...]


def cards(config: OfficeConfig, states: States, now: datetime, language: str) -> list[Card]:
    """The unwell first. Devices of the office file that were never heard of count as lost."""
    known = dict(_of_the_file(config, language))
    found = [_card(id_, *known[id_], states.get(id_), now, language) for id_ in known]
    for id_, state in states.items():
        if id_ not in known:
            kind = str(state.get("kind", ""))
            words = KINDS[kind][1].in_(language) if kind in KINDS else id_
            found.append(_card(id_, kind, f"{words} · {id_}", state, now, language))
    order = list(STATES)
    return sorted(found, key=lambda card: (order.index(card.state), card.name))


def _of_the_file(config: OfficeConfig, language: str) -> Iterator[tuple[str, tuple[str, str]]]:
    for kiosk in config.kiosks:
        yield kiosk.id, ("kiosk", kiosk.name.in_(language))
    for printer in config.printers:
        yield printer.id, ("printer", printer.name.in_(language))


def _card(
    id_: str, kind: str, name: str, state: Mapping[str, object] | None, now: datetime, language: str
) -> Card:
    value = str(state.get("state", "lost")) if state else "lost"
    words, tone, state_icon = STATES.get(value, STATES["lost"])
    lines: list[str] = []
    if state is None:
        lines.append(NEVER.in_(language))
    else:
        if value == "lost":
            lines.append(LOST.in_(language))
        health = state.get("health")
        for key, reading in (health if isinstance(health, Mapping) else {}).items():
            said = HEALTH.get((str(key), str(reading)))
            lines.append(said.in_(language) if said else f"{key}: {reading}")
        if state.get("software"):
            lines.append(
                Words(f"Phiên bản {state['software']}", f"Version {state['software']}").in_(language)
            )
        lines += _last_heard(state.get("at"), now, language)
    icon = KINDS[kind][0] if kind in KINDS else "unplug"
    return Card(
        name,
        icon,
        value if value in STATES else "lost",
        words.in_(language),
        tone,
        state_icon,
        tuple(lines),
    )


def _last_heard(at: object, now: datetime, language: str) -> list[str]:
    try:
        seconds = max(0, int((now - datetime.fromisoformat(str(at))).total_seconds()))
    except (ValueError, TypeError):
        return []
    if seconds < 120:
        return [Words(f"Tin gần nhất {seconds} giây trước", f"Last heard {seconds} s ago").in_(language)]
    minutes = seconds // 60
    return [Words(f"Tin gần nhất {minutes} phút trước", f"Last heard {minutes} min ago").in_(language)]
