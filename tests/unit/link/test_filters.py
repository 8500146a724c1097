"""MQTT filters."""

import pytest

from queue_server.link.filters import matches


@pytest.mark.parametrize(
    ("filter", "topic"),
    [
        ("a/b", "a/b"),
        ("a/+", "a/b"),
        ("a/+", "a/"),
        ("+/+", "a/b"),
        ("+/b/#", "a/b/c/d"),
        ("a/#", "a"),
        ("a/#", "a/b/c"),
        ("#", "a/b"),
        ("$SYS/#", "$SYS/x"),
    ],
)
def test_these_match(filter, topic):
    assert matches(filter, topic)


@pytest.mark.parametrize(
    ("filter", "topic"),
    [
        ("a/b", "a/c"),
        ("a/b", "a"),
        ("a", "a/b"),
        ("a/+", "a"),
        ("a/+", "a/b/c"),
        ("a/#", "ab"),
        ("a/#/c", "a/b/c"),
        ("#", "$SYS/x"),
        ("+/x", "$SYS/x"),
    ],
)
def test_these_do_not(filter, topic):
    assert not matches(filter, topic)
