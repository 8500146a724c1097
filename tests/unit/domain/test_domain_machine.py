"""Whatever is asked of the office, in whatever order: what must always hold, holds."""

from datetime import date, datetime, timedelta
from typing import Any

from domain_hall import (
    LOCAL,
    SUPERVISOR,
    Hall,
    at,
    citizen,
    config,
    counter,
    hall,
    hours,
    officer,
    q,
    rules,
    service,
)
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.counter_table import BUSY, CounterState
from queue_server.domain.decide import decide
from queue_server.domain.ids import CommandId, KioskId, OfficerId, PriorityGroupId, ServiceId, TicketId
from queue_server.domain.office_calling import Calling, ComeBackPlace, Overnight, PolicyName, StrandedRule
from queue_server.domain.queues import key_of, order
from queue_server.domain.refusals import Refusal
from queue_server.domain.ticket import ParkedBy, Target
from queue_server.domain.ticket_table import AT_COUNTER, ENDED, TicketState
from queue_server.domain.visit_wait import visit_wait
from queue_server.domain.words import Words

SERVICES = st.sampled_from([ServiceId("a"), ServiceId("b"), ServiceId("c")])
COUNTERS = st.sampled_from([1, 2, 3])
PLACES = st.integers(1, 40)
"""Picks one of the tickets."""
GROUPS = st.sampled_from([None, PriorityGroupId("elderly")])
KIOSKS = st.sampled_from([KioskId("k1"), KioskId("k2")])
ALWAYS = hours(always_open=True)
W, C, S, P = TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.PARKED
N, R = TicketState.NO_SHOW, TicketState.AWAITING_RESULT
NATURAL: dict[CounterState, type[c.OfCounter]] = {
    CounterState.CLOSED: c.OpenCounter,
    CounterState.PAUSED: c.OpenCounter,
    CounterState.IDLE: c.CallNext,
    CounterState.CALLING: c.StartService,
    CounterState.SERVING: c.EndService,
}
"""What an officer does next, left alone."""


