"""Two kiosks, links cut in either direction, clocks ten minutes wrong: one visit a wish, no number twice."""

import tempfile
from datetime import timedelta
from itertools import count
from pathlib import Path

from fakes.torn_office import NINE, Machine, World
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from queue_server.domain import events as e
from queue_server.domain.queue_view import waiting_tickets

APART_S = 5.0
"""Wishes are at least so far apart, so that their order is known."""
CLOSE = timedelta(seconds=2.5)
KIOSKS = st.integers(0, 1)
_worlds = count(1)


class TornOffice(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.world = World(Path(self._folder.name))
        self.rebooted = False

    def kiosk(self, n: int) -> Machine:
        return self.world.machines[n]

    @rule(seconds=st.floats(1, 900))
    def time_passes(self, seconds: float) -> None:
        self.world.passes(seconds)

    @rule(n=KIOSKS, up=st.booleans(), down=st.booleans())
    def a_link_changes(self, n: int, up: bool, down: bool) -> None:
        self.kiosk(n).up, self.kiosk(n).down = up, down

    @rule(n=KIOSKS, lost=st.lists(st.booleans(), max_size=4))
    def replies_will_be_lost(self, n: int, lost: list[bool]) -> None:
        self.kiosk(n).fails = lost

    @rule(n=KIOSKS, service=st.sampled_from(["civil", "land"]))
    def a_citizen_wants_a_number(self, n: int, service: str) -> None:
        self.world.passes(APART_S)
        assert self.kiosk(n).touched(service).number

    @rule(n=KIOSKS, late_s=st.floats(0, 600))
    def a_heartbeat_comes_late(self, n: int, late_s: float) -> None:
        self.kiosk(n).hears_heartbeat(min(late_s, self.world.s))

    @rule(n=KIOSKS)
    def a_program_restarts(self, n: int) -> None:
        self.kiosk(n).program_restarts()

    @rule(n=KIOSKS)
    def a_machine_restarts(self, n: int) -> None:
        self.rebooted = True
        self.kiosk(n).machine_restarts()

    @rule()
    def the_server_restarts(self) -> None:
        self.world.books.restart()

    @rule(n=KIOSKS)
    def a_kiosk_looks_homeward(self, n: int) -> None:
        self.world.passes(APART_S)
        self.kiosk(n).homeward.stir()
        self.kiosk(n).homeward.look()

    @rule(places=st.lists(st.integers(0, 10_000), max_size=6))
    def old_requests_come_again(self, places: list[int]) -> None:
        for place in places:
            self.world.delivered_again(place)

    @invariant()
    def no_number_is_in_two_hands(self) -> None:
        held = [touch.number for touch in self.world.touches]
        assert len(held) == len(set(held))

    def teardown(self) -> None:
        self.world.heals()
        for place in range(len(self.world.sent)):
            self.world.delivered_again(-place)
        self.everybody_has_one_visit()
        self.times_are_true()
        for machine in self.world.machines:
            assert machine.faults == [] and not machine.desk.papers_out()
            machine.desk.close()
        self._folder.cleanup()

    def everybody_has_one_visit(self) -> None:
        office = self.world.books.office
        assert len(office.tickets) == len(self.world.touches)
        for touch in self.world.touches:
            ticket = office.tickets[office.numbers[touch.number]]
            assert (ticket.kiosk, ticket.service, ticket.number) == (touch.kiosk, touch.service, touch.number)

    def times_are_true(self) -> None:
        office = self.world.books.office
        told = [one for one, *_ in self.world.books.events if isinstance(one, e.TicketIssued | e.AliasGiven)]
        estimated = {one.ticket for one in told if one.estimated_time}
        truth = {office.numbers[touch.number]: touch for touch in self.world.touches}
        for id_, touch in truth.items():
            if id_ not in estimated:
                away = office.tickets[id_].issued_at - (NINE + timedelta(seconds=touch.at_s))
                assert abs(away) <= CLOSE
            else:
                assert self.rebooted and touch.by_itself
        for service in ("civil", "land"):
            waiting = [t for t in waiting_tickets(office) if t.service == service]
            for kiosk in ("k1", "k2", None):
                mine = [t.id for t in waiting if kiosk is None or t.kiosk == kiosk]
                if kiosk is None and self.rebooted:
                    continue
                assert mine == sorted(mine, key=lambda id_: truth[id_].at_s)


TestTornOffice = TornOffice.TestCase
TestTornOffice.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
