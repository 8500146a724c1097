"""Every device of the office as a card: what it is, how it is, and what to do about it. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words
from queue_server.web.admin.device_words import (
    DEVICE_OF_IT,
    FACTS,
    HEALTH,
    KINDS,
    LOST,
    NEVER,
    RESULTS,
    SINCE,
    STATES,
    TEST_FAILED,
    TESTS,
    TOLD,
    is_trouble,
)
from queue_server.web.say import clock

States = Mapping[str, Mapping[str, object]]
_TOLD_ELSEWHERE = ("detail", "tested", "test_result")


@dataclass(frozen=True, slots=True)
class Card:
    """`test` is what its button says, empty without one; `detail` is for whoever mends it."""

    id: str
    name: str
    icon: str
    state: str
    words: str
    tone: str
    state_icon: str
    lines: tuple[str, ...]
    test: str = ""
    test_icon: str = ""
    detail: str = ""


def names(config: OfficeConfig, language: str) -> dict[str, tuple[str, str]]:
    """Device → (kind, name) of everything the office file names and that tells of its health."""
    return dict(_of_the_file(config, language))


def name_of(known: Mapping[str, tuple[str, str]], device: str, kind: str, language: str) -> str:
    if device in known:
        return known[device][1]
    return f"{KINDS[kind][1].in_(language)} · {device}" if kind in KINDS else device


def cards(config: OfficeConfig, states: States, now: datetime, language: str) -> list[Card]:
    """The unwell first. Devices of the office file that were never heard of count as lost."""
    known, states = names(config, language), _heard(states)
    found = [_card(config, id_, *known[id_], states.get(id_), now, language) for id_ in known]
    for id_, state in states.items():
        if id_ not in known:
            kind = str(state.get("kind", ""))
            name = name_of(known, id_, kind, language)
            found.append(_card(config, id_, kind, name, state, now, language))
    order = list(STATES)
    return sorted(found, key=lambda card: (order.index(card.state), card.name))


def _heard(states: States) -> States:
    """`heard` with each: an agent that lives speaks for its devices, which only say what is new."""
    found: dict[str, Mapping[str, object]] = {}
    for id_, state in states.items():
        agent = states.get(str(state.get("agent", "")), {})
        told = [str(one["at"]) for one in (state, agent) if one.get("at") and one.get("state") != "lost"]
        found[id_] = {**state, "heard": max(told, default=str(state.get("at", "")))}
    return found


def _of_the_file(config: OfficeConfig, language: str) -> Iterator[tuple[str, tuple[str, str]]]:
    counters = {counter.id: counter.number for counter in config.counters}
    for kiosk in config.kiosks:
        yield kiosk.id, ("kiosk", kiosk.name.in_(language))
    for printer in config.printers:
        yield printer.id, ("printer", printer.name.in_(language))
    for led in config.leds:
        words = Words(
            f"Bảng đèn quầy {counters[led.counter]}", f"LED display, counter {counters[led.counter]}"
        )
        yield led.id, ("display", words.in_(language))
    for pad in config.keypads:
        words = Words(f"Bàn phím quầy {counters[pad.counter]}", f"Keypad, counter {counters[pad.counter]}")
        yield pad.id, ("keypad", words.in_(language))
    for speaker in config.speakers:
        yield speaker.id, ("speaker", speaker.name.in_(language))


def _card(
    config: OfficeConfig,
    id_: str,
    kind: str,
    name: str,
    state: Mapping[str, object] | None,
    now: datetime,
    language: str,
) -> Card:
    value = str(state.get("state", "lost")) if state else "lost"
    words, tone, state_icon = STATES.get(value, STATES["lost"])
    told = state.get("health") if state else None
    health = {str(key): str(reading) for key, reading in told.items()} if isinstance(told, Mapping) else {}
    lines = [NEVER.in_(language)] if state is None else _lines(config, value, state, health, now, language)
    icon = KINDS[kind][0] if kind in KINDS else "unplug"
    test_icon, test = TESTS.get(kind, ("", Words("")))
    return Card(
        id_,
        name,
        icon,
        value if value in STATES else "lost",
        words.in_(language),
        tone,
        state_icon,
        tuple(lines),
        test.in_(language) if state is not None and value != "lost" else "",
        test_icon,
        health.get("detail", ""),
    )


def _lines(
    config: OfficeConfig,
    value: str,
    state: Mapping[str, object],
    health: Mapping[str, str],
    now: datetime,
    language: str,
) -> list[str]:
    """The trouble first."""
    said = [(key, _said(key, reading, language)) for key, reading in health.items()]
    trouble = [line for key, line in said if is_trouble(key, health[key])]
    unsaid = [key for key in health if (key, health[key]) == ("cover", "unknown")]
    rest = [line for key, line in said if line not in trouble and key not in (*unsaid, *_TOLD_ELSEWHERE)]
    if value == "degraded" and not trouble and state.get("kind") == "agent":
        trouble = [DEVICE_OF_IT.in_(language)]
    if value == "lost" and not trouble:
        trouble = [LOST.in_(language)]
    lines = [*trouble, *rest]
    if value != "ready" and (since := _instant(state.get("since"))) is not None:
        told = TOLD.in_(language) if state.get("alerted") else ""
        lines.append(SINCE.in_(language).format(clock(config.hours, since)) + told)
    if "test_result" in health:
        lines.append(test_words(health["test_result"], language))
    if state.get("software"):
        lines.append(Words(f"Phiên bản {state['software']}", f"Version {state['software']}").in_(language))
    return lines + _last_heard(_instant(state.get("heard")) or _instant(state.get("at")), now, language)


def test_words(result: str, language: str) -> str:
    """`printed`, `failed: paper_out` … in words."""
    if result in RESULTS:
        return RESULTS[result].in_(language)
    head, _, why = result.partition(": ")
    if head == "failed":
        known = next(
            (words for (_, value), words in HEALTH.items() if value == why.removeprefix("paper_")), None
        )
        return TEST_FAILED.in_(language) + (f": {known.in_(language)}" if known else "")
    return f"{RESULTS.get(head.split(' ')[0], TEST_FAILED).in_(language)}"


def _said(key: str, reading: str, language: str) -> str:
    known = HEALTH.get((key, reading))
    if known is not None:
        return known.in_(language)
    if key in FACTS:
        return FACTS[key].in_(language).format(reading)
    return f"{key}: {reading}"


def _instant(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return None


def _last_heard(at: datetime | None, now: datetime, language: str) -> list[str]:
    if at is None or at.tzinfo is None:
        return []
    seconds = max(0, int((now - at).total_seconds()))
    if seconds < 120:
        return [Words(f"Tin gần nhất {seconds} giây trước", f"Last heard {seconds} s ago").in_(language)]
    minutes = seconds // 60
    return [Words(f"Tin gần nhất {minutes} phút trước", f"Last heard {minutes} min ago").in_(language)]
