"""What every link promises, on the twin and on both real brokers."""

import threading
from datetime import timedelta

import pytest

from queue_server.link.ports import LinkState, Received, Will
from queue_server.link.requests import NoReply, Requester

ROOT = "motcua/1/ward-7"
SECOND = timedelta(seconds=1)


def test_retained_state_reaches_who_comes_later_and_is_marked(office, joined):
    server = office.link("server")
    joined(server)
    server.publish(f"{ROOT}/server/state", b"ready", retain=True)
    seen_by_server = joined(office.link("server"), "server/state")
    assert seen_by_server.wait_for(f"{ROOT}/server/state").payload == b"ready"
    late = joined(office.link("kiosk-1"), "server/state")
    assert late.wait_for(f"{ROOT}/server/state") == Received(f"{ROOT}/server/state", b"ready", retained=True)


def test_a_message_to_who_is_already_there_is_not_marked_retained(office, joined):
    hall = joined(office.link("hall-1"), "counter/+/state")
    server = office.link("server")
    joined(server)
    server.publish(f"{ROOT}/counter/3/state", b"open", retain=True)
    assert hall.wait_for(f"{ROOT}/counter/3/state") == Received(f"{ROOT}/counter/3/state", b"open", False)


def test_an_event_type_with_a_dot_passes_whole(office, joined):
    hall = joined(office.link("hall-1"), "event/+")
    server = office.link("server")
    joined(server)
    server.publish(f"{ROOT}/event/ticket.called", b"A012")
    assert hall.wait_for(f"{ROOT}/event/ticket.called").payload == b"A012"


def test_a_subscription_made_while_online_gets_what_is_retained(office, joined):
    server = office.link("server")
    box = joined(server)
    server.publish(f"{ROOT}/service/A/state", b"open", retain=True)
    server.subscribe(f"{ROOT}/service/+/state", box)
    assert box.wait_for(f"{ROOT}/service/A/state").payload == b"open"


def test_messages_of_one_sender_arrive_in_order(office, joined):
    server = joined(office.link("server"), "request/#")
    kiosk = office.link("kiosk-1")
    joined(kiosk)
    for number in range(50):
        kiosk.publish(f"{ROOT}/request/kiosk-1/issue", str(number).encode())
    server.wait(lambda box: len(box.messages) >= 50)
    assert [int(m.payload) for m in server.messages] == list(range(50))


def test_publishing_before_the_start_is_kept_and_sent(office, joined):
    server = joined(office.link("server"), "request/#")
    kiosk = office.link("kiosk-1")
    kiosk.publish(f"{ROOT}/request/kiosk-1/issue", b"early")
    joined(kiosk)
    assert server.wait_for(f"{ROOT}/request/kiosk-1/issue").payload == b"early"


def test_of_the_states_set_while_offline_only_the_last_is_sent(office, joined):
    hall = joined(office.link("hall-1"), "counter/+/state")
    server = office.link("server")
    for version in (b"1", b"2", b"3"):
        server.publish(f"{ROOT}/counter/3/state", version, retain=True)
    joined(server)
    hall.wait_for(f"{ROOT}/counter/3/state", b"3")
    assert [m.payload for m in hall.messages] == [b"3"]


def test_a_will_appears_when_a_client_is_cut_off_and_stays(office, joined):
    lost = Will(f"{ROOT}/device/printer-1/state", b"lost")
    die = office.doomed("agent-1", lost)
    server = joined(office.link("server"), "device/#")
    die()
    assert server.wait_for(lost.topic).payload == b"lost"
    assert joined(office.link("server"), "device/#").wait_for(lost.topic).retained


