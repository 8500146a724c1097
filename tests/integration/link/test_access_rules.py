"""Access, tried to be broken, on both brokers that enforce it."""

import socket
from contextlib import suppress

import pytest

from queue_server.broker import probe
from queue_server.link.ports import LinkState, Will
from tests.integration.link.link_offices import ACCOUNTS

pytestmark = pytest.mark.slow

ROOT = "motcua/1/ward-7"


@pytest.mark.parametrize(
    "forbidden",
    [
        f"{ROOT}/request/kiosk-2/issue",
        f"{ROOT}/request/*/issue",
        f"{ROOT}/request/>",
        f"{ROOT}/device/printer-1/state",
        f"{ROOT}/device/kiosk-2/state",
        f"{ROOT}/server/state",
        f"{ROOT}/service/A/state",
        f"{ROOT}/reply/kiosk-1",
        f"{ROOT}/reply/kiosk-2",
        f"{ROOT}/grant/kiosk-1",
        f"{ROOT}/printer/printer-1/job",
        f"{ROOT}/event/ticket.called",
        "$MQTT/msgs/motcua/1/ward-7/server/state",
        "$MQTT/rmsgs/motcua/1/ward-7/server/state",
        "$JS/API/STREAM/PURGE/$MQTT_rmsgs",
    ],
)
def test_a_kiosk_cannot_publish_outside_its_own_topics_live_or_retained(guarded, joined, forbidden):
    server = joined(guarded.link("server"), "#")
    kiosk = guarded.link("kiosk-1")
    joined(kiosk)
    kiosk.publish(forbidden, b"forged")
    kiosk.publish(forbidden, b"forged", retain=True)
    kiosk.publish(f"{ROOT}/request/kiosk-1/marker", b"after")
    server.wait_for(f"{ROOT}/request/kiosk-1/marker")
    later = guarded.link("server")
    box = joined(later, "#")
    later.publish(f"{ROOT}/event/marker.again", b"after")
    box.wait_for(f"{ROOT}/event/marker.again")
    assert (
        server.topics()
        == {f"{ROOT}/request/kiosk-1/marker"} | {f"{ROOT}/event/marker.again"} & server.topics()
    )
    assert box.topics() == {f"{ROOT}/event/marker.again"}


@pytest.mark.parametrize(
    "filter",
    [
        "#",
        "+/+/+/+/+",
        "+/+/+/+/+/+",
        "motcua/#",
        f"{ROOT}/#",
        f"{ROOT}/>",
        f"{ROOT}/*/*",
        f"{ROOT}/reply/#",
        f"{ROOT}/reply/+",
        f"{ROOT}/reply/kiosk-2",
        f"{ROOT}/grant/+",
        f"{ROOT}/grant/kiosk-2",
        f"{ROOT}/request/#",
        f"{ROOT}/printer/+/job",
        f"{ROOT}/+/+/job",
        f"{ROOT}/device/#",
        "$MQTT/#",
        "$MQTT/msgs/#",
        "$MQTT/rmsgs/#",
        "$JS/#",
    ],
)
def test_a_kiosk_cannot_read_what_is_meant_for_others(guarded, joined, filter):
    server, other = guarded.link("server"), guarded.link("kiosk-2")
    joined(server)
    secrets = (f"{ROOT}/grant/kiosk-2", f"{ROOT}/reply/kiosk-2", f"{ROOT}/printer/printer-1/job")
    server.publish(secrets[0], b"secret", retain=True)
    eavesdropper = guarded.link("kiosk-1")
    eavesdropper.subscribe(filter, spy := joined(eavesdropper, "reply/kiosk-1", "event/#"))
    joined(other, "server/state")
    other.publish(f"{ROOT}/request/kiosk-2/issue", b"secret")
    for topic in secrets[1:]:
        server.publish(topic, b"secret")
    server.publish(f"{ROOT}/event/ticket.called", b"public")
    server.publish(f"{ROOT}/reply/kiosk-1", b"mine")
    spy.wait_for(f"{ROOT}/event/ticket.called")
    spy.wait_for(f"{ROOT}/reply/kiosk-1")
    assert all(message.payload != b"secret" for message in spy.messages)


def test_a_kiosk_reads_its_reply_its_grant_and_public_state(guarded, joined):
    server = guarded.link("server")
    joined(server)
    public = (
        "server/state",
        "office/state",
        "service/A/state",
        "counter/1/state",
        "board/hall/state",
        "grant/kiosk-1",
    )
    kiosk = joined(
        guarded.link("kiosk-1"),
        *(
            "server/state",
            "office/state",
            "service/+/state",
            "counter/+/state",
            "board/+/state",
            "grant/kiosk-1",
        ),
        *("event/#", "reply/kiosk-1"),
    )
    for topic in public:
        server.publish(f"{ROOT}/{topic}", b"1", retain=True)
    server.publish(f"{ROOT}/reply/kiosk-1", b"1")
    server.publish(f"{ROOT}/event/ticket.issued", b"1")
    for topic in (*public, "reply/kiosk-1", "event/ticket.issued"):
        kiosk.wait_for(f"{ROOT}/{topic}")


