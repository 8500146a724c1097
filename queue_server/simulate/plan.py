"""Counter plans: what an office could do otherwise, written as short sentences.

`counter 3 learns chung-thuc [08:00-10:00]` · `+1 counter [08:00-10:00] chung-thuc,ho-tich` ·
`counter 3 closed [08:00-10:00]` · `40% spread` · `30% appointments`; several with `;` between them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from queue_server.simulate.hall_day import HallDay, Shift, Skill
from queue_server.simulate.people import spread, with_appointments
from queue_server.simulate.setting import Setting

_WHOLE_DAY = (0.0, 86_400.0)
_HOURS = r"(?:\s+(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2}))?"
_LEARNS = re.compile(rf"counter\s+(\d+)\s+learns\s+(\S+){_HOURS}")
_CLOSED = re.compile(rf"counter\s+(\d+)\s+closed{_HOURS}")
_MORE = re.compile(rf"\+(\d+)\s+counters?{_HOURS}\s+(\S+)")
_SHARE = re.compile(r"(\d+(?:\.\d+)?)\s*%\s+(spread|appointments)")


class BadPlan(ValueError):
    """The plan is not understood; the sentence says which part and what may be written."""


@dataclass(frozen=True, slots=True)
class Learns:
    """A counter, by its place, takes one more service between two times of the day."""

    counter: int
    service: int
    from_s: float = 0.0
    to_s: float = 86_400.0


@dataclass(frozen=True, slots=True)
class More:
    """One more counter, staffed between two times of the day, inside the office's sessions."""

    services: tuple[int, ...]
    from_s: float = 0.0
    to_s: float = 86_400.0


@dataclass(frozen=True, slots=True)
class Closed:
    counter: int
    from_s: float = 0.0
    to_s: float = 86_400.0


@dataclass(frozen=True, slots=True)
class Spread:
    """A share of the citizens come evenly over the day instead of when they would."""

    share: float


@dataclass(frozen=True, slots=True)
class Appointments:
    """A share of the citizens book evenly spread slots."""

    share: float


Act = Learns | More | Closed | Spread | Appointments


@dataclass(frozen=True, slots=True)
class Plan:
    """`acts` in the order in which they are written; none is the office as it stands."""

    name: str
    acts: tuple[Act, ...] = ()


def parse_plan(text: str, setting: Setting, name: str = "") -> Plan:
    """Raises BadPlan."""
    return Plan(
        name or text.strip(),
        tuple(act for part in text.split(";") if part.strip() for act in _act(part.strip(), setting)),
    )


def _act(text: str, setting: Setting) -> Iterator[Act]:
    if found := _LEARNS.fullmatch(text):
        yield Learns(
            _counter(found[1], setting, text), _service(found[2], setting, text), *_times(found, 3, text)
        )
    elif found := _CLOSED.fullmatch(text):
        yield Closed(_counter(found[1], setting, text), *_times(found, 2, text))
    elif found := _MORE.fullmatch(text):
        services = tuple(_service(s, setting, text) for s in found[6].split(","))
        for _ in range(int(found[1])):
            yield More(services, *_times(found, 2, text))
    elif found := _SHARE.fullmatch(text):
        share = float(found[1]) / 100
        if share > 1:
            raise BadPlan(f"{text!r}: a share is 100 % at the most.")
        yield Spread(share) if found[2] == "spread" else Appointments(share)
    else:
        raise BadPlan(
            f"{text!r} is no plan. Write 'counter 3 learns chung-thuc', '+1 counter 08:00-10:00 chung-thuc', "
            "'counter 3 closed 08:00-10:00', '40% spread' or '30% appointments'; several with ';' between."
        )


def _counter(number: str, setting: Setting, text: str) -> int:
    for place, counter in enumerate(setting.counters):
        if counter.number == int(number):
            return place
    known = ", ".join(str(c.number) for c in setting.counters)
    raise BadPlan(f"{text!r}: there is no counter {number}; there are {known}.")


def _service(id_: str, setting: Setting, text: str) -> int:
    try:
        return setting.place_of(id_)
    except KeyError:
        known = ", ".join(s.id for s in setting.services)
        raise BadPlan(f"{text!r}: there is no service {id_!r}; there are {known}.") from None


def _times(found: re.Match[str], first: int, text: str) -> tuple[float, float]:
    if found[first] is None:
        return _WHOLE_DAY
    h1, m1, h2, m2 = (int(found[n]) for n in range(first, first + 4))
    from_s, to_s = h1 * 3600.0 + m1 * 60, h2 * 3600.0 + m2 * 60
    if not 0 <= from_s < to_s <= 86_400:
        raise BadPlan(f"{text!r}: the first time comes before the second.")
    return from_s, to_s


def with_plan(setting: Setting, day: HallDay, acts: Sequence[Act]) -> HallDay:
    """The same people on the same day under the plan."""
    sessions = _sessions(day.shifts)
    for act in acts:
        match act:
            case Learns():
                skill = Skill(act.counter, act.service, act.from_s, act.to_s)
                day = replace(day, skills=(*day.skills, skill))
            case More():
                number = len(setting.counters) + len(day.added)
                more = tuple(
                    Shift(number, max(act.from_s, on), min(act.to_s, off), last=last and act.to_s >= off)
                    for on, off, last in sessions
                    if max(act.from_s, on) < min(act.to_s, off)
                )
                day = replace(day, added=(*day.added, act.services), shifts=(*day.shifts, *more))
            case Closed():
                day = replace(day, shifts=tuple(_without(day.shifts, act)))
            case Spread():
                day = spread(day, act.share)
            case Appointments():
                day = with_appointments(day, act.share)
    return day


def _sessions(shifts: Sequence[Shift]) -> list[tuple[float, float, bool]]:
    """The stretches in which somebody works, by the shifts."""
    found: list[tuple[float, float, bool]] = []
    for on, off, last in sorted((s.on_s, s.off_s, s.last) for s in shifts):
        if found and on < found[-1][1]:
            found[-1] = (found[-1][0], max(off, found[-1][1]), last or found[-1][2])
        else:
            found.append((on, off, last))
    return found


def _without(shifts: Sequence[Shift], closed: Closed) -> Iterator[Shift]:
    for shift in shifts:
        if shift.counter != closed.counter or closed.to_s <= shift.on_s or closed.from_s >= shift.off_s:
            yield shift
            continue
        if shift.on_s < closed.from_s:
            before = tuple(p for p in shift.pauses if p[0] < closed.from_s)
            yield replace(shift, off_s=closed.from_s, pauses=before, last=False)
        if closed.to_s < shift.off_s:
            after = tuple(p for p in shift.pauses if p[0] >= closed.to_s)
            yield replace(shift, on_s=closed.to_s, pauses=after)
