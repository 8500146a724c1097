"""One day at an office by discrete events, on the production calling policy: no clock, no chance, no wire.

Everything random was drawn with the citizens (`Citizen`), so that two plans meet the same people. A free
counter calls at once; between two people it pauses for the first one's `turn_s`.
"""

from bisect import insort
from heapq import heapify, heappop, heappush

import numpy as np

from queue_server.domain.calling import Head, choose
from queue_server.domain.office_calling import Calling, StrandedRule
from queue_server.domain.office_services import ServiceClass
from queue_server.simulate.hall_day import Call, Came, DayResult, HallDay, Shift
from queue_server.simulate.setting import Setting

OVERTIME_S = 3600.0
"""After the last session counters serve whoever still waits for so long at the most."""
_CLASSES = tuple(ServiceClass)
_SIGN_ON, _SIGN_OFF, _SKILL, _PAUSE, _RESUME, _FREE, _ENTER, _BACK = range(8)
_INF = float("inf")
_Waiting = tuple[float, float, int]
"""(since, arrival, citizen): the order within a queue."""


def run(setting: Setting, day: HallDay, calling: Calling | None = None) -> DayResult:
    """Play `day` through; `calling` instead of the office's own policy."""
    return _Hall(setting, day, calling or setting.calling).play()


class _Desk:
    """A counter's state; `idle` is since when it has nobody to call, None while it is not idle."""

    __slots__ = ("busy", "idle", "may", "ordinary", "paused", "shift", "skills", "until")

    def __init__(self, skills: tuple[int, ...]) -> None:
        self.skills = set(skills)
        self.shift: Shift | None = None
        self.until = -_INF
        self.paused = self.busy = False
        self.idle: float | None = None
        self.ordinary = 0
        self.may: list[int] = []
        """Queues it may call from while signed on."""


