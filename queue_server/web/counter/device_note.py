"""What the console says of devices: its own counter's display and keypad, and printers of slips. Pure."""

from collections.abc import Iterator, Mapping

from queue_server.domain.ids import CounterId
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words

States = Mapping[str, Mapping[str, object]]

LED_LOST = Words(
    "Bảng đèn của quầy mất kết nối: gọi to số, báo người phụ trách.",
    "This counter's LED display is lost: call numbers aloud, tell the supervisor.",
)
PAD_LOST = Words(
    "Bàn phím của quầy mất kết nối: dùng phím trên máy tính.",
    "This counter's keypad is lost: use the computer's keys.",
)
PRINTERS: tuple[tuple[str, str, Words], ...] = (
    ("paper", "out", Words("{} hết giấy: thay cuộn mới.", "{} is out of paper: put in a new roll.")),
    ("cover", "open", Words("{} đang mở nắp: đóng nắp lại.", "{} has its cover open: close it.")),
    ("error", "cutter", Words("{} kẹt dao cắt.", "{}: its cutter is jammed.")),
    ("error", "overheated", Words("{} quá nóng.", "{} is too hot.")),
    ("error", "unrecoverable", Words("{} lỗi phần cứng.", "{} has a hardware error.")),
    ("error", "offline", Words("{} không nhận lệnh.", "{} takes nothing.")),
    ("paper", "near_end", Words("{} sắp hết giấy.", "{} is low on paper.")),
)
LOST = Words("{} mất kết nối.", "{} is lost.")


def device_note(config: OfficeConfig, states: States, counter: CounterId, language: str) -> str:
    """One line, empty when all is well. A device never heard of is no trouble yet: it may not be set up."""
    return " ".join(words for words in _troubles(config, states, counter, language))


def _troubles(config: OfficeConfig, states: States, counter: CounterId, language: str) -> Iterator[str]:
    for led in config.leds:
        if led.counter == counter and states.get(led.id, {}).get("state") == "lost":
            yield LED_LOST.in_(language)
    for pad in config.keypads:
        if pad.counter == counter and states.get(pad.id, {}).get("state") == "lost":
            yield PAD_LOST.in_(language)
    for printer in config.printers:
        state = states.get(printer.id, {})
        name = printer.name.in_(language)
        if state.get("state") == "lost":
            yield LOST.in_(language).format(name)
            continue
        health = state.get("health")
        told = health if isinstance(health, Mapping) else {}
        trouble = next((words for key, value, words in PRINTERS if told.get(key) == value), None)
        if trouble is not None:
            yield trouble.in_(language).format(name)
