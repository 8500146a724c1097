"""The gateway over a link: one ticket for one wish, no outcome lost, the server's coming and going seen."""

import itertools
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fakes.kiosk_office import NOW

from kiosk.gateway.messages import will
from kiosk.gateway.outbox import Outbox
from kiosk.gateway.queue import ABANDONED, QueueGateway
from kiosk.ports import Asked
from kiosk.session.actions import Action
from kiosk.session.effects import AskIssue, TellSlip
from kiosk.session.heard import OfficeTold, ServerChanged, ServiceTold
from queue_server.contract.requests import Issue
from queue_server.contract.states import DeviceState
from queue_server.contract.topics import Topics
from queue_server.link.loopback import MemoryBroker, MemoryLink
from queue_server.link.ports import Will

TOPICS = Topics("thanh-binh")
ASK = AskIssue("request-1", "chung-thuc", "elderly", "en")


class Kiosk:
    """A gateway with its link and what it dispatched; its clock is set by hand."""

    def __init__(self, broker: MemoryBroker, soon: Any, folder: Path | None = None) -> None:
        self.soon, self.seconds = soon, 100.0
        self.actions: list[Action] = []
        self.answers: list[Asked] = []
        self.lates: list[bool] = []
        topic, payload = will(TOPICS, "k1", "k1", NOW)
        self.link: MemoryLink = broker.link(Will(topic, payload))
        ids = itertools.count(1)
        name = "later" if folder and any(folder.iterdir()) else "first"
        self.gateway = QueueGateway(
            self.link,
            TOPICS,
            "k1",
            "k1",
            now=lambda: NOW,
            monotonic=_real_seconds,
            new_id=lambda: f"{name}-{next(ids)}",
            dispatch=self._dispatched,
            outbox=Outbox(folder),
            late_after=timedelta(seconds=0.3),
        )

    def start(self) -> "Kiosk":
        self.gateway.start()
        self.link.start()
        return self

    def asks(self, ask: AskIssue = ASK) -> None:
        self.gateway.issue(ask, self._answered, self._late)

    def device(self, broker: MemoryBroker) -> DeviceState:
        kept = broker.retained(TOPICS.device_state("k1"))
        assert kept is not None
        return DeviceState.model_validate_json(kept)

    def _dispatched(self, action: Action) -> None:
        self.actions.append(action)
        self.soon.happened()

    def _answered(self, answer: Asked) -> None:
        self.answers.append(answer)
        self.soon.happened()

    def _late(self) -> None:
        self.lates.append(True)
        self.soon.happened()


def _real_seconds() -> float:
    from time import monotonic

    return monotonic()


@pytest.fixture
def kiosk(broker: MemoryBroker, soon: Any) -> Iterator[Kiosk]:
    made = Kiosk(broker, soon)
    yield made
    made.gateway.stop()
    made.link.stop()


def test_what_the_office_keeps_becomes_actions(kiosk: Kiosk, server: Any) -> None:
    server.opens()
    kiosk.start()
    kinds = [type(action) for action in kiosk.actions]
    assert kinds.count(OfficeTold) == 1
    assert kinds.count(ServiceTold) == 8
    assert ServerChanged("ready") in kiosk.actions


def test_one_wish_is_one_request_with_everything_the_server_needs(kiosk: Kiosk, server: Any) -> None:
    server.opens()
    kiosk.start().asks()
    kiosk.soon.until(lambda: bool(kiosk.answers), "the answer")
    (request,) = server.of("issue")
    assert (request.id, request.services, request.priority_group) == ("request-1", ("chung-thuc",), "elderly")
    assert (request.language, request.kiosk, request.channel) == ("en", "k1", "kiosk")
    answer = kiosk.answers[0].issued
    assert answer is not None
    assert answer.ticket.number == "A012"
    assert kiosk.lates == []


def test_a_lost_reply_is_asked_for_again_under_the_same_id(kiosk: Kiosk, server: Any) -> None:
    server.opens()
    server.deaf = 2
    kiosk.start().asks()
    kiosk.soon.until(lambda: bool(kiosk.answers), "the answer")
    requests = server.of("issue")
    assert len(requests) >= 3
    assert {request.id for request in requests} == {"request-1"}
    assert kiosk.lates == [True]
    assert len(kiosk.answers) == 1


def test_a_wish_while_the_broker_is_away_is_late_and_then_answered_once(
    kiosk: Kiosk, server: Any, broker: MemoryBroker
) -> None:
    server.opens()
    kiosk.start()
    broker.go_down()
    kiosk.asks()
    kiosk.soon.until(lambda: bool(kiosk.lates), "late")
    assert server.of("issue") == []
    broker.come_up()
    kiosk.soon.until(lambda: bool(kiosk.answers), "the answer")
    assert len(kiosk.answers) == 1
    assert sum(b'"issued":{' in reply for reply in server.replies.values()) == 1


def test_a_refusal_comes_as_its_code(kiosk: Kiosk, server: Any) -> None:
    server.opens()
    server.refusing = "quota_reached"
    kiosk.start().asks()
    kiosk.soon.until(lambda: bool(kiosk.answers), "the answer")
    assert kiosk.answers == [Asked(code="quota_reached")]


