"""The simulated hall calls whom the production office calls, leg by leg, whatever the policy."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count

import numpy as np
import pytest
from unit.domain.domain_hall import Hall, at, config, q

from queue_server.domain import commands as c
from queue_server.domain.ids import OfficerId, PriorityGroupId, ServiceId, TicketId
from queue_server.domain.office_calling import Calling, PolicyName, StrandedRule
from queue_server.domain.office_calling import Rules as OfficeRules
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_services import ServiceClass
from queue_server.domain.ticket import Target
from queue_server.domain.visit_wait import visit_wait
from queue_server.simulate.hall import run
from queue_server.simulate.hall_day import Came, Citizen, HallDay, Shift, Skill, Stay
from queue_server.simulate.setting import setting_of

MORNING_S = 7.5 * 3600
SERVICES = ("a", "b", "c")


def people(seed: int, many: int = 70) -> tuple[Citizen, ...]:
    """A crowded morning of every kind of visit; no two instants are the same."""
    rng = np.random.default_rng(seed)
    found = []
    for at_s in np.sort(rng.uniform(MORNING_S, MORNING_S + 3 * 3600, many)):
        kind, luck = rng.random(2)
        services = rng.permutation(3)
        stays = [Stay(int(services[0]), float(rng.gamma(2, 200)) + 20)]
        if kind < 0.15:
            stays.append(Stay(int(services[1]), float(rng.gamma(2, 200)) + 20))
        elif kind < 0.3:
            stays.append(Stay(int(services[1]), float(rng.gamma(2, 200)) + 20, keeps=True))
        slot = float(at_s + rng.uniform(1, 1200)) if 0.15 <= luck < 0.35 else None
        found.append(
            Citizen(
                float(at_s),
                tuple(stays),
                ServiceClass.PRIORITY
                if luck < 0.15
                else ServiceClass.APPOINTMENT
                if slot is not None
                else ServiceClass.ORDINARY,
                walk_s=float(rng.uniform(3, 30)),
                turn_s=float(rng.uniform(2, 12)),
                comes=bool(rng.random() > 0.08),
                comes_back_s=float(rng.uniform(100, 900)) if rng.random() < 0.5 else None,
                slot_s=slot,
                hold_s=float(rng.uniform(60, 80)),
            )
        )
    return tuple(found)


class Twin:
    """The same day asked of decide and evolve, at the instants at which the simulation acted."""

    def __init__(self, office: OfficeConfig, day: HallDay) -> None:
        self.day, self.midnight = day, at(0)
        self.hall = Hall(now=at(7, 0))
        self.hall.do(c.ConfigureOffice, config=office)
        self.hall.do(c.Tick)
        self.agenda: list[tuple[float, int, Iterator[None]]] = []
        self.turn = count()

    def at(self, seconds: float, act: Iterator[None]) -> None:
        heappush(self.agenda, (round(seconds, 6), next(self.turn), act))

    def instant(self, seconds: float) -> datetime:
        return self.midnight + timedelta(seconds=seconds)

    def play(self, calls: list[tuple[float, int, int]]) -> None:
        for shift in self.day.shifts:
            self.at(shift.on_s, self.sign_on(shift))
        for skill in self.day.skills:
            self.at(skill.from_s, self.learn(skill))
        for n, one in enumerate(self.day.citizens):
            self.at(one.at_s, self.issue(n, one))
        visits = [0] * len(self.day.citizens)
        missed: set[int] = set()
        for seconds, counter, citizen in calls:
            one = self.day.citizens[citizen]
            self.at(seconds, self.call(counter, citizen))
            if not one.comes and citizen not in missed:
                missed.add(citizen)
                self.at(seconds + one.hold_s, self.miss(counter))
                if one.comes_back_s is not None:
                    self.at(seconds + one.hold_s + one.comes_back_s, self.back(citizen))
                continue
            stay = one.stays[visits[citizen]]
            visits[citizen] += 1
            later = one.stays[visits[citizen]] if visits[citizen] < len(one.stays) else None
            self.at(seconds + one.walk_s, self.start(counter))
            self.at(seconds + one.walk_s + stay.taken_s, self.end(counter, citizen, later))
        while self.agenda:
            seconds, _, act = heappop(self.agenda)
            self.hall.now = self.instant(seconds)
            next(act, None)

    def sign_on(self, shift: Shift) -> Iterator[None]:
        self.hall.do(c.SignOn, counter=q(shift.counter + 1), officer=OfficerId(f"o{shift.counter}"))
        self.hall.do(c.OpenCounter, counter=q(shift.counter + 1))
        yield

    def learn(self, skill: Skill) -> Iterator[None]:
        counter = self.hall.counter(skill.counter + 1)
        services = (*counter.services, ServiceId(SERVICES[skill.service]))
        self.hall.do(
            c.ChangeCounterServices,
            counter=counter.id,
            services=services,
            by=c.Actor(c.Role.SUPERVISOR, "chief"),
        )
        yield

    def issue(self, n: int, one: Citizen) -> Iterator[None]:
        first, *rest = one.stays
        planned = [s.service for s in (first, *rest) if not s.keeps]
        self.hall.do(
            c.IssueTicket,
            ticket=TicketId(f"t{n}"),
            services=tuple(ServiceId(SERVICES[s]) for s in planned),
            priority_group=PriorityGroupId("elderly") if one.service_class is ServiceClass.PRIORITY else None,
            appointment_at=self.instant(one.slot_s) if one.slot_s is not None else None,
        )
        yield

    def call(self, counter: int, citizen: int) -> Iterator[None]:
        self.hall.do(c.CallNext, counter=q(counter + 1))
        assert self.hall.counter(counter + 1).ticket == f"t{citizen}"
        yield

    def start(self, counter: int) -> Iterator[None]:
        self.hall.do(c.StartService, counter=q(counter + 1))
        yield

    def miss(self, counter: int) -> Iterator[None]:
        self.hall.do(c.NoShow, counter=q(counter + 1))
        yield

    def back(self, citizen: int) -> Iterator[None]:
        self.hall.do(c.ComeBack, ticket=TicketId(f"t{citizen}"))
        yield

    def end(self, counter: int, citizen: int, later: Stay | None) -> Iterator[None]:
        if later is not None and later.keeps:
            self.hall.do(
                c.TransferTicket,
                ticket=TicketId(f"t{citizen}"),
                to=Target(ServiceId(SERVICES[later.service])),
                reason="đúng lĩnh vực",
            )
        else:
            self.hall.do(c.EndService, counter=q(counter + 1))
        yield


@pytest.mark.parametrize("policy", list(PolicyName))
@pytest.mark.parametrize("stranded", list(StrandedRule))
def test_every_call_and_every_wait_is_the_production_offices(
    policy: PolicyName, stranded: StrandedRule
) -> None:
    office = config(
        calling=Calling(policy=policy, rescue_after=timedelta(minutes=35)),
        rules=OfficeRules(stranded=stranded, come_back_times=5),
    )
    setting = setting_of(office)
    for seed in range(3):
        day = HallDay(
            people(seed),
            (
                Shift(0, MORNING_S - 60.5, 17 * 3600, last=True),
                Shift(1, MORNING_S + 1800.25, 17 * 3600, last=True),
                Shift(2, MORNING_S + 3600.125, 17 * 3600, last=True),
            ),
            (Skill(2, 0, MORNING_S + 5400.75),),
        )
        result = run(setting, day)
        twin = Twin(office, day)
        twin.play([(call.at_s, call.counter, call.citizen) for call in result.calls])
        for n, came in enumerate(result.came):
            ticket = twin.hall.ticket(TicketId(f"t{n}"))
            if came == Came.SERVED:
                assert ticket.state == "served"
                assert visit_wait(ticket, twin.hall.now).total_seconds() == pytest.approx(
                    result.wait_s[n], abs=1e-3
                )
            assert (ticket.state == "no_show") == bool(came == Came.NO_SHOW)
        assert (result.came == Came.SERVED).sum() > 55


def test_whoever_lost_patience_is_called_in_vain_and_the_counter_is_held_up() -> None:
    setting = setting_of(config())
    shift = (Shift(0, 0.0, 3600.0),)
    first = Citizen(0.0, (Stay(0, 600.0),))
    gone = Citizen(1.0, (Stay(0, 60.0),), patience_s=300.0)
    third = Citizen(2.0, (Stay(0, 60.0),))
    result = run(setting, HallDay((first, gone, third), shift))
    assert list(result.came) == [Came.SERVED, Came.NO_SHOW, Came.SERVED]
    assert result.wait_s.tolist() == [0.0, 599.0, 600.0 + 75.0 - 2.0]


def test_whoever_is_never_called_is_abandoned_with_the_wait_until_the_office_closed() -> None:
    setting = setting_of(config())
    day = HallDay(
        (Citizen(0.0, (Stay(0, 5000.0),)), Citizen(60.0, (Stay(0, 60.0),))), (Shift(0, 0.0, 3600.0),)
    )
    result = run(setting, day)
    assert list(result.came) == [Came.SERVED, Came.ABANDONED]
    assert np.isnan(result.wait_s[1]) and result.waited_s[1] == 3540.0


def test_at_the_days_last_shift_whoever_waits_is_served_before_going_home() -> None:
    setting = setting_of(config())
    citizens = (Citizen(0.0, (Stay(0, 5000.0),)), Citizen(60.0, (Stay(0, 60.0),)))
    result = run(setting, HallDay(citizens, (Shift(0, 0.0, 3600.0, last=True),)))
    assert list(result.came) == [Came.SERVED, Came.SERVED] and result.wait_s[1] == 4940.0


def test_a_pause_begins_when_the_counter_is_free_and_nobody_is_called_in_it() -> None:
    setting = setting_of(config())
    citizens = (Citizen(0.0, (Stay(0, 300.0),)), Citizen(10.0, (Stay(0, 60.0),)))
    result = run(setting, HallDay(citizens, (Shift(0, 0.0, 7200.0, pauses=((100.0, 600.0),)),)))
    # busy until 300, asked again every minute; at 340 it would be busy again with the second
    assert [call.at_s for call in result.calls] == [0.0, 300.0]
    idle = replace(citizens[1], at_s=150.0)
    result = run(setting, HallDay((idle,), (Shift(0, 0.0, 7200.0, pauses=((100.0, 600.0),)),)))
    assert [call.at_s for call in result.calls] == [700.0]


def test_a_counter_somebody_is_at_calls_when_they_are_done() -> None:
    setting = setting_of(config())
    day = HallDay((Citizen(-600.0, (Stay(0, 60.0),)),), (Shift(0, 0.0, 3600.0, busy_until_s=120.0),))
    assert run(setting, day).wait_s.tolist() == [720.0]


def test_the_same_day_is_the_same_to_the_last_call() -> None:
    setting = setting_of(config())
    day = HallDay(people(5), (Shift(0, MORNING_S, 17 * 3600, last=True),))
    assert run(setting, day).calls == run(setting, day).calls


@pytest.mark.parametrize("policy", [p for p in PolicyName if p is not PolicyName.FIFO])
def test_over_whole_days_nobody_past_the_rescue_bound_is_passed_by_one_who_waited_less(
    policy: PolicyName,
) -> None:
    """The stated bound, on a crowded day with skills: of those a counter may call."""
    bound_s = 25 * 60.0
    office = config(calling=Calling(policy=policy, rescue_after=timedelta(seconds=bound_s)))
    setting, rescued = setting_of(office), 0
    for seed in range(4):
        citizens = tuple(
            replace(one, stays=one.stays[:1], comes=True, slot_s=None) for one in people(100 + seed, 110)
        )
        shifts = tuple(Shift(n, MORNING_S - 1, 17 * 3600, last=True) for n in range(3))
        result = run(setting, HallDay(citizens, shifts))
        called_at = {call.citizen: call.at_s for call in result.calls}
        for call in result.calls:
            mine = call.at_s - citizens[call.citizen].at_s
            passed = [
                call.at_s - one.at_s
                for n, one in enumerate(citizens)
                if one.at_s < citizens[call.citizen].at_s
                and called_at[n] > call.at_s
                and one.stays[0].service in setting.counters[call.counter].services
            ]
            assert not [waited for waited in passed if waited > bound_s + 1e-6], (policy, mine)
            rescued += mine > bound_s
    assert rescued > 20
