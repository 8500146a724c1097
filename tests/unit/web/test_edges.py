"""Small promises of the web's edges: buckets, addresses, passwords, static names, words of waiting."""

from datetime import timedelta

import pytest
from fakes.fake_clock import FakeClock

from queue_server.web.admin.accounts import ALPHABET, one_time_password
from queue_server.web.admin.closures import hour_today
from queue_server.web.auth.words import locked_words, own_path
from queue_server.web.greeter.router import tidy
from queue_server.web.security import Buckets
from queue_server.web.static_files import WEB, StaticFiles
from tests.integration.web.public.sample_config import NOW, sample_config


def test_an_address_gets_its_burst_and_then_its_rate() -> None:
    clock = FakeClock()
    buckets = Buckets(clock, rate=2, burst=3)
    assert None not in [buckets.turn("10.0.0.1") for _ in range(3)]
    assert buckets.turn("10.0.0.2") is not None
    clock.seconds += 1
    turns = [buckets.turn("10.0.0.1") for _ in range(3)]
    assert [turn is None for turn in turns] == [False, False, True]


def test_a_page_full_of_pages_is_heard_at_once_and_a_flood_in_turn_at_the_rate() -> None:
    clock = FakeClock()
    buckets = Buckets(clock, rate=100, burst=600)
    turns = [buckets.turn("10.0.0.1") for _ in range(601)]
    assert turns[:151] == [0.0] * 151
    assert turns[151:600] == pytest.approx([n / 100 for n in range(1, 450)])
    assert turns[600] is None
    assert buckets.turn("10.0.0.2") == 0.0
    clock.seconds += 1
    assert buckets.turn("10.0.0.1") == pytest.approx(3.51), "behind those who wait already"


def test_who_goes_on_knocking_stays_outside_and_who_stops_is_heard_again() -> None:
    clock = FakeClock()
    buckets = Buckets(clock, rate=2, burst=3)
    for _ in range(100):
        buckets.turn("10.0.0.1")
        clock.seconds += 0.1
    assert buckets.turn("10.0.0.1") is None
    assert buckets.shuts_out("10.0.0.1")
    assert not buckets.shuts_out("10.0.0.2")
    clock.seconds += 90
    assert not buckets.shuts_out("10.0.0.1")
    assert buckets.turn("10.0.0.1") is not None


def test_the_debt_of_a_flood_is_paid_within_seconds() -> None:
    clock = FakeClock()
    buckets = Buckets(clock)
    for _ in range(100_000):
        buckets.shuts_out("10.0.0.1")
        buckets.turn("10.0.0.1")
    clock.seconds += 4.9
    assert buckets.shuts_out("10.0.0.1")
    clock.seconds += 5.2
    assert buckets.turn("10.0.0.1") is not None


def test_an_address_is_not_refused_at_the_door_for_coming_alone() -> None:
    buckets = Buckets(FakeClock(), rate=1, burst=1)
    assert not any(buckets.shuts_out("10.0.0.1") for _ in range(100))
    assert buckets.turn("10.0.0.1") is not None


@pytest.mark.parametrize("path", ["/counter", "/admin/accounts?x=1"])
def test_a_path_of_this_site_is_followed_after_signing_in(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize(
    "path", ["//evil.example", "https://evil.example", "/\\evil", "counter", "", "/\\/e"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(path: str) -> None:
    assert own_path(path) == ""


def test_a_lock_says_how_long_to_wait() -> None:
    assert "chờ 45 giây" in locked_words(NOW + timedelta(seconds=45), NOW).vi
    assert "Wait 5 minutes" in locked_words(NOW + timedelta(seconds=290), NOW).en


def test_a_one_time_password_is_four_groups_of_readable_characters() -> None:
    counter = iter(range(10_000))
    password = one_time_password(lambda bound: next(counter) % bound)
    assert password == "abcd-efgh-jkmn-pqrs"
    assert not set("il1o0") & set(ALPHABET)


def test_a_number_is_found_however_it_is_typed() -> None:
    assert tidy(" a 012 ") == "A012"


def test_an_hour_is_the_offices_own() -> None:
    assert hour_today(sample_config().hours, NOW, "13:30").isoformat() == "2026-11-20T13:30:00+07:00"
    with pytest.raises(ValueError):
        hour_today(sample_config().hours, NOW, "25:99")


@pytest.mark.parametrize(
    "path",
    ["../pages.py", "counter/../router.py", "counter/../../app.py", "/etc/passwd", "base", "nothing.css"],
)
def test_only_static_files_are_served(path: str) -> None:
    assert StaticFiles("")._find(path) is None


def test_the_theme_brings_its_fonts() -> None:
    theme = StaticFiles("")._find("theme.css")
    assert theme is not None
    assert b"--ink" in theme.body and b"/static/fonts/be-vietnam-pro-400.woff2" in theme.body


def test_every_page_names_its_icon_so_that_no_browser_asks_for_one_that_is_not_there() -> None:
    pages = [page for page in WEB.rglob("*.html") if "<head>" in page.read_text(encoding="utf-8")]
    assert len(pages) > 5
    assert [page.name for page in pages if 'rel="icon"' not in page.read_text(encoding="utf-8")] == []
