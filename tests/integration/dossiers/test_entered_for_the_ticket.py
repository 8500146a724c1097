"""An officer enters a dossier for the citizen at the counter: the console's panel shows that very dossier."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.dossier_book import NAME

from queue_server.domain import commands as c
from queue_server.domain.commands import Actor, Role
from queue_server.domain.ids import CounterId, ServiceId, TicketId
from queue_server.dossiers.officers import OfficerDesk
from queue_server.dossiers.sources import Sources
from queue_server.storage.dossier_tickets import SqlTicketDossiers
from queue_server.storage.dossiers import SqlTries
from tests.integration.dossiers_book.book_office import KEY, BookOffice
from tests.integration.dossiers_book.book_officer import Officer


@pytest.fixture
def office(tmp_path: Path) -> Iterator[BookOffice]:
    made = BookOffice(tmp_path, frozen=True)
    tickets = SqlTicketDossiers(made.database, KEY)
    desk = OfficerDesk(Sources({"book": made.book}), SqlTries(made.database, KEY), tickets, made._new_press)
    made.deps = replace(made.deps, dossiers=desk)
    config = made.now.config
    assert config is not None
    rules = replace(config.dossiers, sources=("book",))
    made.do(c.ConfigureOffice, by=c.SYSTEM, config=replace(config, dossiers=rules))
    yield made
    made.close()


def serving(office: BookOffice, officer: Officer) -> tuple[CounterId, TicketId]:
    """The officer sits at the first counter and has called a ticket."""
    config = office.now.config
    assert config is not None
    counter = config.counters[0]
    by = Actor(Role.OFFICER, officer.account.id, "test")
    office.do(c.SignOn, by, counter=counter.id, officer=officer.account.id)
    office.do(c.OpenCounter, by, counter=counter.id)
    ticket = office.issue(ServiceId(counter.services[0]))
    office.do(c.CallNext, by, counter=counter.id)
    return counter.id, ticket


def test_the_dossier_just_entered_is_on_the_panel_with_its_name_for_the_asking(office: BookOffice) -> None:
    officer = Officer(office)
    counter, ticket = serving(office, officer)
    officer.entered(ticket=ticket)
    panel = officer.client.get(f"/counter/{counter}/dossier").json()["dossier"]
    assert panel["found"] and panel["name"]["masked"] != NAME and panel["name"]["may_ask"]
    officer.client.headers["x-csrf-token"] = officer.csrf
    named = officer.client.post(f"/counter/{counter}/dossier/name", json={"ticket": ticket}).json()
    assert named["dossier"]["name"]["full"] == NAME


def test_one_entered_for_somebody_else_s_ticket_is_not(office: BookOffice) -> None:
    officer = Officer(office)
    counter, _ = serving(office, officer)
    config = office.now.config
    assert config is not None
    other = office.issue(ServiceId(config.counters[0].services[0]))
    officer.entered(ticket=other)
    assert officer.client.get(f"/counter/{counter}/dossier").json()["dossier"] is None
    assert SqlTicketDossiers(office.database, KEY).of(other) == ""
