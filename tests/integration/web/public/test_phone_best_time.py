"""The phone page says when to come another time, once the visit is over and there is advice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from fastapi.testclient import TestClient

from queue_server.advise.values import QuietSpell
from queue_server.domain import commands as c
from queue_server.web.app import make_app
from queue_server.web.ticket.router import router as ticket_router
from tests.integration.web.public.sample_config import TODAY
from tests.integration.web.public.sample_office import SampleOffice


class SomeAdvice:
    """Advice that is only ever asked for the best time."""

    def __init__(self, found: tuple[date, tuple[QuietSpell, ...]] | None) -> None:
        self.found = found

    def day(self) -> None: ...

    def week(self) -> tuple[()]:
        return ()

    def alert(self, of: object = None) -> None: ...

    def best_time(self) -> tuple[date, tuple[QuietSpell, ...]] | None:
        return self.found


SPELL = (date(2026, 11, 23), (QuietSpell(34_200.0, 37_800.0, 6.0),))
VI, EN = "Nên đến: 09:30–10:30 thứ Hai 23/11", "Best time to come: 09:30–10:30 Monday 23/11"


@pytest.fixture
def phone_says(office: SampleOffice) -> Callable[..., str]:
    def shown(found: object, cancelled: bool, language: str = "vi") -> str:
        office.engine.open(2)
        ticket = office.engine.issue()
        if cancelled:
            office.engine.do(c.CancelTicket, ticket=ticket, reason="citizen")
        deps = replace(office.deps, advice=SomeAdvice(found))  # type: ignore[arg-type]
        client = TestClient(make_app(deps, [ticket_router]), base_url="http://localhost")
        answer = client.get(f"/t/{office.accounts.page_token(ticket, TODAY)}?lang={language}")
        assert answer.status_code == 200
        return answer.text

    return shown


def test_after_the_visit_the_quiet_hours_are_named_with_their_day(phone_says: Callable[..., str]) -> None:
    assert VI in phone_says(SPELL, cancelled=True)


def test_in_english_too(phone_says: Callable[..., str]) -> None:
    assert EN in phone_says(SPELL, cancelled=True, language="en")


def test_whoever_still_waits_is_not_sent_to_another_day(phone_says: Callable[..., str]) -> None:
    assert "Nên đến" not in phone_says(SPELL, cancelled=False)


def test_without_advice_nothing_is_said(phone_says: Callable[..., str]) -> None:
    assert "Nên đến" not in phone_says(None, cancelled=True)
