"""What is kept while the broker is away."""

from queue_server.link.outbox import Outbox, Outgoing


def event(payload: bytes, qos: int = 1) -> Outgoing:
    return Outgoing("event/x", payload, False, qos)


def state(topic: str, payload: bytes) -> Outgoing:
    return Outgoing(topic, payload, True, 1)


def kept(outbox: Outbox) -> list[bytes]:
    return [message.payload for message in outbox.take_all()]


def test_it_gives_back_in_order_and_is_empty_then():
    outbox = Outbox(10)
    for payload in (b"1", b"2", b"3"):
        outbox.keep(event(payload))
    assert kept(outbox) == [b"1", b"2", b"3"]
    assert len(outbox) == 0


def test_a_newer_state_replaces_the_older_and_goes_to_the_end():
    outbox = Outbox(10)
    for message in (state("a", b"a1"), event(b"e"), state("b", b"b1"), state("a", b"a2")):
        outbox.keep(message)
    assert kept(outbox) == [b"e", b"b1", b"a2"]


def test_when_full_the_oldest_event_goes_and_states_stay():
    outbox = Outbox(3)
    for message in (state("a", b"a"), event(b"1"), event(b"2"), event(b"3")):
        outbox.keep(message)
    assert kept(outbox) == [b"a", b"2", b"3"]
    assert outbox.dropped == 1


def test_when_full_of_states_the_oldest_state_goes():
    outbox = Outbox(2)
    for topic in ("a", "b", "c"):
        outbox.keep(state(topic, topic.encode()))
    assert kept(outbox) == [b"b", b"c"]


def test_what_comes_back_from_a_broken_line_goes_before_and_never_over_newer_state():
    outbox = Outbox(10)
    outbox.keep(state("a", b"new"))
    outbox.put_back([state("a", b"old"), event(b"under way")])
    assert kept(outbox) == [b"under way", b"new"]


def test_a_message_that_need_not_arrive_is_not_kept():
    outbox = Outbox(10)
    outbox.keep(event(b"qos 0", qos=0))
    assert kept(outbox) == []
