"""Presses become acts: bounces are filtered, digits gathered, and each act is asked for exactly once."""

from datetime import timedelta

import pytest
from fakes.slip_samples import NOW

from devices.agent.keypad_desk import AGAIN_AFTER, LIFE, KeypadDesk
from devices.keypad.acts import BOUNCE, TYPED_LASTS, Act, Pad, pressed
from devices.keypad.ports import Key, Press
from queue_server.contract.replies import RefusalView, Reply
from queue_server.contract.requests import VERBS, CallNext, CallNumber, Request
from queue_server.contract.topics import Topics
from queue_server.link.loopback import MemoryBroker
from queue_server.link.ports import Received

TOPICS = Topics("thanh-binh")


def acts(*presses: tuple[float, Key] | tuple[float, Key, str]) -> list[Act]:
    """(seconds, key, count) one after the other on one pad."""
    pad, found = Pad(), []
    for at, key, *count in presses:
        pad, act = pressed(pad, Press(1, key, *count), at)  # type: ignore[arg-type]
        found += [act] if act else []
    return found


@pytest.mark.parametrize(
    ("key", "verb"), [(Key.NEXT, "call-next"), (Key.RECALL, "recall"), (Key.NO_SHOW, "no-show")]
)
def test_a_key_is_one_act_and_its_bounces_are_none(key: Key, verb: str) -> None:
    assert acts((0.0, key), (0.02, key), (0.2, key)) == [Act(verb)]  # type: ignore[arg-type]


def test_a_finger_that_trembles_on_the_key_is_one_press_however_long() -> None:
    assert acts(*((n * 0.1, Key.NEXT) for n in range(20))) == [Act("call-next")]


def test_the_key_again_after_a_while_is_another_act() -> None:
    assert len(acts((0.0, Key.NEXT), (BOUNCE + 0.01, Key.NEXT))) == 2


def test_digits_and_next_call_that_number_and_a_digit_may_come_twice() -> None:
    assert acts((0, Key.THREE), (0.2, Key.THREE), (1, Key.NEXT)) == [Act("call-number", "33")]
    assert acts((0, Key.ONE), (0.3, Key.TWO), (1, Key.CALL), (2, Key.NEXT)) == [
        Act("call-number", "12"),
        Act("call-next"),
    ]


def test_digits_are_forgotten_after_a_while_or_when_cleared() -> None:
    assert acts((0, Key.ONE), (TYPED_LASTS + 1, Key.NEXT)) == [Act("call-next")]
    assert acts((0, Key.ONE), (1, Key.CLEAR), (2, Key.NEXT)) == [Act("call-next")]
    assert acts((0, Key.CALL)) == []


def test_a_frame_said_again_is_no_press_and_the_next_count_is_one_however_soon() -> None:
    assert acts((0, Key.NEXT, "1"), (0.5, Key.NEXT, "1"), (1.0, Key.NEXT, "1")) == [Act("call-next")]
    assert len(acts((0, Key.NEXT, "1"), (0.05, Key.NEXT, "2"))) == 2


class Bench:
    def __init__(self) -> None:
        self.broker = MemoryBroker()
        self.now = NOW
        self.asked: list[tuple[str, Request]] = []
        office = self.broker.link()
        office.subscribe(TOPICS.all_requests, self._heard)
        office.start()
        self.office = office
        self.link = self.broker.link()
        ids = iter(f"id-{n}" for n in range(100))
        self.desk = KeypadDesk(self.link, TOPICS, "pad-1", "q1", lambda: self.now, lambda: next(ids))
        self.desk.start()
        self.link.start()

    def _heard(self, received: Received) -> None:
        found = TOPICS.client_and_verb(received.topic)
        assert found is not None and found[0] == "pad-1"
        self.asked.append((found[1], VERBS[found[1]].model_validate_json(received.payload)))

    def reply(self, id_: str, code: str = "") -> None:
        refusal = RefusalView(code=code, sentence="no") if code else None
        reply = Reply(id=id_, ok=not code, at=NOW, refusal=refusal)
        self.office.publish(TOPICS.reply("pad-1"), reply.model_dump_json().encode())

    def wait(self, span: timedelta) -> None:
        self.now += span
        self.desk.look()


def test_next_ends_the_citizen_in_service_and_expires_soon() -> None:
    bench = Bench()
    bench.desk.act(Act("call-next"))
    ((verb, request),) = bench.asked
    assert isinstance(request, CallNext)
    assert (verb, request.counter, request.end_current, request.expires_at) == (
        "call-next",
        "q1",
        True,
        NOW + LIFE,
    )


def test_typed_digits_go_out_as_a_number() -> None:
    bench = Bench()
    bench.desk.act(Act("call-number", "12"))
    assert isinstance(bench.asked[0][1], CallNumber) and bench.asked[0][1].digits == "12"


def test_an_unanswered_press_is_told_again_under_the_same_id_until_it_is_answered() -> None:
    bench = Bench()
    bench.desk.act(Act("recall"))
    bench.wait(AGAIN_AFTER)
    assert [request.id for _, request in bench.asked] == ["id-0", "id-0"]
    bench.reply("id-0")
    bench.wait(AGAIN_AFTER)
    assert len(bench.asked) == 2 and bench.desk.last_refusal == ""


def test_a_press_while_the_broker_is_away_is_told_when_it_is_back_and_not_when_it_is_old() -> None:
    bench = Bench()
    bench.broker.go_down()
    bench.desk.act(Act("call-next"))
    bench.broker.come_up()
    bench.wait(AGAIN_AFTER)
    assert len(bench.asked) == 1
    bench.broker.go_down()
    bench.desk.act(Act("no-show"))
    bench.wait(LIFE + timedelta(seconds=1))
    bench.broker.come_up()
    bench.wait(AGAIN_AFTER)
    assert len(bench.asked) == 1 and bench.desk.last_refusal == "no_answer"


def test_a_no_is_remembered_until_the_next_yes() -> None:
    bench = Bench()
    bench.desk.act(Act("call-next"))
    bench.reply("id-0", "nobody_waiting")
    assert bench.desk.last_refusal == "nobody_waiting"
