"""The edge to the broker, over the link's twin and a real engine."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from fakes.fake_clock import FakeClock
from fakes.mqtt_office import MqttOffice

from queue_server.contract.replies import Reply
from queue_server.contract.requests import MAY_ASK, VERBS, DossierLookup, Issue, TicketLookup
from queue_server.mqtt.inbound import _COMMANDS
from queue_server.mqtt.service import MOST_BYTES


@pytest.fixture
def office() -> Iterator[MqttOffice]:
    made = MqttOffice()
    yield made
    made.close()


def test_every_verb_of_the_contract_has_a_command() -> None:
    assert set(_COMMANDS) == set(VERBS.values()) - {DossierLookup, TicketLookup}


def test_every_kind_of_client_may_only_ask_what_the_contract_knows() -> None:
    for verbs in MAY_ASK.values():
        assert verbs <= set(VERBS)


def test_a_kiosk_gets_a_ticket_and_everything_it_prints(office: MqttOffice) -> None:
    reply = office.ask("k1", "issue", id="r1", services=["civil"])
    assert reply.ok and reply.issued is not None
    assert reply.issued.ticket.number == "A001"
    assert reply.issued.slip.number == "A001"
    assert reply.issued.slip.people_ahead == 0
    assert office.engine.office.tickets[reply.issued.ticket.ticket].kiosk == "k1"


def test_the_same_request_gets_the_same_reply_and_no_second_ticket(office: MqttOffice) -> None:
    first = office.ask_raw("k1", "issue", id="r1", services=["civil"])
    again = office.ask_raw("k1", "issue", id="r1", services=["civil"])
    assert first == again
    assert len(office.engine.office.tickets) == 1


def test_two_kiosks_may_use_the_same_request_id(office: MqttOffice) -> None:
    one = office.ask("k1", "issue", id="r1", services=["civil"])
    two = office.ask("k2", "issue", id="r1", services=["civil"])
    assert one.issued and two.issued
    assert one.issued.ticket.number != two.issued.ticket.number


def test_a_kiosk_may_not_call(office: MqttOffice) -> None:
    reply = office.ask("k1", "call-next", id="r1", counter="c1")
    assert not reply.ok and reply.refusal and reply.refusal.code == "forbidden"


def test_an_office_without_dossiers_refuses_to_look_them_up(office: MqttOffice) -> None:
    reply = office.ask("k1", "dossier-lookup", id="r1", code="H99.16-261117-0023")
    assert reply.refusal and reply.refusal.code == "not_configured"


def test_a_stranger_is_refused(office: MqttOffice) -> None:
    reply = office.ask("nobody", "issue", id="r1", services=["civil"])
    assert not reply.ok and reply.refusal and reply.refusal.code == "forbidden"


def test_a_keypad_acts_for_its_own_counter_only(office: MqttOffice) -> None:
    office.ask("operator", "sign-on", id="a", counter="c1", officer="lan")
    office.ask("operator", "open", id="b", counter="c1")
    office.ask("k1", "issue", id="c", services=["civil"])
    other = office.ask("keypad2", "call-next", id="d", counter="c1")
    assert other.refusal and other.refusal.code == "forbidden"
    own = office.ask("keypad1", "call-next", id="e", counter="c1")
    assert own.acted and own.acted.ticket and own.acted.ticket.number == "A001"


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"id":"x"}',
        b'{"id":"x","services":[]}',
        b'{"id":"x y","services":["civil"]}',
        b'{"id":"x","services":["civil"],"people":0}',
        b"[" * 50_000,
        b'{"id":"x","services":["civil"],"people":1e999}',
    ],
)
def test_a_bad_request_changes_nothing_and_the_next_good_one_is_served(
    office: MqttOffice, payload: bytes
) -> None:
    before = office.engine.office.seq
    office.send_raw("k1", "issue", payload)
    assert office.engine.office.seq == before
    assert office.ask("k1", "issue", id="good", services=["civil"]).ok


def test_a_bad_request_with_an_id_is_told_what_is_wrong_but_not_its_values(office: MqttOffice) -> None:
    reply = office.ask("k1", "issue", id="r1", services=["civil"], people="Nguyễn Văn An 001090123456")
    assert reply.refusal and reply.refusal.code == "bad_request"
    assert "people" in reply.refusal.sentence
    assert "001090123456" not in reply.refusal.sentence and "An" not in reply.refusal.sentence.split()


def test_an_oversized_request_is_refused_unread(office: MqttOffice) -> None:
    before = office.engine.office.seq
    body = {"id": "r1", "services": ["civil"], "junk": "x" * MOST_BYTES}
    office.send_raw("k1", "issue", json.dumps(body).encode())
    assert office.engine.office.seq == before


def test_an_expired_request_is_refused(office: MqttOffice) -> None:
    late = (office.clock.now() - timedelta(seconds=1)).isoformat()
    reply = office.ask("k1", "issue", id="r1", services=["civil"], expires_at=late)
    assert reply.refusal and reply.refusal.code == "too_late"
    assert not office.engine.office.tickets


def test_a_repeat_after_the_expiry_still_gets_its_first_answer(office: MqttOffice) -> None:
    soon = (office.clock.now() + timedelta(seconds=5)).isoformat()
    first = office.ask_raw("k1", "issue", id="r1", services=["civil"], expires_at=soon)
    office.clock.advance(timedelta(minutes=5))
    assert office.ask_raw("k1", "issue", id="r1", services=["civil"], expires_at=soon) == first
    assert len(office.engine.office.tickets) == 1


def test_a_retained_request_is_never_carried_out(office: MqttOffice) -> None:
    office.send_raw("k1", "issue", b'{"id":"r1","services":["civil"]}', retain=True)
    office.reconnect()
    assert len(office.engine.office.tickets) <= 1


def test_states_are_retained_and_follow_the_office(office: MqttOffice) -> None:
    assert office.state("service", "civil")["waiting"] == 0
    office.ask("k1", "issue", id="r1", services=["civil"])
    office.settle()
    assert office.state("service", "civil")["waiting"] == 1
    assert office.state("service", "civil")["stranded"] is True
    office.ask("operator", "sign-on", id="a", counter="c1", officer="lan")
    office.ask("operator", "open", id="b", counter="c1")
    office.ask("operator", "call-next", id="c", counter="c1")
    office.settle()
    assert office.state("counter", "c1")["number"] == "A001"
    board = office.state("board", "hall")
    assert [call["number"] for call in board["calls"]] == ["A001"]
    assert board["calls"][0]["still_called"] is True


def test_a_recall_is_a_new_call_of_the_same_ticket_on_the_board(office: MqttOffice) -> None:
    office.serve_one()
    first = office.state("board", "hall")["calls"]
    office.clock.advance(timedelta(seconds=5))
    office.ask("operator", "recall", id="again", counter="c1")
    office.settle()
    calls = office.state("board", "hall")["calls"]
    assert len(calls) == 1 and calls[0]["again"] == 1
    assert calls[0]["call"] != first[0]["call"]


def test_everything_is_published_again_after_the_broker_lost_it(office: MqttOffice) -> None:
    office.serve_one()
    before = office.retained()
    office.broker.go_down(forget=True)
    office.broker.come_up()
    office.settle()
    after = office.retained()
    assert set(after) == set(before)
    for topic in before:
        old, new = (dict(states[topic]) for states in (before, after))
        for moving in ("version", "at"):
            old.pop(moving), new.pop(moving)
        assert old == new


def test_events_are_cloud_events_without_names(office: MqttOffice) -> None:
    office.serve_one()
    types = [event["type"] for event in office.events]
    assert "office.configured" not in types
    called = next(event for event in office.events if event["type"] == "ticket.called")
    assert called["specversion"] == "1.0" and called["subject"] and called["data"]["counter"] == "c1"
    assert len({event["id"] for event in office.events}) == len(office.events)


def test_what_an_officer_typed_as_a_reason_is_told_to_nobody(office: MqttOffice) -> None:
    ticket = office.ask("k1", "issue", id="r1", services=["civil"]).issued
    assert ticket is not None
    id_, typed = ticket.ticket.ticket, "Nguyễn Văn An 001090123456"
    assert office.ask("operator", "transfer", id="t", ticket=id_, service="land", reason=typed).ok
    assert office.ask("operator", "park", id="p", ticket=id_, by="office", reason=typed).ok
    assert office.ask("operator", "cancel", id="c", ticket=id_, reason=typed).ok
    office.settle()
    assert {"ticket.transferred", "ticket.parked", "ticket.cancelled"} <= {e["type"] for e in office.events}
    assert "001090123456" not in json.dumps(office.events)


def test_a_reprint_is_a_job_published_until_its_one_outcome(office: MqttOffice) -> None:
    ticket = office.ask("k1", "issue", id="r1", services=["civil"]).issued
    assert ticket is not None
    office.ask("operator", "reprint", id="p", ticket=ticket.ticket.ticket, printer="p1")
    office.look()
    office.clock.advance(timedelta(seconds=6))
    office.look()
    jobs = office.jobs
    assert len(jobs) == 2 and jobs[0]["id"] == jobs[1]["id"] and jobs[0]["slip"]["reprint"] is True
    done = {"job": jobs[0]["id"], "ticket": ticket.ticket.ticket, "outcome": "printed"}
    assert office.ask("agent", "print-outcome", id="o", **done).ok
    office.clock.advance(timedelta(seconds=6))
    office.look()
    assert len(office.jobs) == 2
    assert office.engine.office.tickets[ticket.ticket.ticket].slip == "printed"


def test_a_job_has_one_outcome_whatever_comes_later(office: MqttOffice) -> None:
    issued = office.ask("k1", "issue", id="r1", services=["civil"]).issued
    assert issued is not None
    done = {"ticket": issued.ticket.ticket, "job": issued.job}
    assert office.ask("k1", "slip-done", id="s1", outcome="failed", reason="paper_out", **done).ok
    late = office.ask("k1", "slip-done", id="s2", outcome="printed", **done)
    assert late.refusal and late.refusal.code == "already_done"
    assert office.engine.office.tickets[issued.ticket.ticket].slip == "failed"
    again = office.ask("k1", "slip-done", id="s3", outcome="printed", ticket=done["ticket"], job="second")
    assert again.ok
    assert office.engine.office.tickets[issued.ticket.ticket].slip == "printed"


def test_a_job_nobody_answers_fails_as_expired(office: MqttOffice) -> None:
    ticket = office.ask("k1", "issue", id="r1", services=["civil"]).issued
    assert ticket is not None
    office.ask("operator", "reprint", id="p", ticket=ticket.ticket.ticket, printer="p1")
    office.clock.advance(timedelta(seconds=61))
    office.look()
    assert office.engine.office.jobs, "an agent that took it in time may still be printing"
    office.clock.advance(timedelta(seconds=30))
    office.look()
    office.look()
    assert office.engine.office.tickets[ticket.ticket.ticket].slip == "failed"
    assert not office.engine.office.jobs
    outcomes = [e for e in office.events if e["type"] == "slip.outcome"]
    assert len(outcomes) == 1 and outcomes[0]["data"]["reason"] == "expired"


def test_a_reply_is_what_the_contract_says() -> None:
    office = MqttOffice(FakeClock())
    try:
        raw = office.ask_raw("k1", "issue", id="r1", services=["civil"])
        assert json.loads(Reply.model_validate_json(raw).model_dump_json()) == json.loads(raw)
        assert Issue.model_validate({"id": "r", "services": ["civil"]}).people == 1
    finally:
        office.close()