class _Hall:
    def __init__(self, setting: Setting, day: HallDay, calling: Calling) -> None:
        self._calling, self._setting, self._day = calling, setting, day
        self._expected = [s.expected_s for s in setting.services]
        self._groups = [s.group for s in setting.services]
        self._desks = [_Desk(c.services) for c in setting.counters] + [_Desk(s) for s in day.added]
        self._queues: list[list[_Waiting]] = [[] for _ in range(len(setting.services) * len(_CLASSES))]
        many = len(day.citizens)
        self._names = [f"{n:06d}" for n in range(many)]
        self._class = [_CLASSES.index(c.service_class) for c in day.citizens]
        self._stay = [0] * many
        self._entered: list[float | None] = [None] * many
        """Since when the uncalled leg waits."""
        self._since = [0.0] * many
        self._wait = [c.spent_s for c in day.citizens]
        self._called = [False] * many
        self._came = [int(Came.ABANDONED)] * many
        self._missed = [False] * many
        self._busy = [0.0] * len(self._desks)
        self._calls: list[Call] = []
        self._over = max((s.off_s for s in day.shifts), default=0.0)
        self._events: list[tuple[float, int, int, int, int]] = []
        self._made = 0
        for number, shift in enumerate(day.shifts):
            self._push(shift.on_s, _SIGN_ON, shift.counter, number)
            self._push(shift.off_s, _SIGN_OFF, shift.counter, number)
        for number, skill in enumerate(day.skills):
            self._push(skill.from_s, _SKILL, number, 0 if skill.gives_up else 1)
            if skill.to_s < _INF:
                self._push(skill.to_s, _SKILL, number, 1 if skill.gives_up else 0)
        heapify(self._events)

    def _push(self, at: float, kind: int, who: int, what: int = 0) -> None:
        self._made += 1
        heappush(self._events, (at, self._made, kind, who, what))

    def play(self) -> DayResult:
        citizens, events, arrived = self._day.citizens, self._events, 0
        while events or arrived < len(citizens):
            if arrived < len(citizens) and (not events or citizens[arrived].at_s < events[0][0]):
                one = citizens[arrived]
                self._enter(arrived, one.at_s, max(one.at_s, one.slot_s or one.at_s))
                arrived += 1
                continue
            at, _, kind, who, what = heappop(events)
            if kind == _FREE:
                desk = self._desks[who]
                desk.busy = False
                self._call(who, at)
            elif kind == _ENTER:
                since = at - (self._wait[who] if what else 0.0)
                self._enter(who, at, since)
            elif kind == _BACK:
                self._back(who, at)
            elif kind == _PAUSE:
                self._pause(who, at, what)
            elif kind == _RESUME:
                self._desks[who].paused = False
                self._call(who, at)
            elif kind == _SIGN_ON:
                self._sign_on(who, at, self._day.shifts[what])
            elif kind == _SIGN_OFF:
                self._sign_off(who, at, self._day.shifts[what])
            else:
                self._skill(who, at, bool(what))
        return self._result()

    def _enter(self, citizen: int, at: float, since: float) -> None:
        """Into the queue; of the idle counters that may take them the one that is idle longest calls."""
        self._entered[citizen] = at
        self._stand(citizen, at, since)

    def _stand(self, citizen: int, at: float, since: float) -> None:
        one = self._day.citizens[citizen]
        queue = one.stays[self._stay[citizen]].service * len(_CLASSES) + self._class[citizen]
        self._since[citizen] = since
        insort(self._queues[queue], (since, one.at_s, citizen))
        best, longest = -1, _INF
        for number, desk in enumerate(self._desks):
            if desk.idle is not None and desk.idle < longest and queue in desk.may:
                best, longest = number, desk.idle
        if best >= 0:
            self._call(best, at)

    def _call(self, number: int, at: float) -> None:
        """The policy's choice for a free counter, or it falls idle."""
        desk = self._desks[number]
        if desk.shift is None or desk.busy or desk.paused:
            return
        if at >= desk.until:
            self._go_home(desk, at)
            return
        heads = []
        for queue in desk.may:
            waiting = self._queues[queue]
            if waiting:
                since, _, citizen = waiting[0]
                name = self._names[citizen]
                service, kind = divmod(queue, len(_CLASSES))
                heads.append(Head(name, _CLASSES[kind], at - since, self._expected[service], name))
        head = choose(self._calling, heads, desk.ordinary)
        if head is None:
            if desk.idle is None:
                desk.idle = at
            return
        desk.idle, desk.busy = None, True
        citizen = int(head.ticket)
        service = self._day.citizens[citizen].stays[self._stay[citizen]].service
        self._queues[service * len(_CLASSES) + self._class[citizen]].pop(0)
        desk.ordinary = 0 if head.service_class is ServiceClass.PRIORITY else desk.ordinary + 1
        self._calls.append(Call(at, number, citizen))
        self._take(number, citizen, at)

    def _take(self, number: int, citizen: int, at: float) -> None:
        """Somebody is called: they come and are served, or nobody comes."""
        one, entered = self._day.citizens[citizen], self._entered[citizen]
        if entered is not None:
            if self._stay[citizen] == 0 and one.slot_s is not None:
                entered = max(entered, one.slot_s)
            self._wait[citizen] += max(at - entered, 0.0)
            self._entered[citizen], self._called[citizen] = None, True
        gone = not self._missed[citizen] and (not one.comes or at - one.at_s > one.patience_s)
        if gone:
            self._came[citizen], self._missed[citizen] = int(Came.NO_SHOW), True
            if one.comes_back_s is not None:
                self._push(at + one.hold_s + one.comes_back_s, _BACK, citizen)
            taken = one.hold_s
        else:
            taken = one.walk_s + one.stays[self._stay[citizen]].taken_s
            self._stay[citizen] += 1
            if self._stay[citizen] < len(one.stays):
                self._came[citizen] = int(Came.ABANDONED)
                self._push(at + taken, _ENTER, citizen, int(one.stays[self._stay[citizen]].keeps))
            else:
                self._came[citizen] = int(Came.SERVED)
        self._busy[number] += taken + one.turn_s
        self._push(at + taken + one.turn_s, _FREE, number)

    def _back(self, citizen: int, at: float) -> None:
        """Back after a missed call, which ended the wait; their place is kept if the office says so."""
        if any(desk.shift is not None for desk in self._desks):
            self._stand(citizen, at, self._since[citizen] if self._setting.keep_place else at)

    def _sign_on(self, number: int, at: float, shift: Shift) -> None:
        desk = self._desks[number]
        desk.shift, desk.idle, desk.paused = shift, None, False
        desk.until = shift.off_s + (OVERTIME_S if shift.last else 0.0)
        desk.ordinary = shift.ordinary_since
        if shift.busy_until_s > at:
            desk.busy = True
            self._push(shift.busy_until_s, _FREE, number)
        for which, (pause_at, _) in enumerate(shift.pauses):
            if pause_at <= at:
                self._pause(number, at, which)
            else:
                self._push(pause_at, _PAUSE, number, which)
        self._who_may_call(at)
        self._call(number, at)

    def _sign_off(self, number: int, at: float, shift: Shift) -> None:
        desk = self._desks[number]
        if desk.shift is shift and not shift.last and not desk.busy:
            self._go_home(desk, at)

    def _go_home(self, desk: _Desk, at: float) -> None:
        desk.shift, desk.idle = None, None
        self._who_may_call(at)

    def _pause(self, number: int, at: float, which: int) -> None:
        desk = self._desks[number]
        if desk.shift is None or which >= len(desk.shift.pauses):
            return
        if desk.busy:
            self._push(at + 60.0, _PAUSE, number, which)
            return
        desk.paused, desk.idle = True, None
        self._push(at + desk.shift.pauses[which][1], _RESUME, number)

    def _skill(self, which: int, at: float, takes: bool) -> None:
        skill = self._day.skills[which]
        skills = self._desks[skill.counter].skills
        if takes:
            skills.add(skill.service)
        else:
            skills.discard(skill.service)
        self._who_may_call(at)

    def _who_may_call(self, at: float) -> None:
        """As domain/eligibility: own services, and those no signed-on counter takes by the stranded rule."""
        covered = {s for desk in self._desks if desk.shift is not None for s in desk.skills}
        rule, groups = self._setting.stranded, self._groups
        for number, desk in enumerate(self._desks):
            if desk.shift is None:
                continue
            own = {groups[s] for s in desk.skills}
            desk.may = [
                service * len(_CLASSES) + kind
                for service in range(len(groups))
                if service in desk.skills
                or (
                    service not in covered
                    and (rule is StrandedRule.ANY or (rule is StrandedRule.GROUP and groups[service] in own))
                )
                for kind in range(len(_CLASSES))
            ]
            if desk.idle is not None:
                self._call(number, at)

    def _result(self) -> DayResult:
        wait = np.array(self._wait)
        waited = wait.copy()
        for citizen, entered in enumerate(self._entered):
            if entered is not None and self._came[citizen] == Came.ABANDONED:
                slot = self._day.citizens[citizen].slot_s
                begun = max(entered, slot) if slot is not None and not self._stay[citizen] else entered
                waited[citizen] += max(self._over - begun, 0.0)
        wait[~np.array(self._called, dtype=bool)] = np.nan
        return DayResult(
            wait,
            np.array(self._came, dtype=np.int64),
            waited,
            tuple(self._busy),
            tuple(self._calls),
        )
