"""One press gives a counter the service that is advised: once, audited, for supervisors only."""

import pytest

from queue_server.domain.commands import STAFF, Role
from queue_server.domain.events import CounterServicesChanged
from queue_server.domain.ids import CounterId
from queue_server.engine.ports import Recorded
from tests.integration.web.staff.staff_office import StaffOffice

THREE = CounterId("quay-3")
PRESS = {"id": "press-000001", "counter": "quay-3", "service": "cu-tru"}


def test_a_supervisors_press_adds_one_service_and_names_who_pressed(office: StaffOffice) -> None:
    heard: list[Recorded] = []
    office.engine.subscribe(lambda _, recorded: heard.extend(recorded))
    before = office.now.counters[THREE].services
    chief = office.account(Role.SUPERVISOR)
    client = office.signed_in(chief)
    assert "cu-tru" not in before
    answer = client.post("/advice/learn", json=PRESS)
    assert answer.status_code == 200, answer.text
    assert set(office.now.counters[THREE].services) == {*before, "cu-tru"}
    again = client.post("/advice/learn", json=PRESS)
    assert again.status_code == 200 and again.json()["repeated"]
    assert office.engine.drain(30)
    changed = [r for r in heard if isinstance(r.event, CounterServicesChanged)]
    assert [(r.by.role, r.by.id) for r in changed] == [(Role.SUPERVISOR, chief.id)]


def test_a_service_that_the_counter_takes_already_is_refused_in_words(office: StaffOffice) -> None:
    client = office.signed_in(office.account(Role.SUPERVISOR))
    there = office.now.counters[THREE].services[0]
    answer = client.post("/advice/learn", json=PRESS | {"service": there})
    assert answer.status_code == 409
    assert answer.json()["code"] == "already_done" and answer.json()["words"]["vi"]


@pytest.mark.parametrize("wrong", [{"counter": "none"}, {"service": "none"}, {"id": "a b c d e"}])
def test_what_does_not_exist_is_refused_and_changes_nothing(
    office: StaffOffice, wrong: dict[str, str]
) -> None:
    client = office.signed_in(office.account(Role.SUPERVISOR))
    before = office.now.counters
    answer = client.post("/advice/learn", json=PRESS | wrong)
    assert answer.status_code in (404, 409, 422) and office.now.counters == before


@pytest.mark.parametrize("role", sorted(STAFF))
def test_only_who_minds_counters_may_press(office: StaffOffice, role: Role) -> None:
    client = office.signed_in(office.account(role))
    allowed = role in (Role.SUPERVISOR, Role.ADMINISTRATOR)
    assert (client.post("/advice/learn", json=PRESS).status_code == 200) is allowed


def test_a_press_without_the_sessions_token_is_refused(office: StaffOffice) -> None:
    client = office.signed_in(office.account(Role.SUPERVISOR))
    del client.headers["x-csrf-token"]
    assert client.post("/advice/learn", json=PRESS).status_code == 403