def test_the_outcome_of_a_slip_is_told_until_the_server_has_answered(kiosk: Kiosk, server: Any) -> None:
    server.opens()
    server.deaf = 1
    kiosk.start()
    kiosk.gateway.slip_done(TellSlip("ticket-12", "job-12", "failed", "paper_out", False))
    first, second = server.wait_for("slip-done", 2)[:2]
    assert first == second
    assert (first.ticket, first.job, first.outcome, first.reason) == (
        "ticket-12",
        "job-12",
        "failed",
        "paper_out",
    )


@pytest.mark.parametrize("code", ["storage_failed", "draining"])
def test_an_outcome_that_the_office_could_not_keep_is_told_again(
    kiosk: Kiosk, server: Any, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setattr("kiosk.gateway.asking.PAUSE", timedelta(seconds=0.01))
    server.opens()
    server.refusing = code
    kiosk.start()
    kiosk.gateway.slip_done(TellSlip("ticket-12", "job-12", "printed", "", False))
    asked = server.wait_for("slip-done", 3)[0]
    server.refusing = ""
    kiosk.soon.until(lambda: asked.id in server.replies, "the office has it")


def test_an_outcome_that_was_never_answered_is_told_by_the_next_run(
    broker: MemoryBroker, server: Any, soon: Any, tmp_path: Path
) -> None:
    first = Kiosk(broker, soon, tmp_path)
    first.gateway.slip_done(TellSlip("ticket-12", "job-12", "printed", "", False))
    first.gateway.stop()
    server.opens()
    second = Kiosk(broker, soon, tmp_path).start()
    (told,) = server.wait_for("slip-done")
    assert (told.job, told.outcome) == ("job-12", "printed")
    soon.until(lambda: not list(tmp_path.iterdir()), "the outbox is empty")
    second.gateway.stop()


def test_a_ticket_asked_for_by_a_kiosk_that_went_down_is_given_back(
    broker: MemoryBroker, server: Any, soon: Any, tmp_path: Path
) -> None:
    Outbox(tmp_path).keep("issue", Issue(id="request-9", services=("ho-tich",), kiosk="k1"))
    server.opens()
    again = Kiosk(broker, soon, tmp_path).start()
    (cancelled,) = server.wait_for("cancel")
    assert (cancelled.ticket, cancelled.reason) == ("ticket-12", ABANDONED)
    soon.until(lambda: not list(tmp_path.iterdir()), "the outbox is empty")
    again.gateway.stop()


def test_an_answered_wish_leaves_nothing_on_the_disk(
    broker: MemoryBroker, server: Any, soon: Any, tmp_path: Path
) -> None:
    server.opens()
    kiosk = Kiosk(broker, soon, tmp_path).start()
    kiosk.asks()
    soon.until(lambda: bool(kiosk.answers), "the answer")
    assert list(tmp_path.iterdir()) == []
    kiosk.gateway.stop()


def test_help_is_true_once_the_server_answered_and_false_when_nobody_does(kiosk: Kiosk, server: Any) -> None:
    server.opens()
    kiosk.start()
    told: list[bool] = []
    kiosk.gateway.help(lambda ok: (told.append(ok), kiosk.soon.happened())[0])
    kiosk.soon.until(lambda: told == [True], "help is on the way")
    server.deaf = 99
    kiosk.gateway.help(lambda ok: (told.append(ok), kiosk.soon.happened())[0])
    kiosk.soon.until(lambda: told == [True, False], "nobody answered")


def test_the_kiosks_own_state_is_kept_by_the_broker_and_lost_without_a_goodbye(
    kiosk: Kiosk, broker: MemoryBroker
) -> None:
    kiosk.start()
    assert kiosk.device(broker).state == "ready"
    kiosk.gateway.health("degraded", "paper_out")
    assert (kiosk.device(broker).state, kiosk.device(broker).health) == ("degraded", {"printer": "paper_out"})
    broker.go_down(forget=True)
    broker.come_up()
    assert kiosk.device(broker).state == "degraded"
    kiosk.link.die()
    assert kiosk.device(broker).state == "lost"


def test_a_goodbye_says_lost_too(kiosk: Kiosk, broker: MemoryBroker) -> None:
    kiosk.start()
    kiosk.gateway.stop()
    assert kiosk.device(broker).state == "lost"


def test_the_servers_word_reaches_the_session_at_once(kiosk: Kiosk, server: Any) -> None:
    server.opens()
    kiosk.start()
    server.says("lost")
    server.says("ready")
    server.says("draining")
    words = [action.server for action in kiosk.actions if isinstance(action, ServerChanged)]
    assert words == ["ready", "lost", "ready", "draining"]


def test_nonsense_on_a_topic_changes_nothing(kiosk: Kiosk, server: Any) -> None:
    server.opens()
    kiosk.start()
    before = len(kiosk.actions)
    server.link.publish(TOPICS.server_state, b"{")
    server.link.publish(TOPICS.office_state, b'{"office": 3}', retain=True)
    server.link.publish(TOPICS.service_state("chung-thuc"), b"\xff")
    server.link.publish(TOPICS.reply("k1"), b"[]")
    assert len(kiosk.actions) == before


def test_stopping_ends_every_thread_that_asks(kiosk: Kiosk, server: Any) -> None:
    server.opens()
    server.deaf = 99
    kiosk.start().asks()
    kiosk.soon.until(lambda: bool(kiosk.lates), "late")
    kiosk.gateway.stop()
    kiosk.soon.until(
        lambda: not [t for t in threading.enumerate() if t.name in {"kiosk-issue", "kiosk-letters"}],
        "the threads end",
    )
