"""The dossier of the ticket at a counter: seen by who sits there, by nobody else; every opening noted."""

import threading
from collections.abc import Sequence
from typing import Any

import pytest
from fakes.dossiers import CODE, NAME, FakeSource, dossier
from fastapi.testclient import TestClient

from queue_server.domain import commands as c
from queue_server.domain.commands import STAFF, Actor, Role
from queue_server.domain.events import ActRecorded
from queue_server.domain.ids import CounterId
from queue_server.dossiers.dossier import Status
from queue_server.engine.ports import Recorded
from tests.integration.web.staff.dossier_office import BEHIND, WithDossiers
from tests.integration.web.staff.staff_office import StaffOffice

OTHER = "H99.16-261118-0005"


@pytest.fixture
def dossiers(office: StaffOffice) -> WithDossiers:
    return WithDossiers(office, dossier(**BEHIND), dossier(code=OTHER, status=Status.IN_WORK))


def look(client: TestClient) -> dict[str, Any]:
    answer = client.get("/counter/quay-3/dossier")
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    return answer.json()


def test_who_calls_the_ticket_sees_its_dossier(office: StaffOffice, dossiers: WithDossiers) -> None:
    client, ticket = dossiers.officer_calls(CODE)
    seen = look(client)
    panel = seen["dossier"]
    assert seen["ticket"] == ticket and panel["code"] == CODE
    assert panel["chip"] == {"text": "Yêu cầu bổ sung giấy tờ", "tone": "gold"}
    assert panel["name"]["masked"] == "N**** T** H**** G****" and panel["name"]["full"] is None
    assert panel["supplements"][0]["reason"] == "Bản sao Giấy khai sinh của con"
    assert {"label": "Phí còn nộp", "value": "500.000 đ"} in panel["rows"]
    assert panel["source"] == "Sổ thử · cập nhật lúc 09:12"
    assert NAME not in str(seen) and dossiers.tickets.openings == []


def test_a_dossier_of_the_own_book_is_opened_from_the_panel(dossiers: WithDossiers) -> None:
    client, _ = dossiers.officer_calls(CODE)
    assert look(client)["dossier"]["open"] == {"page": "/dossiers/id-of-0023", "text": "Mở trong sổ"}


def test_a_dossier_of_another_source_has_no_page_of_ours(office: StaffOffice) -> None:
    client, _ = WithDossiers(office, dossier(), source=FakeSource).officer_calls(CODE)
    assert look(client)["dossier"]["open"] is None


def test_a_ticket_without_a_dossier_has_an_empty_panel(dossiers: WithDossiers) -> None:
    client, _ = dossiers.officer_calls("")
    assert look(client)["dossier"] is None


def test_the_full_name_comes_when_asked_for_and_who_asked_is_noted(dossiers: WithDossiers) -> None:
    client, ticket = dossiers.officer_calls(CODE)
    answer = client.post("/counter/quay-3/dossier/name", json={"ticket": ticket}).json()
    assert answer["dossier"]["name"]["full"] == NAME
    (noted,) = dossiers.tickets.openings
    assert (noted.act, noted.counter, noted.ticket, noted.code) == ("name", "quay-3", ticket, CODE)
    assert look(client)["dossier"]["name"]["full"] is None


def test_a_source_with_masked_names_only_offers_no_full_one(office: StaffOffice) -> None:
    made = WithDossiers(office, dossier(**BEHIND), source=FakeSource)
    client, ticket = made.officer_calls(CODE)
    assert look(client)["dossier"]["name"]["may_ask"] is False
    client.post("/counter/quay-3/dossier/name", json={"ticket": ticket})
    assert made.tickets.openings == []


def test_a_typed_code_is_the_ticket_s_dossier_from_then_on(dossiers: WithDossiers) -> None:
    client, ticket = dossiers.officer_calls("")
    body = {"ticket": ticket, "code": " h99.16-261118-0005 "}
    assert client.post("/counter/quay-3/dossier/look", json=body).json()["dossier"]["code"] == OTHER
    assert look(client)["dossier"]["code"] == OTHER
    assert [one.act for one in dossiers.tickets.openings] == ["lookup"]
    missing = client.post("/counter/quay-3/dossier/look", json={**body, "code": "H99.16-261118-9999"}).json()
    assert missing["dossier"]["found"] is False and "giấy hẹn" in missing["dossier"]["words"]
    assert look(client)["dossier"]["code"] == OTHER
    away = client.post("/counter/quay-3/dossier/look", json={**body, "code": "H99.17-261118-0001"}).json()
    assert "Một cửa xã Hoà An" in away["dossier"]["words"]