class Office(RuleBasedStateMachine):
    hall: Hall

    @initialize(
        policy=st.sampled_from(list(PolicyName)),
        come_back=st.sampled_from(list(ComeBackPlace)),
        overnight=st.sampled_from(list(Overnight)),
        stranded=st.sampled_from(list(StrandedRule)),
    )
    def open(
        self, policy: PolicyName, come_back: ComeBackPlace, overnight: Overnight, stranded: StrandedRule
    ) -> None:
        self.changes: dict[str, Any] = {
            "hours": ALWAYS,
            "calling": Calling(policy=policy, one_priority_per=1),
            "rules": rules(come_back=come_back, overnight=overnight, stranded=stranded),
        }
        self.hall = hall(**self.changes)
        self.seen: list[TicketId] = []
        self.given: set[tuple[date, str]] = set()
        self.waits: dict[TicketId, timedelta] = {}
        for number in (1, 2):
            self.hall.staff(number)

    def ask(self, kind: type[c.Command], **given: Any) -> list[e.Event] | Refusal:
        """Ask once, and see that asking is pure and that a refusal changes nothing."""
        before = self.hall.office
        decision = self.hall.try_(kind, **given)
        fields: dict[str, Any] = {"id": CommandId("again"), "by": c.SYSTEM}
        command = kind(**(fields | given))
        again = decide(before, command, self.hall.now)
        assert again == decision
        if isinstance(decision, Refusal):
            assert self.hall.office is before
            return decision
        for event in decision:
            if isinstance(event, e.TicketIssued):
                day = self.hall.office.day
                assert day is not None and (day, event.number) not in self.given
                self.given.add((day, event.number))
                self.seen.append(event.ticket)
            if isinstance(event, e.ActUndone):
                self.waits.clear()
        return decision

    def pick(self, place: int, *states: TicketState) -> TicketId:
        """One of the tickets: mostly one in a state where the act is possible, sometimes any."""
        tickets = [t for t in self.hall.office.tickets.values() if t.state in states or place % 8 == 0]
        if not tickets:
            return self.seen[place % len(self.seen)] if self.seen else TicketId("nobody")
        return sorted(tickets, key=lambda t: (t.issued_at, t.id))[place % len(tickets)].id

    def at_counter(self, number: int) -> TicketId | None:
        return self.hall.counter(number).ticket

    @rule(seconds=st.sampled_from([1, 5, 9, 11, 60, 300, 1500, 4000]))
    def time_passes(self, seconds: int) -> None:
        self.hall.later(seconds=seconds)

    @rule(services=st.lists(SERVICES, min_size=1, max_size=3), group=GROUPS, slot=st.integers(-60, 90))
    def issue(self, services: list[ServiceId], group: PriorityGroupId | None, slot: int) -> None:
        booked = self.hall.now + timedelta(minutes=slot) if slot > 30 or slot < -30 else None
        self.ask(
            c.IssueTicket,
            ticket=TicketId(f"t{len(self.seen)}"),
            services=tuple(services),
            priority_group=group,
            appointment_at=booked,
        )

    @rule(kiosk=KIOSKS, ordinal=st.integers(898, 999), ago=st.integers(-60, 3600))
    def merge_an_outage(self, kiosk: KioskId, ordinal: int, ago: int) -> None:
        self.ask(c.GrantNumbers, kiosk=kiosk)
        issued: datetime = self.hall.now - timedelta(seconds=ago)
        self.ask(
            c.IssueTicket,
            ticket=TicketId(f"t{len(self.seen)}"),
            services=(ServiceId("a"),),
            kiosk=kiosk,
            number=f"A{ordinal:03d}",
            issued_at=issued,
        )

    @rule(place=PLACES, own=st.booleans())
    def cancel(self, place: int, own: bool) -> None:
        ticket = self.pick(place, W, P, C)
        self.ask(c.CancelTicket, ticket=ticket, by=citizen(ticket) if own else officer("o1"))

    @rule(number=COUNTERS, end=st.booleans())
    def call_next(self, number: int, end: bool) -> None:
        self.ask(c.CallNext, counter=q(number), end_current=end)

    @rule(number=COUNTERS, place=PLACES)
    def call_one(self, number: int, place: int) -> None:
        self.ask(c.CallTicket, counter=q(number), ticket=self.pick(place, W))

    @rule(
        number=COUNTERS,
        act=st.sampled_from([c.Recall, c.StartService, c.EndService, c.NoShow, c.AwaitResult]),
        guarded=st.booleans(),
    )
    def act(self, number: int, act: type[c.OfCounter], guarded: bool) -> None:
        self.ask(act, counter=q(number), expected=self.at_counter(number) if guarded else None)

    @rule(numbers=st.lists(COUNTERS, min_size=1, max_size=6), seconds=st.integers(0, 120))
    def work(self, numbers: list[int], seconds: int) -> None:
        for number in numbers:
            self.hall.later(seconds=seconds)
            if self.hall.counter(number).state is CounterState.UNSTAFFED:
                self.ask(c.SignOn, counter=q(number), officer=OfficerId(f"o{number}"))
            else:
                self.ask(NATURAL[self.hall.counter(number).state], counter=q(number))

    @rule(services=st.lists(SERVICES, min_size=1, max_size=6), group=GROUPS)
    def people_come(self, services: list[ServiceId], group: PriorityGroupId | None) -> None:
        for service_ in services:
            self.hall.later(seconds=20)
            ticket = TicketId(f"t{len(self.seen)}")
            self.ask(c.IssueTicket, ticket=ticket, services=(service_, ServiceId("b")), priority_group=group)

    @rule(
        number=COUNTERS, seconds=st.integers(0, 9), by=st.sampled_from(list(ParkedBy)), how=st.integers(0, 5)
    )
    def think_again(self, number: int, seconds: int, by: ParkedBy, how: int) -> None:
        """An officer does something with the ticket there, and takes it back."""
        ticket = self.at_counter(number)
        if ticket is None or how == 0:
            self.ask(c.CallNext, counter=q(number))
        elif how == 1:
            self.ask(c.ParkTicket, ticket=ticket, parked_by=by, reason="x")
        elif how == 2:
            self.ask(c.TransferTicket, ticket=ticket, to=Target(ServiceId("b")))
        elif how == 3:
            self.ask(c.CallNext, counter=q(number), end_current=True)
        else:
            self.ask(NATURAL[self.hall.counter(number).state], counter=q(number))
        self.hall.later(seconds=seconds)
        self.ask(c.Undo, counter=q(number))

    @rule(number=COUNTERS, seconds=st.integers(0, 11))
    def undo(self, number: int, seconds: int) -> None:
        self.hall.later(seconds=seconds)
        self.ask(c.Undo, counter=q(number))

    @rule(place=PLACES)
    def come_back(self, place: int) -> None:
        self.ask(c.ComeBack, ticket=self.pick(place, N))

    @rule(place=PLACES, by=st.sampled_from(list(ParkedBy)))
    def park(self, place: int, by: ParkedBy) -> None:
        self.ask(c.ParkTicket, ticket=self.pick(place, W, C, S), parked_by=by, reason="x")

    @rule(number=COUNTERS, by=st.sampled_from(list(ParkedBy)))
    def park_the_one_here(self, number: int, by: ParkedBy) -> None:
        if (ticket := self.at_counter(number)) is not None:
            self.ask(c.ParkTicket, ticket=ticket, parked_by=by, reason="x")

    @rule(place=PLACES)
    def unpark(self, place: int) -> None:
        self.ask(c.UnparkTicket, ticket=self.pick(place, P))

    @rule(place=PLACES, to=SERVICES, bound=st.sampled_from([None, "counter", "officer"]), number=COUNTERS)
    def transfer(self, place: int, to: ServiceId, bound: str | None, number: int) -> None:
        target = Target(
            to,
            q(number) if bound == "counter" else None,
            OfficerId(f"o{number}") if bound == "officer" else None,
        )
        self.ask(c.TransferTicket, ticket=self.pick(place, W, C, S, P), to=target)

    @rule(place=PLACES, to=SERVICES)
    def add_service(self, place: int, to: ServiceId) -> None:
        self.ask(c.AddService, ticket=self.pick(place, W, C, S), service=to)

    @rule(place=PLACES, to=st.one_of(st.none(), SERVICES.map(Target)))
    def result_ready(self, place: int, to: Target | None) -> None:
        self.ask(c.ResultReady, ticket=self.pick(place, R), to=to)

    @rule(place=PLACES, group=GROUPS)
    def change_priority(self, place: int, group: PriorityGroupId | None) -> None:
        self.ask(c.ChangePriority, ticket=self.pick(place, W, C, S, P), priority_group=group, reason="x")

    @rule(number=COUNTERS, service_=SERVICES, what=st.integers(0, 12), hour=st.integers(0, 9))
    def something_unusual(self, number: int, service_: ServiceId, what: int, hour: int) -> None:
        match what:
            case 0:
                tomorrow = self.hall.now.astimezone(LOCAL).date() + timedelta(days=1)
                self.hall.now = at(hour, day=tomorrow)
            case 1:
                self.ask(c.SignOff, counter=q(number))
            case 2:
                self.ask(c.CloseCounter, counter=q(number))
            case 3:
                self.ask(c.PauseCounter, counter=q(number), reason="x")
            case 4 | 5:
                self.ask(c.ChangeCounterServices, counter=q(number), services=(service_,))
            case 6:
                until = self.hall.now + timedelta(minutes=hour + 1)
                self.ask(c.CloseService, service=service_, reason=Words("x"), until=until)
            case 7:
                self.ask(c.CloseDay, by=SUPERVISOR)
            case 8 | 9:
                self.reload(smaller=what == 8)
            case _:
                self.ask(c.Tick)

    def reload(self, smaller: bool) -> None:
        without_c = {
            "services": (service("a"), service("b")),
            "counters": (counter(1, "a", "b"), counter(2, "b"), counter(3, "a")),
        }
        self.ask(c.ConfigureOffice, config=config(**self.changes, **(without_c if smaller else {})))

    @invariant()
    def a_counter_and_its_ticket_agree(self) -> None:
        office = self.hall.office
        held = [k.ticket for k in office.counters.values() if k.ticket is not None]
        assert len(held) == len(set(held))
        for running in office.counters.values():
            assert (running.ticket is not None) is (running.state in BUSY)
            if running.ticket is not None:
                ticket = office.tickets[running.ticket]
                assert ticket.counter == running.id
                called = running.state is CounterState.CALLING
                assert ticket.state is (TicketState.CALLED if called else TicketState.SERVING)
        assert {t.id for t in office.tickets.values() if t.state in AT_COUNTER} == set(held)

    @invariant()
    def one_officer_a_counter(self) -> None:
        office = self.hall.office
        seats = {k.officer: k.id for k in office.counters.values() if k.officer is not None}
        assert dict(office.officers) == seats
        for running in office.counters.values():
            assert (running.officer is None) is (running.state is CounterState.UNSTAFFED)

    @invariant()
    def everybody_who_waits_stands_in_one_queue_in_order(self) -> None:
        office = self.hall.office
        standing = [(key, id_) for key, waiting in office.queues.items() for id_ in waiting]
        waiting = {(key_of(t), t.id) for t in office.tickets.values() if t.state is TicketState.WAITING}
        assert len(standing) == len(waiting) and set(standing) == waiting
        for queue in office.queues.values():
            assert queue and list(queue) == sorted(queue, key=lambda id_: order(office.tickets[id_]))

    @invariant()
    def legs_follow_each_other(self) -> None:
        for ticket in self.hall.office.tickets.values():
            assert [leg.number for leg in ticket.legs] == list(range(1, len(ticket.legs) + 1))
            for leg, following in zip(ticket.legs, ticket.legs[1:], strict=False):
                assert leg.ended_at is not None and following.queued_at is not None
                assert leg.ended_at <= following.queued_at
            if ticket.state in ENDED or ticket.state is TicketState.NO_SHOW:
                assert ticket.leg.ended_at is not None
            for leg in ticket.legs:
                steps = [leg.queued_at, leg.first_called_at, leg.started_at, leg.ended_at]
                known = [step for step in steps if step is not None]
                assert known == sorted(known)

    @invariant()
    def waits_are_never_negative_and_never_shrink(self) -> None:
        for ticket in self.hall.office.tickets.values():
            wait = visit_wait(ticket, self.hall.now)
            assert wait >= self.waits.get(ticket.id, timedelta())
            self.waits[ticket.id] = wait

    @invariant()
    def numbers_lead_to_their_tickets(self) -> None:
        office = self.hall.office
        assert dict(office.numbers) == {t.number: t.id for t in office.tickets.values()}

    def teardown(self) -> None:
        if hasattr(self, "hall"):
            assert self.hall.replayed() == self.hall.office


TestOffice = Office.TestCase
TestOffice.settings = settings(max_examples=80, stateful_step_count=50, deadline=None)
