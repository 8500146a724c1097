"""A number typed on a keypad without letters is the one waiting ticket it can mean, or nobody's."""

from collections.abc import Iterator

import pytest
from fakes.mqtt_office import MqttOffice


@pytest.fixture
def office() -> Iterator[MqttOffice]:
    made = MqttOffice()
    made.ask("operator", "sign-on", id="on", counter="c1", officer="lan")
    made.ask("operator", "open", id="open", counter="c1")
    yield made
    made.close()


def issue(office: MqttOffice, id_: str, service: str = "civil") -> str:
    issued = office.ask("k1", "issue", id=id_, services=[service]).issued
    assert issued is not None
    return issued.ticket.number


@pytest.mark.parametrize("digits", ["2", "02", "002"])
def test_the_digits_of_a_waiting_number_call_it(office: MqttOffice, digits: str) -> None:
    issue(office, "a1")
    assert issue(office, "a2") == "A002"
    reply = office.ask("keypad1", "call-number", id="c", counter="c1", digits=digits)
    assert reply.acted and reply.acted.ticket and reply.acted.ticket.number == "A002"


def test_digits_that_fit_two_waiting_tickets_call_neither(office: MqttOffice) -> None:
    issue(office, "a1")
    assert issue(office, "b1", "land") == "B001"
    reply = office.ask("keypad1", "call-number", id="c", counter="c1", digits="1")
    assert reply.refusal is not None and reply.refusal.code == "ticket_unknown"


def test_digits_that_fit_nobody_call_nobody(office: MqttOffice) -> None:
    issue(office, "a1")
    reply = office.ask("keypad1", "call-number", id="c", counter="c1", digits="7")
    assert reply.refusal is not None and reply.refusal.code == "ticket_unknown"


def test_the_same_press_told_twice_gets_the_first_answer_though_nobody_waits_any_more(
    office: MqttOffice,
) -> None:
    issue(office, "a1")
    first = office.ask_raw("keypad1", "call-number", id="c", counter="c1", digits="1")
    assert office.ask_raw("keypad1", "call-number", id="c", counter="c1", digits="1") == first


def test_a_keypad_types_for_its_own_counter_only(office: MqttOffice) -> None:
    issue(office, "a1")
    reply = office.ask("keypad2", "call-number", id="c", counter="c1", digits="1")
    assert reply.refusal is not None and reply.refusal.code == "forbidden"
