"""The demo page: only with --demo; real frames, real touches, slips by name, one door for demo officers."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from queue_server.domain.commands import Role
from queue_server.people.ports import BadSignIn, SignedIn
from queue_server.web.demo.ports import DemoOfficer
from queue_server.web.demo.router import demo_router
from tests.integration.web.public.conftest import ELSEWHERE, LOOPBACK
from tests.integration.web.public.sample_office import SampleOffice

Ask = Callable[..., TestClient]


class Frames:
    """A kiosk that shows what it is given and remembers where it was touched."""

    def __init__(self) -> None:
        self.frame: bytes | None = b"\x89PNG first"
        self.touched: list[tuple[float, float]] = []

    def latest(self) -> bytes | None:
        return self.frame

    def touch(self, x: float, y: float) -> None:
        self.touched.append((x, y))


@pytest.fixture
def frames() -> Frames:
    return Frames()


@pytest.fixture
def client(ask: Ask, office: SampleOffice, frames: Frames) -> TestClient:
    router = demo_router(frames, {"supervisor": DemoOfficer("demo-supervisor", "right")})
    return ask(router, client=LOOPBACK, deps=replace(office.deps, demo=True))


def test_without_demo_there_is_no_demo(ask: Ask, frames: Frames) -> None:
    plain = ask(demo_router(frames), client=LOOPBACK)
    for path in ("/demo", "/demo/news", "/demo/kiosk/frame.png"):
        assert plain.get(path).status_code == 404
    assert plain.post("/demo/enter/supervisor").status_code == 404


def test_the_page_shows_all_parts_and_what_to_do(client: TestClient) -> None:
    page = client.get("/demo").text
    for part in ("/display/hall/sanh", "/counter", "/manager"):
        assert f'data-src="{part}"' in page
    assert "Chạm vào kiosk" in page
    assert "Touch the kiosk" in client.get("/demo?lang=en").text


def test_the_frame_is_the_kiosks_own(client: TestClient, frames: Frames) -> None:
    assert client.get("/demo/kiosk/frame.png").content == b"\x89PNG first"
    frames.frame = b"\xff\xd8 a jpeg"
    answer = client.get("/demo/kiosk/frame.png")
    assert (answer.content, answer.headers["content-type"]) == (b"\xff\xd8 a jpeg", "image/jpeg")
    frames.frame = None
    assert client.get("/demo/kiosk/frame.png").status_code == 404


def test_a_touch_reaches_the_kiosk_and_nothing_outside_the_glass_does(
    client: TestClient, frames: Frames
) -> None:
    assert client.post("/demo/kiosk/touch", json={"x": 0.25, "y": 0.75}).status_code == 200
    assert client.post("/demo/kiosk/touch", json={"x": 1.5, "y": 0.75}).status_code == 422
    assert frames.touched == [(0.25, 0.75)]


def test_news_come_when_a_frame_or_a_slip_is_new(
    client: TestClient, office: SampleOffice, frames: Frames
) -> None:
    slips = Path(office.deps.office_dir) / "slips"
    slips.mkdir()
    first = client.get("/demo/news").json()
    assert first["slips"] == []
    (slips / "A001.png").write_bytes(b"slip")
    second = client.get("/demo/news", params={"frame_seen": first["frame"], "slips_seen": ""}).json()
    assert second == {"frame": first["frame"], "slips": ["A001.png"]}
    assert client.get("/demo/slips/A001.png").content == b"slip"
    frames.frame = b"\x89PNG second"
    third = client.get("/demo/news", params={"frame_seen": first["frame"], "slips_seen": "A001.png"}).json()
    assert third["frame"] != first["frame"]


@pytest.mark.parametrize("name", ["..%2Foffice.toml", "office.toml", ".hidden.png"])
def test_only_slips_are_given(client: TestClient, office: SampleOffice, name: str) -> None:
    (Path(office.deps.office_dir) / "slips").mkdir()
    (Path(office.deps.office_dir) / "office.toml").write_text("secret")
    assert client.get(f"/demo/slips/{name}").status_code == 404


def _sign_in(office: SampleOffice) -> Callable[[str, str, str, object], SignedIn]:
    def sign_in(login: str, password: str, where: str, now: object) -> SignedIn:
        if (login, password) != ("demo-supervisor", "right"):
            raise BadSignIn
        return office.accounts.sessions[office.sign_in(Role.SUPERVISOR)]

    return sign_in


def test_the_demo_officer_enters_by_a_real_sign_in(client: TestClient, office: SampleOffice) -> None:
    office.accounts.sign_in = _sign_in(office)  # type: ignore[attr-defined]
    assert client.post("/demo/enter/supervisor").status_code == 200
    assert client.get("/manager").status_code == 200
    assert client.post("/demo/enter/administrator").status_code == 200, "already somebody: stays who they are"


def test_no_other_role_has_a_door(client: TestClient) -> None:
    assert client.post("/demo/enter/administrator").status_code == 404


def test_the_door_opens_on_this_machine_only(ask: Ask, office: SampleOffice, frames: Frames) -> None:
    router = demo_router(frames, {"supervisor": DemoOfficer("demo-supervisor", "right")})
    outside = ask(router, client=ELSEWHERE, deps=replace(office.deps, demo=True))
    assert outside.post("/demo/enter/supervisor").status_code == 403


def test_a_demo_account_that_is_gone_opens_nothing(client: TestClient, office: SampleOffice) -> None:
    def refuse(*_: object) -> SignedIn:
        raise BadSignIn

    office.accounts.sign_in = refuse  # type: ignore[attr-defined]
    assert client.post("/demo/enter/supervisor").status_code == 403
