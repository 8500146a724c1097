"""The frame of every page: headers, sizes, origins, errors, caching, health."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient
from PIL import Image

from queue_server.domain.commands import Role
from queue_server.web.app import make_app
from queue_server.web.ports import WebDeps
from queue_server.web.staff import STAFF_ROUTERS
from tests.integration.web.staff.staff_office import StaffOffice

PAGES = (
    "/", "/sign-in", "/password", "/counter", "/counter/quay-3", "/greeter", "/admin", "/admin/accounts",
    "/admin/rights", "/admin/services", "/admin/counters", "/admin/hours", "/admin/notices",
    "/admin/displays", "/admin/devices", "/admin/office", "/nowhere",
)  # fmt: skip


class Inline(HTMLParser):
    """Collects whatever a strict content policy would forbid."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "style" or (tag == "script" and not values.get("src")):
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name in values if name.startswith("on") or name == "style"]
        for name in ("src", "href"):
            address = values.get(name) or ""
            if address.startswith("javascript:"):
                self.found.append(address)
            if tag in ("script", "link", "img"):
                self.loaded += [address] if address else []


@pytest.fixture
def app(office: StaffOffice) -> FastAPI:
    return office.app()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_page_holds_anything_inline_and_all_it_loads_is_there(
    office: StaffOffice, app: FastAPI, language: str
) -> None:
    client = office.signed_in(office.account(Role.ADMINISTRATOR), app, html=True)
    loaded: set[str] = set()
    for path in PAGES:
        answer = client.get(path, params={"lang": language})
        assert answer.status_code == (404 if path == "/nowhere" else 200), (path, answer.text)
        page = Inline()
        page.feed(answer.text)
        assert (path, page.found) == (path, [])
        assert f'<html lang="{language}">' in answer.text, path
        assert len(page.loaded) >= 4, path
        loaded.update(page.loaded)
    for address in loaded:
        assert address.startswith("/static/")
        assert client.get(address).status_code == 200, address


def test_every_page_tells_its_scripts_the_offices_time_zone(office: StaffOffice, app: FastAPI) -> None:
    client = office.signed_in(office.account(Role.ADMINISTRATOR), app, html=True)
    without = [path for path in PAGES if 'data-zone="Asia/Ho_Chi_Minh"' not in client.get(path).text]
    assert without == []


