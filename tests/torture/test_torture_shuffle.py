"""Messages said twice and out of order are whole MQTT packets, and nothing is lost by it."""

import random
from collections import Counter

from tests.torture.shuffle import Dice, Frames

CONNECT, PUBLISH = b"\x10\x02ab", b"\x30\x05\x00\x01t%d"
LONG = b"\x30\xac\x02" + b"x" * 300


def test_packets_are_cut_where_they_end_however_their_bytes_arrive() -> None:
    sent = [CONNECT, b"\x30\x05\x00\x01t12", LONG, b"\xc0\x00"]
    for size in (1, 2, 3, 7, 1000):
        frames, found, line = Frames(), list[bytes](), b"".join(sent)
        for at in range(0, len(line), size):
            found += frames.feed(line[at : at + size])
        assert found == sent


def test_every_message_is_said_at_least_once_and_nothing_else_is_touched() -> None:
    packets = [CONNECT, *(b"\x30\x05\x00\x01t%02d" % n for n in range(90)), b"\xc0\x00"]
    dice = Dice(random.Random(3))
    sent = dice.throw(packets)
    times = Counter(packet for _, packet in sent)
    assert set(times) == set(packets) and set(times.values()) == {1, 2}
    assert times[CONNECT] == times[b"\xc0\x00"] == 1
    in_order = [packet for _, packet in sorted(sent, key=lambda one: one[0])]
    assert [p for p in in_order if p in packets[1:3]] and in_order != packets
    assert dice.done > 20
