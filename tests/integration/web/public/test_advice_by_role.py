"""Who sees which advice on the manager's page: the whole office's, or that of one's agency alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient

from queue_server.advise.values import DayAdvice, Kind, Proposal
from queue_server.domain.commands import Role
from queue_server.domain.ids import AgencyId, OfficerId
from queue_server.people.ports import Account, SignedIn
from queue_server.simulate.compare import Interval
from queue_server.web.app import make_app
from tests.integration.web.public.conftest import ROUTERS
from tests.integration.web.public.sample_config import NOW, TODAY
from tests.integration.web.public.sample_office import SampleOffice

LESS, AFTER = Interval(-3.0, -4.0, -2.0), Interval(17.0, 16.0, 18.0)
WHOLE, OWN = "Khoảng 120 lượt, trung bình 17 phút", "Gợi ý cho các việc bạn phụ trách."
ACT = "Quầy 1 nhận thêm"


class SomeAdvice:
    """One act for the day."""

    def __init__(self, service: str) -> None:
        act = Proposal(Kind.LEARN, "q1", 1, (service,), 28_800.0, 36_000.0, LESS, LESS, AFTER)
        self._day = DayAdvice(TODAY, NOW, 20.0, 120.0, AFTER, 0.6, (), (), (act,), (), 40)

    def day(self) -> DayAdvice:
        return self._day

    def week(self) -> tuple[DayAdvice, ...]:
        return (self._day,)

    def alert(self, of: object = None) -> None:
        return None

    def best_time(self) -> tuple[date, tuple[object, ...]] | None:
        return None


def page(office: SampleOffice, session: str) -> str:
    config = office.deps.engine.office.config
    assert config is not None
    advice = SomeAdvice(str(config.services[0].id))
    app = make_app(replace(office.deps, advice=advice), ROUTERS)  # type: ignore[arg-type]
    client = TestClient(app, base_url="http://localhost", cookies={"motcua": session})
    return client.get("/manager", headers={"accept": "text/html"}).text


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_who_sees_the_whole_office_is_advised_on_all_of_it(office: SampleOffice, role: Role) -> None:
    shown = page(office, office.sign_in(role))
    assert WHOLE in shown and ACT in shown and OWN not in shown


def test_a_manager_of_another_agency_is_told_nothing_of_it(office: SampleOffice) -> None:
    account = Account(OfficerId("m"), "m", "M", Role.MANAGER, agency=AgencyId("thue"))
    office.accounts.sessions["of-agency"] = SignedIn(account, "of-agency", "csrf", NOW + timedelta(hours=1))
    shown = page(office, "of-agency")
    assert OWN in shown
    assert WHOLE not in shown and ACT not in shown
