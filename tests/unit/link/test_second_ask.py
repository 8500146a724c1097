"""A subscription is made twice, and nobody hears the same retained message twice."""

from queue_server.link.ports import Received
from queue_server.link.second_ask import ANSWERED_WITHIN, ASK_AGAIN_AFTER, SecondAsk

FILTER = "counter/+/state"
AGAIN = ASK_AGAIN_AFTER.total_seconds()
OVER = AGAIN + ANSWERED_WITHIN.total_seconds()


def told(payload: bytes, *, retained: bool = True) -> Received:
    return Received("counter/3/state", payload, retained)


def asked() -> SecondAsk:
    second = SecondAsk()
    second.asked([FILTER], 0.0)
    return second


def test_a_filter_is_due_once_and_not_before_its_time():
    second = asked()
    assert second.due(AGAIN / 2) == []
    assert second.due(AGAIN) == [FILTER]
    assert second.due(AGAIN * 2) == []


def test_what_was_told_is_not_news_when_told_again():
    second = asked()
    assert second.is_news(FILTER, told(b"1"))
    second.due(AGAIN)
    assert not second.is_news(FILTER, told(b"1"))


def test_what_the_first_asking_missed_is_news():
    second = asked()
    second.due(AGAIN)
    assert second.is_news(FILTER, told(b"1"))


def test_a_retained_message_never_follows_a_live_one():
    second = asked()
    assert second.is_news(FILTER, told(b"2", retained=False))
    assert not second.is_news(FILTER, told(b"1"))
    second.due(AGAIN)
    assert not second.is_news(FILTER, told(b"2"))


def test_every_live_message_is_news_even_the_same_twice():
    second = asked()
    assert second.is_news(FILTER, told(b"2", retained=False))
    assert second.is_news(FILTER, told(b"2", retained=False))


def test_a_filter_asked_anew_for_another_handler_hears_what_is_retained_again():
    second = asked()
    second.is_news(FILTER, told(b"1"))
    second.asked([FILTER], AGAIN)
    assert second.is_news(FILTER, told(b"1"))


def test_after_the_answers_nothing_is_remembered():
    second = asked()
    second.is_news(FILTER, told(b"1"))
    second.due(AGAIN)
    second.due(OVER)
    assert not second.is_open
    assert second.is_news(FILTER, told(b"1"))


def test_a_new_connection_begins_anew():
    second = asked()
    second.clear()
    assert not second.is_open
    assert second.due(OVER) == []
