"""The real gateway and the real server's edge on one broker: cut off, given by itself, brought home."""

import itertools
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from fakes.mqtt_office import MqttOffice

from kiosk.gateway.outbox import Outbox
from kiosk.gateway.queue import QueueGateway
from kiosk.offline.desk import OfflineDesk
from kiosk.offline.moments import Moment
from kiosk.ports import Asked
from kiosk.session.actions import Action
from kiosk.session.effects import AskIssue, TellSlip
from kiosk.session.heard import GrantTold, OfficeTold, ServerChanged
from queue_server.domain.ticket import Channel

DEADLINE_S = 30.0
TEN_MINUTES = timedelta(minutes=10)


class CutOff:
    """A kiosk on the office's broker whose wall clock is ten minutes wrong."""

    def __init__(self, office: MqttOffice, name: str, folder: Path) -> None:
        self.office, self.name = office, name
        self.actions: list[Action] = []
        self._changed = threading.Condition()
        self._answers: dict[str, Asked] = {}
        ids = itertools.count(1)
        run = len(list(folder.glob("run-*"))) if folder.exists() else 0
        (folder / f"run-{run}").mkdir(parents=True)
        new_id: Callable[[], str] = lambda: f"{name}-{run}-{next(ids)}"  # noqa: E731
        self.desk = OfflineDesk(folder / "offline", name, self.moment, new_id)
        self.link = office.broker.link()
        self.gateway = QueueGateway(
            self.link,
            office.topics,
            name,
            name,
            now=office.clock.now,
            monotonic=monotonic,
            new_id=new_id,
            dispatch=self._dispatched,
            outbox=Outbox(folder / "outbox"),
            late_after=timedelta(seconds=0.4),
            desk=self.desk,
        )

    def moment(self) -> Moment:
        clock = self.office.clock
        return Moment("boot-1", clock.seconds, clock.now() + TEN_MINUTES)

    def start(self) -> "CutOff":
        self.gateway.start()
        self.link.start()
        return self

    def stop(self) -> None:
        self.gateway.stop()
        self.link.stop()
        self.desk.close()

    def until(self, true: Callable[[], bool], what: str) -> None:
        end = monotonic() + DEADLINE_S
        with self._changed:
            while not true():
                assert monotonic() < end, what
                self._changed.wait(0.05)
                self.gateway.look()

    def number(self, request: str) -> str:
        """What the citizen gets who asks under this id."""

        def answered(answer: Asked) -> None:
            with self._changed:
                self._answers[request] = answer
                self._changed.notify_all()

        self.gateway.issue(AskIssue(request, "civil", None, "vi"), answered, lambda: None)
        self.until(lambda: request in self._answers, "an answer")
        issued = self._answers[request].issued
        assert issued is not None
        self.gateway.slip_done(TellSlip(issued.ticket.ticket, issued.job, "printed", "", False))
        return issued.ticket.number

    def _dispatched(self, action: Action) -> None:
        with self._changed:
            self.actions.append(action)
            self._changed.notify_all()

    def has_numbers(self) -> bool:
        return any(isinstance(action, GrantTold) and action.series for action in self.actions)


@pytest.fixture
def office() -> Iterator[MqttOffice]:
    made = MqttOffice()
    yield made
    made.close()


def test_two_kiosks_cut_off_give_their_own_numbers_and_bring_them_home(
    office: MqttOffice, tmp_path: Path
) -> None:
    one, two = (CutOff(office, name, tmp_path / name).start() for name in ("k1", "k2"))
    try:
        for kiosk in (one, two):
            kiosk.until(kiosk.has_numbers, "granted numbers")
        assert one.number("wish-1") == "A001"
        office.broker.go_down(forget=True)
        one.until(lambda: ServerChanged("unlinked") in one.actions, "the link is known to be lost")
        two.until(lambda: ServerChanged("unlinked") in two.actions, "the link is known to be lost")
        given = []
        for n, kiosk in enumerate((one, two, one, two)):
            office.clock.advance(timedelta(minutes=1))
            given.append(kiosk.number(f"cut-{n}"))
        assert given == ["A901", "A951", "A902", "A952"]
        office.broker.come_up()
        one.until(lambda: not (one.desk.papers_out() or two.desk.papers_out()), "all are home")
        tickets = [office.engine.office.tickets[office.engine.office.numbers[n]] for n in given]
        assert [t.channel for t in tickets] == [Channel.OFFLINE] * 4
        gaps = [b.issued_at - a.issued_at for a, b in itertools.pairwise(tickets)]
        assert gaps == [timedelta(minutes=1)] * 3
        (queue,) = office.engine.office.queues.values()
        assert list(queue)[1:] == [t.id for t in tickets]
        one.until(lambda: _slips(office, given) == {"printed"}, "every slip is known")
    finally:
        one.stop()
        two.stop()


def test_a_kiosk_started_in_an_outage_shows_the_office_it_knew_and_goes_on(
    office: MqttOffice, tmp_path: Path
) -> None:
    first = CutOff(office, "k1", tmp_path / "k1").start()
    first.until(first.has_numbers, "granted numbers")
    first.until(lambda: (tmp_path / "k1" / "offline" / "office.json").exists(), "the office is remembered")
    first.stop()
    office.broker.go_down(forget=True)
    again = CutOff(office, "k1", tmp_path / "k1").start()
    try:
        assert any(isinstance(action, OfficeTold) for action in again.actions) and again.has_numbers()
        assert again.number("wish-1") == "A901"
        office.broker.come_up()
        again.until(lambda: not again.desk.papers_out(), "it is home")
        assert "A901" in office.engine.office.numbers
    finally:
        again.stop()


def _slips(office: MqttOffice, numbers: list[str]) -> set[str]:
    now = office.engine.office
    return {now.tickets[now.numbers[number]].slip for number in numbers}
