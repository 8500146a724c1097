"""Plays a planned day: what citizens and officers ask, and what each answer leads to. No clock, no wire."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import numpy as np

from queue_server.simulate.agenda import Agenda, Then
from queue_server.simulate.day import PlannedDay, PlannedShift, PlannedVisit
from queue_server.simulate.talk import Ask, Heard

IDLE_LOOK_S = 60.0
"""An idle officer looks at the queue so often, and at once when somebody takes a number."""
BETWEEN_S = (4.0, 20.0)
RECALL_AFTER_S = 35.0
GIVE_UP_AFTER_S = 75.0
OVERTIME_S = 3600.0
STRANGER_S = 300.0
"""How long somebody is served whom the simulator did not send: a person trying the office out."""


@dataclass(slots=True)
class _Desk:
    """A counter with its officer."""

    shift: PlannedShift
    ticket: str = ""
    calling: bool = False
    paused: bool = False
    idle: bool = False
    look_at: float = 0.0


class Player(Agenda):
    """The agenda of a planned day: it fills itself with what the answers lead to."""

    def __init__(self, day: PlannedDay) -> None:
        super().__init__()
        self._rng = np.random.default_rng(day.seed_of_play)
        self._stuck: list[str] = []
        self._visits: dict[str, PlannedVisit] = {}
        self._came_at: dict[str, float] = {}
        self._leg: dict[str, int] = {}
        self._entered: dict[str, datetime] = {}
        self._desks: dict[str, _Desk] = {}
        self.waiting = 0
        """Of those it sent: in a queue."""
        self.planned = len(day.visits)
        for visit in day.visits:
            self.at(visit.at_s, partial(self._issue, visit))
        for shift in day.shifts:
            self.at(shift.on_s, partial(self._sign_on, shift))

    def goodbye(self) -> list[Ask]:
        """What leaves every counter of the simulator's signed off, wherever the day was broken off."""
        asks = [Ask(verb, {"counter": id_}) for id_ in self._stuck for verb in ("end", "no-show", "sign-off")]
        for id_, desk in self._desks.items():
            if desk.ticket:
                asks.append(Ask("no-show" if desk.calling else "end", {"counter": id_}))
            asks.append(Ask("sign-off", {"counter": id_}))
        self._desks.clear()
        return asks

    # citizens

    def _issue(self, visit: PlannedVisit, at: float) -> tuple[Ask, Then]:
        fields: dict[str, object] = {
            "services": list(visit.services),
            "language": visit.language,
            "people": visit.people,
            "dossiers": visit.dossiers,
            "wants_slip": False,
        }
        if visit.priority_group:
            fields["priority_group"] = visit.priority_group
        return Ask("issue", fields), partial(self._issued, visit)

    def _issued(self, visit: PlannedVisit, now: float, heard: Heard) -> None:
        if not heard.ok or heard.issued_at is None:
            self.counts.refused_issues += 1
            return
        self.counts.issued += 1
        self._visits[heard.ticket], self._came_at[heard.ticket] = visit, now
        self._queued(heard.ticket, heard.issued_at, now)

    def _queued(self, ticket: str, entered: datetime | None, now: float) -> None:
        """In a queue; idle officers look up at once, in random order."""
        if entered is not None:
            self._entered[ticket] = entered
        self.waiting += 1
        idle = [desk for desk in self._desks.values() if desk.idle]
        for place in self._rng.permutation(len(idle)):
            self.at(now + self._between(), partial(self._call, idle[int(place)].shift))

    def _come_back(self, ticket: str, at: float) -> tuple[Ask, Then]:
        def back(now: float, heard: Heard) -> None:
            if heard.ok:
                self.counts.came_back += 1
                self._queued(ticket, None, now)

        return Ask("come-back", {"ticket": ticket}), back

    # officers

    def _between(self) -> float:
        return float(self._rng.uniform(*BETWEEN_S))

    def _sign_on(self, shift: PlannedShift, at: float) -> tuple[Ask, Then]:
        def signed_on(now: float, heard: Heard) -> None:
            if heard.ok:
                self._desks[shift.counter] = _Desk(shift)
                self.at(now, partial(self._open, shift))
                if shift.pause is not None:
                    self.at(shift.pause[0], partial(self._pause, shift))

        return Ask("sign-on", {"counter": shift.counter, "officer": shift.officer}), signed_on

    def _open(self, shift: PlannedShift, at: float) -> tuple[Ask, Then] | None:
        desk = self._desk(shift)
        if desk is None:
            return None

        def opened(now: float, heard: Heard) -> None:
            desk.paused = False
            self.at(now + self._between(), partial(self._call, shift))

        return Ask("open", {"counter": shift.counter}), opened

    def _desk(self, shift: PlannedShift) -> _Desk | None:
        desk = self._desks.get(shift.counter)
        return desk if desk is not None and desk.shift is shift else None

    def _pause(self, shift: PlannedShift, at: float) -> tuple[Ask, Then] | None:
        desk = self._desk(shift)
        if desk is None or shift.pause is None:
            return None
        if desk.ticket:
            self.at(at + 60.0, partial(self._pause, shift))
            return None

        def paused(now: float, heard: Heard) -> None:
            if heard.ok and shift.pause is not None:
                desk.paused, desk.idle = True, False
                self.at(now + shift.pause[1], partial(self._open, shift))

        return Ask("pause", {"counter": shift.counter, "reason": "Nghỉ giải lao"}), paused

    def _off(self, shift: PlannedShift, at: float) -> bool:
        """Whether it is time to go: at the session's end, on the last one when nobody waits any more."""
        over = at >= shift.off_s
        return over and not (shift.last and self.waiting > 0 and at < shift.off_s + OVERTIME_S)

    def _call(self, shift: PlannedShift, at: float) -> tuple[Ask, Then] | None:
        desk = self._desk(shift)
        if desk is None or desk.ticket or desk.paused:
            return None
        if self._off(shift, at):
            return Ask("sign-off", {"counter": shift.counter}), partial(self._signed_off, shift)
        return Ask("call-next", {"counter": shift.counter}), partial(self._called, desk)

    def _signed_off(self, shift: PlannedShift, now: float, heard: Heard) -> None:
        self._desks.pop(shift.counter, None)
        if not heard.ok:
            self._stuck.append(shift.counter)

    def _called(self, desk: _Desk, now: float, heard: Heard) -> None:
        shift, ticket = desk.shift, heard.ticket
        if not heard.ok or not ticket:
            desk.idle, desk.look_at = True, _look_at(shift, now)
            self.at(desk.look_at, partial(self._look, shift))
            return
        desk.idle, desk.ticket, desk.calling = False, ticket, True
        self._took(ticket, heard)
        visit = self._visits.get(ticket)
        gone = visit is not None and (not visit.comes or now - self._came_at[ticket] > visit.patience_s)
        if gone:
            self.at(now + RECALL_AFTER_S, partial(self._recall, desk, ticket))
            self.at(now + GIVE_UP_AFTER_S, partial(self._no_show, desk, ticket))
        else:
            walk = visit.walk_s if visit is not None else 15.0
            if walk > RECALL_AFTER_S:
                self.at(now + RECALL_AFTER_S, partial(self._recall, desk, ticket))
            self.at(now + walk, partial(self._start, desk, ticket))

    def _took(self, ticket: str, heard: Heard) -> None:
        """A first call of a leg ends its wait."""
        entered = self._entered.pop(ticket, None)
        if ticket in self._visits:
            self.waiting -= 1
            if entered is not None and heard.at is not None:
                waits = self.counts.waits_s
                waits[ticket] = waits.get(ticket, 0.0) + (heard.at - entered).total_seconds()

    def _look(self, shift: PlannedShift, at: float) -> tuple[Ask, Then] | None:
        desk = self._desk(shift)
        return self._call(shift, at) if desk is not None and desk.idle and desk.look_at == at else None

    def _recall(self, desk: _Desk, ticket: str, at: float) -> tuple[Ask, Then] | None:
        if desk.ticket != ticket or not desk.calling:
            return None
        return Ask("recall", {"counter": desk.shift.counter}), lambda now, heard: None

    def _no_show(self, desk: _Desk, ticket: str, at: float) -> tuple[Ask, Then] | None:
        if desk.ticket != ticket:
            return None

        def missed(now: float, heard: Heard) -> None:
            self._free(desk, now)
            visit = self._visits.get(ticket)
            if not heard.ok or visit is None:
                return
            self.counts.no_show += 1
            if visit.comes_back_s is not None and not visit.comes:
                self._visits[ticket] = replace(visit, comes=True, patience_s=float("inf"), comes_back_s=None)
                self.at(now + visit.comes_back_s, partial(self._come_back, ticket))

        return Ask("no-show", {"counter": desk.shift.counter, "expected": ticket}), missed

    def _start(self, desk: _Desk, ticket: str, at: float) -> tuple[Ask, Then] | None:
        if desk.ticket != ticket:
            return None

        def started(now: float, heard: Heard) -> None:
            if not heard.ok:
                self._free(desk, now)
                return
            desk.calling = False
            visit, leg = self._visits.get(ticket), self._leg.get(ticket, 0)
            taken = visit.service_s[min(leg, len(visit.service_s) - 1)] if visit else STRANGER_S
            self._leg[ticket] = leg + 1
            if visit is not None and leg == 0 and visit.added:
                self.at(now + taken / 2, partial(self._add, desk, ticket, visit.added))
            self.at(now + taken, partial(self._finish, desk, ticket))

        return Ask("start", {"counter": desk.shift.counter, "expected": ticket}), started

    def _add(self, desk: _Desk, ticket: str, service: str, at: float) -> tuple[Ask, Then] | None:
        if desk.ticket != ticket:
            return None
        return Ask("add-service", {"ticket": ticket, "service": service}), partial(self._added, ticket)

    def _added(self, ticket: str, now: float, heard: Heard) -> None:
        visit = self._visits.get(ticket)
        if heard.ok and visit is not None and visit.added:
            self._visits[ticket] = replace(visit, services=(*visit.services, visit.added), added=None)

    def _finish(self, desk: _Desk, ticket: str, at: float) -> tuple[Ask, Then] | None:
        if desk.ticket != ticket:
            return None
        visit, legs = self._visits.get(ticket), self._leg[ticket]
        counter = {"counter": desk.shift.counter}
        if visit is not None and legs == 1 and visit.transfer_to:
            fields: dict[str, object] = {"ticket": ticket, "service": visit.transfer_to}
            return Ask("transfer", {**fields, "reason": "Đúng lĩnh vực"}), partial(self._moved, desk, ticket)
        if self._rng.random() < 0.5 and not self._off(desk.shift, at):
            # "Kết thúc và gọi tiếp": one press
            return (
                Ask("call-next", {**counter, "expected": ticket, "end_current": True}),
                partial(self._ended_and_called, desk, ticket),
            )
        return Ask("end", {**counter, "expected": ticket}), partial(self._ended, desk, ticket)

    def _moved(self, desk: _Desk, ticket: str, now: float, heard: Heard) -> None:
        if not heard.ok:
            visit = self._visits.get(ticket)
            if visit is not None:
                self._visits[ticket] = replace(visit, transfer_to=None)
            self.at(now, partial(self._finish, desk, ticket))
            return
        self.counts.transferred += 1
        self._free(desk, now)
        self._queued(ticket, heard.at, now)

    def _over(self, ticket: str, now: float, heard: Heard) -> None:
        """The leg has ended: the next one begins, or the citizen goes home."""
        visit = self._visits.get(ticket)
        if visit is None or not heard.ok:
            return
        if self._leg[ticket] < len(visit.services):
            self._queued(ticket, heard.at, now)
        else:
            self.counts.served_tickets.add(ticket)

    def _ended(self, desk: _Desk, ticket: str, now: float, heard: Heard) -> None:
        self._over(ticket, now, heard)
        self._free(desk, now)

    def _ended_and_called(self, desk: _Desk, ticket: str, now: float, heard: Heard) -> None:
        if not heard.ok:
            self.at(now, partial(self._end, desk, ticket))
            return
        desk.ticket, desk.calling = "", False
        self._over(ticket, now, heard)
        nobody = heard.ticket == ticket  # the reply is about the ended one: nobody was called after it
        self._called(desk, now, Heard(False) if nobody else heard)

    def _end(self, desk: _Desk, ticket: str, at: float) -> tuple[Ask, Then] | None:
        counter = {"counter": desk.shift.counter}
        return Ask("end", {**counter, "expected": ticket}), partial(self._ended, desk, ticket)

    def _free(self, desk: _Desk, now: float) -> None:
        desk.ticket, desk.calling = "", False
        self.at(now + self._between(), partial(self._call, desk.shift))


def _look_at(shift: PlannedShift, now: float) -> float:
    """When an idle officer looks up: in a while, or when the session ends."""
    return min(now + IDLE_LOOK_S, shift.off_s) if now < shift.off_s else now + IDLE_LOOK_S
