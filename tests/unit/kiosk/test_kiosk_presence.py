"""Whether the server can be asked: heartbeats, the link, and how long each is waited for."""

from kiosk.gateway.presence import Presence


def test_nothing_is_known_at_first_and_a_kiosk_that_finds_no_broker_says_so_after_ten_seconds() -> None:
    fresh = Presence(since=100)
    assert fresh.server(109.9) == "unknown"
    assert fresh.server(110) == "unlinked"


def test_a_broker_without_a_server_is_a_lost_server_after_ten_seconds() -> None:
    online = Presence(since=100).linked(True, 101)
    assert online.server(110) == "unknown"
    assert online.server(111) == "lost"


def test_heartbeats_keep_it_ready_and_ten_seconds_of_silence_lose_it() -> None:
    heard = Presence(since=0).linked(True, 1).heard("ready", 2).heard("ready", 5)
    assert heard.server(14.9) == "ready"
    assert heard.server(15) == "lost"
    assert heard.heard("ready", 16).server(17) == "ready"


def test_the_servers_own_word_is_believed_at_once() -> None:
    heard = Presence(since=0).linked(True, 1).heard("ready", 2)
    assert heard.heard("lost", 3).server(3) == "lost"
    assert heard.heard("draining", 3).server(3) == "draining"


def test_a_link_that_mends_itself_quickly_is_no_outage_and_a_longer_one_is() -> None:
    gone = Presence(since=0).linked(True, 1).heard("ready", 2).linked(False, 4)
    assert gone.server(5.9) == "ready"
    assert gone.server(6) == "unlinked"
    assert gone.linked(True, 30).server(30.5) == "ready"
    assert gone.linked(True, 30).server(40) == "lost"
