"""The sample office with forty days of visits behind the manager's page and the reports' page."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from queue_server.domain.commands import Role
from queue_server.reports.ports import OnTime, Record
from queue_server.waits.period import DayRange
from queue_server.web.app import make_app
from queue_server.web.manager.router import router as manager
from queue_server.web.reports.router import reports_router
from tests.integration.web.public.measured import many_days
from tests.integration.web.public.sample_office import SampleOffice

RECORD = Record(41_207, 58_934, "9f3c" * 16, 22, 21, 1, timedelta(seconds=4), 0, 3, 2, 17, {"in-1": 2})


class SampleBooks:
    """Implements reports' `Books`."""

    def __init__(self) -> None:
        self.dossiers: Mapping[str, OnTime] | None = {
            "Hộ tịch": OnTime(3, 5, 2, 1),
            "Đất đai": OnTime(late=1),
        }

    def record(self, days: DayRange) -> Record:
        return RECORD

    def on_time(self, days: DayRange) -> Mapping[str, OnTime] | None:
        return self.dossiers


Client = Callable[[Role], TestClient]


@pytest.fixture
def office(tmp_path: Path) -> SampleOffice:
    made = SampleOffice(str(tmp_path))
    made.figures.records = many_days(40)
    return made


@pytest.fixture
def client(office: SampleOffice) -> Client:
    """Somebody of a role, signed in."""
    app = make_app(office.deps, (manager, reports_router(SampleBooks())))

    def of(role: Role) -> TestClient:
        made = TestClient(app, follow_redirects=False)
        made.cookies.set("motcua", office.sign_in(role))
        return made

    return of
