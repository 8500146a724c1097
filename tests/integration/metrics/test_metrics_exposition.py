"""`GET /metrics`: the dashboard's figures for Prometheus, for this machine and the token's bearer only."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from queue_server.domain.ticket import Told
from queue_server.metrics.exposition import Sources, exposition
from queue_server.waits.groups import Dimension
from queue_server.waits.period import Asked, DayRange
from queue_server.web.app import make_app
from queue_server.web.scrape import scrape_router
from tests.integration.web.public.measured import many_days
from tests.integration.web.public.sample_config import TODAY
from tests.integration.web.public.sample_office import SampleOffice

GRAFANA = Path(__file__).parents[3] / "docs" / "grafana" / "motcua.json"
HERE, ELSEWHERE = ("127.0.0.1", 50000), ("192.168.1.20", 50000)
Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


@pytest.fixture
def office(tmp_path: Path) -> SampleOffice:
    made = SampleOffice(str(tmp_path))
    made.figures.records = many_days(3)
    made.engine.issue("dat-dai")
    made.devices["in-1"] = {
        "device": "in-1",
        "kind": "printer",
        "state": "degraded",
        "health": {"paper": "near_end", "cover": "closed", "tested": "t1", "job": "j9"},
        "heard_at": (made.clock.now() - timedelta(seconds=7)).isoformat(),
    }
    return made


def sources(office: SampleOffice) -> Sources:
    figures = office.deps.figures_for
    assert figures is not None
    return Sources(
        office.engine,
        office.clock,
        figures,
        office.predictions.newcomer,
        office.predictions.hall_mean,
        lambda: office.devices,
        lambda: {"broker": True, "journal": False},
    )


def samples(text: bytes) -> Samples:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
    }


def test_the_figures_are_the_dashboards(office: SampleOffice) -> None:
    found, figures = samples(exposition(sources(office))), office.deps.figures_for
    assert figures is not None
    for group in (
        *figures.figures_for(Asked(DayRange(TODAY, TODAY))).groups,
        *figures.figures_for(Asked(DayRange(TODAY, TODAY), Dimension.SERVICE)).groups,
    ):
        service = ("service", group.key or "all")
        f = group.figures
        assert found["motcua_wait_mean_seconds", (service,)] == f.mean_s
        assert found["motcua_wait_p90_seconds", (service,)] == f.p90_s
        assert found["motcua_visits_today", (("outcome", "served"), service)] == f.n
        assert found["motcua_visits_today", (("outcome", "abandoned"), service)] == f.abandoned
        for minutes, share in f.share_within.items():
            assert found["motcua_within_target_ratio", (("minutes", f"{minutes:g}"), service)] == share
        assert found["motcua_wait_seconds_count", (service,)] == f.n
        assert found["motcua_wait_seconds_bucket", (("le", "+Inf"), service)] == f.n


def test_queues_counters_devices_and_parts_are_told(office: SampleOffice) -> None:
    found = samples(exposition(sources(office)))
    assert found["motcua_waiting", (("service", "dat-dai"),)] == 1
    assert found["motcua_waiting", (("service", "ho-tich"),)] == 0
    assert sum(v for (name, _), v in found.items() if name == "motcua_counters") == 5
    printer = (("device", "in-1"), ("kind", "printer"))
    assert found["motcua_device_ready", printer] == 0
    assert found["motcua_device_state", (*printer, ("state", "degraded"))] == 1
    assert found["motcua_device_state", (*printer, ("state", "lost"))] == 0
    assert found["motcua_device_health", (*printer, ("part", "paper"), ("value", "near_end"))] == 1
    parts = [dict(labels)["part"] for name, labels in found if name == "motcua_device_health"]
    assert parts == ["paper", "cover"], "test and job ids are no labels"
    assert found["motcua_device_answer_age_seconds", printer] == 7
    assert found["motcua_part_up", (("part", "journal"),)] == 0
    assert found["motcua_part_up", (("part", "broker"),)] == 1


def test_what_is_not_known_is_missing_and_not_zero(office: SampleOffice) -> None:
    office.figures.records = []
    names = {name for name, _ in samples(exposition(sources(office)))}
    assert not names & {"motcua_wait_mean_seconds", "motcua_told_mean_error_seconds"}


def test_nobody_is_named(office: SampleOffice) -> None:
    text = exposition(sources(office)).decode()
    labels = set(re.findall(r'(\w+)="', text))
    assert labels <= {
        "service",
        "state",
        "bound",
        "minutes",
        "outcome",
        "le",
        "device",
        "part",
        "value",
        "kind",
        "office",
    }
    assert "A001" not in text and "demo-officer" not in text


def client(office: SampleOffice, where: tuple[str, int], token: str = "the office's token") -> TestClient:
    deps = replace(office.deps, figures_token=token)
    app = make_app(deps, (scrape_router(lambda: exposition(sources(office))),))
    return TestClient(app, client=where)


def test_this_machine_reads_without_a_token(office: SampleOffice) -> None:
    answer = client(office, HERE).get("/metrics")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith(
        "text/plain; version=0.0.4"
    )
    assert "motcua_waiting" in answer.text


@pytest.mark.parametrize(
    ("where", "headers", "allowed"),
    [
        (ELSEWHERE, {}, False),
        (ELSEWHERE, {"authorization": "Bearer wrong"}, False),
        (ELSEWHERE, {"authorization": "Bearer the office's token"}, True),
        (ELSEWHERE, {"authorization": "Basic the office's token"}, False),
        (HERE, {"x-forwarded-for": "203.0.113.9"}, False),
        (HERE, {"forwarded": "for=203.0.113.9"}, False),
        (HERE, {"authorization": "Bearer wrong"}, False),
    ],
)
def test_who_else_may_read(
    office: SampleOffice, where: tuple[str, int], headers: dict[str, str], allowed: bool
) -> None:
    assert client(office, where).get("/metrics", headers=headers).status_code == (200 if allowed else 401)


def test_an_office_without_a_token_takes_none(office: SampleOffice) -> None:
    answer = client(office, ELSEWHERE, token="").get("/metrics", headers={"authorization": "Bearer "})
    assert answer.status_code == 401


def test_every_metric_of_the_grafana_dashboard_is_there(office: SampleOffice) -> None:
    known = Told(low=12, median=14, high=18, promise=16)
    everything = replace(sources(office), newcomer=lambda _service: known, hall_mean=lambda: known)
    told = {name for name, _ in samples(exposition(everything))}
    board = json.loads(GRAFANA.read_text(encoding="utf-8"))
    asked = set(re.findall(r"\bmotcua_\w+", json.dumps(board["panels"]) + json.dumps(board["templating"])))
    assert len(asked) >= 14 and asked <= told, asked - told
    places = [
        (p["gridPos"]["x"], p["gridPos"]["y"], p["gridPos"]["w"], p["gridPos"]["h"]) for p in board["panels"]
    ]
    assert all(x + w <= 24 for x, _, w, _ in places) and len(set(places)) == len(places)