def test_a_locked_dossier_is_unlocked_at_the_counter(dossiers: WithDossiers) -> None:
    client, ticket = dossiers.officer_calls(CODE)
    for _ in range(3):
        dossiers.tries.count(CODE, dossiers.office.clock.now())
    assert "thẻ Căn cước" in look(client)["dossier"]["locked"]["words"]
    opened = client.post("/counter/quay-3/dossier/unlock", json={"ticket": ticket}).json()
    assert opened["dossier"]["locked"] is None and dossiers.tries.counts == {}
    client.post("/counter/quay-3/dossier/unlock", json={"ticket": ticket})
    assert [one.act for one in dossiers.tickets.openings] == ["unlock"]


@pytest.mark.parametrize("role", sorted(STAFF))
def test_nobody_else_sees_it(office: StaffOffice, dossiers: WithDossiers, role: Role) -> None:
    _, ticket = dossiers.officer_calls(CODE)
    other = office.signed_in(office.account(role, "other"))
    assert other.get("/counter/quay-3/dossier").status_code == 403
    for act in ("look", "name", "unlock"):
        body = {"ticket": ticket, "code": CODE}
        assert other.post(f"/counter/quay-3/dossier/{act}", json=body).status_code == 403
    assert dossiers.tickets.openings == []


def test_an_officer_at_another_counter_sees_it_neither(office: StaffOffice, dossiers: WithDossiers) -> None:
    dossiers.officer_calls(CODE)
    other = office.account(Role.OFFICER, "minh")
    office.sit(other, 2)
    client = office.signed_in(other)
    assert client.get("/counter/quay-3/dossier").status_code == 403
    assert client.get("/counter/quay-2/dossier").json()["dossier"] is None


def test_what_was_asked_of_a_ticket_that_has_gone_is_refused(dossiers: WithDossiers) -> None:
    client, _ = dossiers.officer_calls(CODE)
    answer = client.post("/counter/quay-3/dossier/name", json={"ticket": "t-gone"})
    assert answer.status_code == 409 and answer.json()["words"]["vi"] and dossiers.tickets.openings == []


def test_once_the_visit_has_ended_it_is_closed(office: StaffOffice, dossiers: WithDossiers) -> None:
    client, ticket = dossiers.officer_calls(CODE)
    by = Actor(Role.OFFICER, dossiers.account.id, "test")
    office.do(c.StartService, by, counter=CounterId("quay-3"), expected=ticket)
    office.do(c.EndService, by, counter=CounterId("quay-3"), expected=ticket)
    assert look(client)["dossier"] is None
    assert client.post("/counter/quay-3/dossier/name", json={"ticket": ticket}).status_code == 409


def test_tables_that_cannot_be_read_are_said_in_words(dossiers: WithDossiers) -> None:
    client, _ = dossiers.officer_calls(CODE)
    dossiers.tickets.fails = True
    answer = client.get("/counter/quay-3/dossier")
    assert answer.status_code == 503 and "Thử lại" in answer.json()["words"]["vi"]


def test_a_forged_request_is_refused(dossiers: WithDossiers) -> None:
    client, ticket = dossiers.officer_calls(CODE)
    client.headers["x-csrf-token"] = "forged"
    assert client.post("/counter/quay-3/dossier/name", json={"ticket": ticket}).status_code == 403


def test_each_opening_stands_in_the_audit_trail_by_ticket_and_never_by_code(
    office: StaffOffice, dossiers: WithDossiers
) -> None:
    client, ticket = dossiers.officer_calls(CODE)
    heard: list[tuple[str, str]] = []
    done = threading.Event()

    def listen(_office: object, recorded: Sequence[Recorded]) -> None:
        heard.extend((r.event.what, r.event.subject) for r in recorded if isinstance(r.event, ActRecorded))
        if len(heard) == 2:
            done.set()

    office.engine.subscribe(listen)
    client.post("/counter/quay-3/dossier/name", json={"ticket": ticket})
    client.post("/counter/quay-3/dossier/look", json={"ticket": ticket, "code": OTHER})
    assert done.wait(30)
    assert heard == [("dossier.name_shown", ticket), ("dossier.looked_up", ticket)]


def test_a_dossier_entered_for_the_ticket_is_its_dossier_from_then_on(
    office: StaffOffice, dossiers: WithDossiers
) -> None:
    client, ticket = dossiers.officer_calls("")
    config = office.now.config
    assert config is not None
    before = dossiers.desk.version
    dossiers.desk.received(ticket, OTHER, config, office.clock.now())
    assert look(client)["dossier"]["code"] == OTHER and dossiers.desk.version > before