def test_an_agent_speaks_for_its_devices_and_reads_only_their_jobs(guarded, joined):
    server, agent = guarded.link("server"), guarded.link("agent-1")
    heard = joined(server, "device/#", "request/#")
    jobs = joined(agent, "printer/printer-1/job", "printer/printer-2/job", "printer/+/job")
    for device in ("printer-1", "speaker-1", "printer-2", "agent-1"):
        agent.publish(f"{ROOT}/device/{device}/state", b"ready", retain=True)
    agent.publish(f"{ROOT}/request/agent-1/print-outcome", b"printed")
    heard.wait_for(f"{ROOT}/request/agent-1/print-outcome")
    heard.wait_for(f"{ROOT}/device/agent-1/state")
    assert f"{ROOT}/device/printer-2/state" not in heard.topics()
    assert {f"{ROOT}/device/printer-1/state", f"{ROOT}/device/speaker-1/state"} <= heard.topics()
    server.publish(f"{ROOT}/printer/printer-2/job", b"of another machine")
    server.publish(f"{ROOT}/printer/printer-1/job", b"slip")
    jobs.wait_for(f"{ROOT}/printer/printer-1/job")
    assert jobs.topics() == {f"{ROOT}/printer/printer-1/job"}


def test_an_observer_publishes_nothing_at_all(guarded, joined):
    server, watcher = guarded.link("server"), guarded.link("watcher")
    heard = joined(server, "#")
    own = joined(watcher, "event/#")
    for topic in ("request/watcher/issue", "device/watcher/state", "event/ticket.called"):
        watcher.publish(f"{ROOT}/{topic}", b"forged", retain=True)
    server.publish(f"{ROOT}/event/marker.done", b"1")
    own.wait_for(f"{ROOT}/event/marker.done")
    heard.wait_for(f"{ROOT}/event/marker.done")
    assert heard.topics() == {f"{ROOT}/event/marker.done"}


def test_a_will_cannot_say_what_its_account_may_not(guarded, joined):
    """A broker may refuse such a client or only its will; both leave the topic alone."""
    with suppress(AssertionError):
        guarded.doomed("kiosk-1", Will(f"{ROOT}/server/state", b"lost"))()
    server = joined(guarded.link("server"), "#")
    guarded.doomed("kiosk-2", Will(f"{ROOT}/device/kiosk-2/state", b"lost"))()
    server.wait_for(f"{ROOT}/device/kiosk-2/state")
    assert server.topics() == {f"{ROOT}/device/kiosk-2/state"}


@pytest.mark.parametrize(
    ("user", "password"), [("kiosk-1", "not-its-token-0123456789"), ("nobody", "x" * 24)]
)
def test_a_wrong_password_or_name_is_refused_and_the_link_says_so(guarded, inbox, user, password):
    link, box = guarded.link(user, password=password), inbox()
    link.on_state(box.became)
    link.start()
    box.wait_state(LinkState.REFUSED)
    assert LinkState.ONLINE not in box.states


def test_nobody_enters_without_an_account(guarded):
    anonymous = b"\x10\x10\x00\x04MQTT\x04\x02\x00\x0a\x00\x04anon"
    with socket.create_connection((guarded.listen.host, guarded.listen.port), 5) as line:
        line.sendall(anonymous)
        answer = line.recv(4)
    assert answer == b"" or (answer[0] == 0x20 and answer[3] != 0)


def test_a_revoked_account_is_thrown_out_at_once_and_the_others_stay(guarded, joined):
    server = guarded.link("server")
    heard = joined(server, "request/#")
    revoked, kept = joined(guarded.link("kiosk-2"), "event/#"), joined(guarded.link("kiosk-1"), "event/#")
    guarded.put_in_force(tuple(account for account in ACCOUNTS if account.user != "kiosk-2"))
    revoked.wait_state(LinkState.REFUSED)
    server.publish(f"{ROOT}/event/ticket.called", b"A012")
    kept.wait_for(f"{ROOT}/event/ticket.called")
    assert f"{ROOT}/event/ticket.called" not in revoked.topics()
    assert LinkState.OFFLINE not in kept.states + heard.states


def test_an_account_added_while_running_may_enter(guarded, joined):
    without = tuple(account for account in ACCOUNTS if account.user != "hall-1")
    guarded.put_in_force(without)
    server = guarded.link("server")
    joined(server)
    server.publish(f"{ROOT}/server/state", b"ready", retain=True)
    hall = guarded.link("hall-1")
    hall.start()
    guarded.put_in_force(ACCOUNTS)
    assert joined(hall, "server/state").wait_for(f"{ROOT}/server/state").payload == b"ready"


def test_the_probe_tells_welcome_from_refusal(guarded):
    assert probe.ask(guarded.listen, "p", "server", "wrong" * 5) is probe.Answer.REFUSED
    assert probe.ask(guarded.listen, "p", "server", "token-of-server-0123456789") is probe.Answer.WELCOME
