"""Who may open a display: a paired TV, this machine, demo mode; nobody else, and not after a revocation."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from queue_server.domain.ids import OfficerId
from tests.integration.web.public.conftest import LOOPBACK
from tests.integration.web.public.sample_config import NOW
from tests.integration.web.public.sample_office import SampleOffice

Ask = Callable[..., TestClient]
PAGE = {"accept": "text/html"}


@pytest.fixture
def tv(ask: Ask) -> TestClient:
    return ask()


def pair(office: SampleOffice, code: str, display: str) -> None:
    office.accounts.confirm_pairing(code, display, OfficerId("admin"), NOW)


def test_an_unpaired_tv_is_sent_to_its_code(tv: TestClient) -> None:
    answer = tv.get("/display/hall/sanh")
    assert (answer.status_code, answer.headers["location"]) == (303, "/display")
    page = tv.get("/display")
    assert "K01P7M" in page.text
    assert tv.get("/display/pairing").json() == {"allowed": False, "address": None}
    assert tv.get("/display/hall/sanh/stream").status_code == 403


def test_the_devices_secret_is_out_of_reach_of_scripts(tv: TestClient) -> None:
    cookie = tv.get("/display").headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite" in cookie and "path=/display" in cookie


@pytest.mark.parametrize(
    ("display", "address"),
    [
        ("tv-sanh", "/display/hall/sanh"),
        ("tv-quay-3", "/display/counter/quay-3"),
        ("quay-5", "/display/counter/quay-5"),
        ("sanh", "/display/hall/sanh"),
    ],
)
def test_a_confirmed_tv_goes_to_its_display(
    tv: TestClient, office: SampleOffice, display: str, address: str
) -> None:
    tv.get("/display")
    pair(office, "K01P7M", display)
    assert tv.get("/display/pairing").json() == {"allowed": True, "address": address}
    assert tv.get("/display").headers["location"] == address
    assert tv.get(address).status_code == 200


def test_a_revoked_tv_gets_a_new_code(tv: TestClient, office: SampleOffice) -> None:
    tv.get("/display")
    pair(office, "K01P7M", "tv-sanh")
    assert tv.get("/display/hall/sanh").status_code == 200
    office.accounts.revoke_pairing("secret-K01P7M")
    assert tv.get("/display/hall/sanh").headers["location"] == "/display"
    assert "K02P7M" in tv.get("/display").text


def test_this_machine_needs_no_pairing_but_a_proxy_on_it_does(ask: Ask) -> None:
    here = ask(client=LOOPBACK)
    assert here.get("/display/hall/sanh").status_code == 200
    forwarded = here.get("/display/hall/sanh", headers={"x-forwarded-for": "10.0.0.9"})
    assert forwarded.headers["location"] == "/display"


def test_demo_mode_opens_displays_to_all(ask: Ask, office: SampleOffice) -> None:
    demo = ask(deps=replace(office.deps, demo=True))
    assert demo.get("/display/counter/quay-3").status_code == 200


@pytest.mark.parametrize("path", ["/display/hall/tang-9", "/display/counter/quay-99"])
def test_a_display_that_is_not_in_the_office_is_not_found(ask: Ask, path: str) -> None:
    assert ask(client=LOOPBACK).get(path, headers=PAGE).status_code == 404


def test_the_short_address_leads_to_the_first_hall(ask: Ask) -> None:
    assert ask(client=LOOPBACK).get("/hall").headers["location"] == "/display/hall/sanh"


def test_pages_carry_no_inline_script_or_style(ask: Ask) -> None:
    here = ask(client=LOOPBACK)
    for path in ("/display", "/display/hall/sanh", "/display/counter/quay-3", "/display/sound-check"):
        page = here.get(path).text
        assert " style=" not in page and "<style" not in page and " onclick" not in page
        assert page.count("<script") == page.count('<script type="module" src=')


def test_an_offices_own_recording_replaces_the_packaged_clip(ask: Ask, office: SampleOffice) -> None:
    here = ask(client=LOOPBACK)
    packaged = here.get("/static/sounds/common/chime.wav")
    assert packaged.status_code == 200
    own = Path(office.deps.office_dir) / "sounds" / "common" / "chime.wav"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"RIFF of our own")
    assert here.get("/static/sounds/common/chime.wav").content == b"RIFF of our own"


@pytest.mark.parametrize("path", ["/static/sounds/../office.wav", "/static/sounds/vi/..%2F..%2Foffice.wav"])
def test_no_file_outside_the_sounds_is_given(ask: Ask, office: SampleOffice, path: str) -> None:
    (Path(office.deps.office_dir) / "office.wav").write_bytes(b"secret")
    (Path(office.deps.office_dir) / "sounds" / "vi").mkdir(parents=True)
    assert ask(client=LOOPBACK).get(path).status_code == 404


def test_the_sound_check_names_every_clip_it_plays(ask: Ask) -> None:
    page = ask(client=LOOPBACK).get("/display/sound-check").text
    assert "/static/sounds/vi/letter.K.wav" in page
    assert "/static/sounds/vi/number.5.wav" in page