def test_every_answer_carries_the_security_headers(office: StaffOffice, app: FastAPI) -> None:
    client = office.client(app)
    for path in ("/", "/healthz", "/nowhere", "/counter", "/static/base.css"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy and "frame-ancestors 'self'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "camera=()" in headers["permissions-policy"]
        assert "strict-transport-security" not in headers


def test_with_tls_the_cookie_is_secure_and_the_browser_stays_on_https(office: StaffOffice) -> None:
    account = office.account(Role.OFFICER)
    client = office.client(office.app(tls=True))
    answer = client.post("/sign-in", data={"login": account.login, "password": "mot-cua-2026-ok"})
    assert "max-age" in answer.headers["strict-transport-security"]
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-motcua=")
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Secure", "Path=/"))


def test_static_files_are_kept_for_ever_by_their_hash_and_asked_for_otherwise(
    office: StaffOffice, app: FastAPI
) -> None:
    client = office.client(app)
    hashed = app.state.static.url("base.css")
    assert re.fullmatch(r"/static/base\.css\?v=[0-9a-f]{16}", hashed)
    kept = client.get(hashed)
    assert "immutable" in kept.headers["cache-control"]
    plain = client.get("/static/base.css")
    assert plain.headers["cache-control"] == "no-cache"
    again = client.get("/static/base.css", headers={"if-none-match": plain.headers["etag"]})
    assert again.status_code == 304 and not again.content
    assert client.get("/static/fonts/be-vietnam-pro-400.woff2").headers["content-type"] == "font/woff2"


def test_pages_are_never_kept_by_a_cache(office: StaffOffice, app: FastAPI) -> None:
    assert office.client(app).get("/").headers["cache-control"] == "no-store"


def test_a_body_over_64_kb_is_refused(office: StaffOffice, app: FastAPI) -> None:
    client = office.signed_in(office.account(Role.OFFICER), app)
    answer = client.post("/do/next", content=b"x" * 65_537, headers={"content-type": "application/json"})
    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"

    def streamed() -> Iterator[bytes]:
        for _ in range(70):
            yield b"x" * 1000

    answer = client.post("/do/next", content=streamed(), headers={"content-type": "application/json"})
    assert answer.status_code == 413


def test_a_changing_request_from_another_site_is_refused(office: StaffOffice, app: FastAPI) -> None:
    client = office.client(app)
    form = {"login": "x", "password": "y"}
    assert client.post("/sign-in", data=form, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.post("/sign-in", data=form, headers={"origin": "http://evil.example"}).status_code == 403
    assert client.post("/sign-in", data=form, headers={"origin": "http://testserver"}).status_code == 401
    own = {"origin": "null", "sec-fetch-site": "same-origin"}
    assert client.post("/sign-in", data=form, headers=own).status_code == 401


def test_too_many_requests_are_told_to_wait() -> None:
    office = StaffOffice(frozen=True)
    client = TestClient(make_app(office.deps, (), burst=2), headers={"accept": "text/html"})
    answers = [client.get("/") for _ in range(4)]
    assert [a.status_code for a in answers] == [200, 200, 429, 429]
    assert answers[2].headers["retry-after"] == "1"
    assert "Mời chờ vài giây" in answers[2].text and "content-security-policy" in answers[2].headers
    office.close()


def test_errors_are_said_in_both_languages_as_page_and_as_json(office: StaffOffice, app: FastAPI) -> None:
    page = office.client(app, html=True).get("/nowhere")
    assert page.status_code == 404
    assert "Không có trang này" in page.text and "There is no such page" in page.text
    answer = office.client(app).get("/nowhere").json()
    assert answer["code"] == "not_found"
    assert answer["words"]["vi"].startswith("Không có trang này")


def test_a_crash_is_a_page_that_says_what_stays_valid(office: StaffOffice) -> None:
    def broken(deps: WebDeps) -> APIRouter:
        router = STAFF_ROUTERS[0](deps)
        router.add_api_route("/broken", lambda: 1 / 0)
        return router

    app = make_app(office.deps, (broken,))
    client = TestClient(app, headers={"accept": "text/html"}, raise_server_exceptions=False)
    answer = client.get("/broken")
    assert answer.status_code == 500
    assert "Số đã lấy vẫn giữ nguyên" in answer.text and "ZeroDivision" not in answer.text


def test_health_is_200_only_when_every_part_answers(office: StaffOffice) -> None:
    parts = {"broker": True, "journal": True, "engine": True}
    deps = replace(office.deps, health=lambda: parts)
    client = TestClient(make_app(deps, ()))
    assert client.get("/healthz").json() == {"ok": True, **parts}
    parts["broker"] = False
    answer = client.get("/healthz")
    assert answer.status_code == 503 and answer.json() == {"ok": False, **parts}


def test_the_first_page_links_to_what_is_there(office: StaffOffice, app: FastAPI) -> None:
    text = office.client(app, html=True).get("/").text
    assert all(f'href="{path}"' in text for path in ("/counter", "/greeter", "/admin", "/openapi.json"))
    assert 'href="/hall"' not in text


def test_openapi_describes_the_acts(office: StaffOffice, app: FastAPI) -> None:
    assert "/do/{verb}" in office.client(app).get("/openapi.json").json()["paths"]


def test_large_answers_are_compressed(office: StaffOffice, app: FastAPI) -> None:
    answer = office.client(app).get("/static/base.css", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"


def test_the_access_log_knows_no_query_and_no_name(
    office: StaffOffice, app: FastAPI, capsys: pytest.CaptureFixture[str]
) -> None:
    client = office.signed_in(office.account(Role.GREETER), app)
    client.get("/greeter/ticket", params={"number": "A012"})
    logged = capsys.readouterr().out
    assert "/greeter/ticket" in logged
    assert "A012" not in logged and "Lan" not in logged and "session-1" not in logged


def test_the_themes_logo_stands_in_every_header_and_no_slot_is_drawn_without_one(
    office: StaffOffice, tmp_path: Path
) -> None:
    picture = tmp_path / "quoc-huy.png"
    Image.new("RGB", (72, 36), "red").save(picture)
    without = TestClient(make_app(office.deps, STAFF_ROUTERS))
    assert 'class="logo"' not in without.get("/sign-in").text
    assert without.get("/static/logo.png").status_code == 404
    client = TestClient(make_app(replace(office.deps, logo=picture), STAFF_ROUTERS))
    address = re.search(r'class="logo" src="([^"]+)"', client.get("/sign-in").text)
    assert address is not None
    served = client.get(address[1])
    assert served.content == picture.read_bytes() and served.headers["content-type"] == "image/png"