def test_a_goodbye_leaves_no_will(office, joined):
    server = joined(office.link("server"), "device/#")
    leaving = office.link("agent-1", Will(f"{ROOT}/device/printer-1/state", b"lost"))
    joined(leaving)
    leaving.publish(f"{ROOT}/device/printer-1/state", b"going", retain=True)
    leaving.stop()
    dying = office.doomed("agent-2", Will(f"{ROOT}/device/printer-2/state", b"lost"))
    dying()
    server.wait_for(f"{ROOT}/device/printer-2/state")
    assert [m.payload for m in server.messages] == [b"going", b"lost"]
    assert leaving.state is LinkState.STOPPED


def test_a_handler_that_fails_harms_neither_the_link_nor_the_next_handler(office, joined):
    def broken(_: Received) -> None:
        raise RuntimeError("a handler's own mistake")

    server = office.link("server")
    server.subscribe(f"{ROOT}/request/#", broken)
    server.on_state(lambda _: 1 // 0)
    box = joined(server, "request/#")
    kiosk = office.link("kiosk-1")
    joined(kiosk)
    kiosk.publish(f"{ROOT}/request/kiosk-1/issue", b"one")
    kiosk.publish(f"{ROOT}/request/kiosk-1/issue", b"two")
    box.wait_for(f"{ROOT}/request/kiosk-1/issue", b"two")
    assert server.state is LinkState.ONLINE


def test_a_handler_may_publish(office, joined):
    server = office.link("server")
    server.subscribe(f"{ROOT}/request/#", lambda m: server.publish(f"{ROOT}/reply/kiosk-1", m.payload))
    joined(server)
    kiosk = office.link("kiosk-1")
    box = joined(kiosk, "reply/kiosk-1")
    kiosk.publish(f"{ROOT}/request/kiosk-1/issue", b"hello")
    assert box.wait_for(f"{ROOT}/reply/kiosk-1").payload == b"hello"


def test_after_a_broker_restart_links_come_back_resubscribe_and_the_server_can_republish(office, joined):
    server = office.link("server")

    def republish(state: LinkState) -> None:
        if state is LinkState.ONLINE:
            server.publish(f"{ROOT}/server/state", b"ready again", retain=True)

    kiosk = office.link("kiosk-1")
    heard = joined(kiosk, "server/state")
    box = joined(server, "request/#")
    server.on_state(republish)
    office.down()
    box.wait_state(LinkState.OFFLINE)
    heard.wait_state(LinkState.OFFLINE)
    kiosk.publish(f"{ROOT}/request/kiosk-1/issue", b"asked while away")
    office.up()
    box.wait_state(LinkState.ONLINE, 2)
    heard.wait_state(LinkState.ONLINE, 2)
    heard.wait_for(f"{ROOT}/server/state", b"ready again")
    kiosk.publish(f"{ROOT}/request/kiosk-1/issue", b"asked again")
    box.wait_for(f"{ROOT}/request/kiosk-1/issue", b"asked again")


def test_a_stopped_link_can_be_started_again(office, joined):
    server = office.link("server")
    box = joined(server, "request/#")
    server.stop()
    server.start()
    box.wait_state(LinkState.ONLINE, 2)
    server.publish(f"{ROOT}/request/x/y", b"to itself")
    assert box.wait_for(f"{ROOT}/request/x/y").payload == b"to itself"


def answering(server, seen):
    """A server that works once for each id and repeats its answer."""
    answers = {}

    def answer(message: Received) -> None:
        request_id = message.payload.decode()
        seen.append(request_id)
        answers.setdefault(request_id, f"{request_id} is number {len(answers) + 1}".encode())
        server.publish(f"{ROOT}/reply/kiosk-1", answers[request_id])

    server.subscribe(f"{ROOT}/request/kiosk-1/+", answer)


def id_of(reply: bytes) -> str | None:
    return reply.decode().split(" is ")[0] if b" is " in reply else None


def test_a_request_gets_its_own_reply_and_a_repeated_id_the_first_one(office, joined):
    server, kiosk, seen = office.link("server"), office.link("kiosk-1"), []
    answering(server, seen)
    joined(server)
    requester = Requester(kiosk, f"{ROOT}/reply/kiosk-1", id_of)
    joined(kiosk)
    topic = f"{ROOT}/request/kiosk-1/issue"
    assert requester.ask(topic, b"r-1", "r-1", 10 * SECOND) == b"r-1 is number 1"
    assert requester.ask(topic, b"r-2", "r-2", 10 * SECOND) == b"r-2 is number 2"
    assert requester.ask(topic, b"r-1", "r-1", 10 * SECOND) == b"r-1 is number 1"
    assert seen == ["r-1", "r-2", "r-1"]


def test_many_threads_ask_at_once_and_each_gets_its_own(office, joined):
    server, kiosk = office.link("server"), office.link("kiosk-1")
    answering(server, [])
    joined(server)
    requester = Requester(kiosk, f"{ROOT}/reply/kiosk-1", id_of)
    joined(kiosk)
    got: dict[str, bytes] = {}

    def ask(request_id: str) -> None:
        topic = f"{ROOT}/request/kiosk-1/issue"
        got[request_id] = requester.ask(topic, request_id.encode(), request_id, 30 * SECOND)

    threads = [threading.Thread(target=ask, args=(f"r-{n}",)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert {request_id: id_of(reply) for request_id, reply in got.items()} == {
        f"r-{n}": f"r-{n}" for n in range(16)
    }


def test_an_unanswered_request_is_sent_again_with_its_id_and_then_given_up(office, joined):
    server, kiosk = office.link("server"), office.link("kiosk-1")
    heard = joined(server, "request/#")
    requester = Requester(kiosk, f"{ROOT}/reply/kiosk-1", id_of)
    joined(kiosk)
    with pytest.raises(NoReply, match=r"No reply to request r-9 within 0\.3 s"):
        requester.ask(f"{ROOT}/request/kiosk-1/issue", b"r-9", "r-9", 0.3 * SECOND, resend_after=0.1 * SECOND)
    heard.wait(lambda box: len(box.messages) >= 3)
    assert {m.payload for m in heard.messages} == {b"r-9"}


def test_a_late_reply_is_dropped_and_does_not_answer_the_next_request(office, joined):
    server, kiosk = office.link("server"), office.link("kiosk-1")
    joined(server)
    requester = Requester(kiosk, f"{ROOT}/reply/kiosk-1", id_of)
    box = joined(kiosk, "reply/kiosk-1")
    with pytest.raises(NoReply):
        requester.ask(f"{ROOT}/request/kiosk-1/issue", b"r-1", "r-1", 0.05 * SECOND)
    server.publish(f"{ROOT}/reply/kiosk-1", b"r-1 is late")
    server.publish(f"{ROOT}/reply/kiosk-1", b"without an id")
    box.wait(lambda box: len(box.messages) >= 2)
    seen: list[str] = []
    answering(server, seen)
    answer = requester.ask(f"{ROOT}/request/kiosk-1/issue", b"r-2", "r-2", 10 * SECOND, 0.1 * SECOND)
    assert answer == b"r-2 is number 1"


def test_a_request_made_while_the_broker_is_away_is_answered_when_it_is_back(office, joined):
    server, kiosk, seen = office.link("server"), office.link("kiosk-1"), []
    answering(server, seen)
    at_server = joined(server)
    requester = Requester(kiosk, f"{ROOT}/reply/kiosk-1", id_of)
    at_kiosk = joined(kiosk)
    office.down()
    at_server.wait_state(LinkState.OFFLINE)
    at_kiosk.wait_state(LinkState.OFFLINE)
    replies: list[bytes] = []
    asking = threading.Thread(
        target=lambda: replies.append(
            requester.ask(
                f"{ROOT}/request/kiosk-1/issue", b"r-1", "r-1", 30 * SECOND, resend_after=0.2 * SECOND
            )
        )
    )
    asking.start()
    office.up()
    asking.join(60)
    assert replies == [b"r-1 is number 1"]
    assert set(seen) == {"r-1"}
