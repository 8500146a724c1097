"""Defects that other queue systems live with, each tried on this one's real programs."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fakes.office_day import OfficeDay
from playwright.sync_api import Page, Playwright, expect

from queue_server.link.ports import Received
from queue_server.waits.measure import measure
from queue_server.waits.tally import figures
from queue_server.web.hall.format import minutes
from tests.acceptance.office_process import (
    ROOT,
    Asking,
    OfficeProcess,
    journal,
    running_office,
    running_server,
    until,
    verified,
)
from tests.acceptance.real_office import (
    Browsers,
    browsers,
    first_sign_in,
    make_account,
    set_own_password,
    sign_in,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
OWN = "mot buoi sang dep troi"
CITIZEN = "Hoàng Văn Thụ"
DOCUMENT = "001099012345"
"""An identity number as an officer might type it into a reason."""
FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
WALL_ONLY = {
    "LD_PRELOAD": str(FAKETIME),
    "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    "FAKETIME_FORCE_MONOTONIC_FIX": "0",
}


@pytest.fixture(scope="module")
def people(playwright: Playwright) -> Iterator[Browsers]:
    with browsers(playwright) as made:
        yield made


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeProcess]:
    with running_office(tmp_path_factory.mktemp("peers")) as made:
        yield made


@pytest.fixture(scope="module")
def admin(office: OfficeProcess, people: Browsers) -> Page:
    """The administrator, signed in."""
    page = people.page()
    login, one_time = first_sign_in(office)
    sign_in(page, office.base, login, one_time)
    set_own_password(page, one_time, OWN)
    return page


def issued(office: OfficeProcess) -> list[dict[str, Any]]:
    return [event["data"] for event in journal(office) if event["type"] == "ticket.issued"]


def test_the_time_of_issue_is_the_servers_and_not_the_asking_machines(office: OfficeProcess) -> None:
    """MADO recorded −10 minutes when the tablet's clock was late by ten."""
    late = {
        **os.environ,
        "LD_PRELOAD": str(FAKETIME),
        "FAKETIME": "-10m",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_FORCE_MONOTONIC_FIX": "0",
    }
    before = datetime.now(UTC)
    ran = subprocess.run(
        [sys.executable, "-m", "queue_server.cli", "do", "issue", 'services=["chung-thuc"]',
         "--dir", str(office.dir), "--json", "--wait", "30"],
        cwd=ROOT, env=late, capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    after = datetime.now(UTC)
    ticket = json.loads(ran.stdout)["issued"]["ticket"]["ticket"]
    [mine] = [one for one in issued(office) if one["ticket"] == ticket]
    assert before <= datetime.fromisoformat(mine["issued_at"]) <= after


def test_a_wait_of_119_seconds_is_119_seconds_and_two_minutes_when_said() -> None:
    """MADO floored waits to minutes: 119 seconds became 1."""
    day = OfficeDay()
    day.issue()
    day.wait(119)
    day.serve()
    figure = figures(measure(day.journal), [20.0], np.random.default_rng(1))
    assert (figure.n, figure.mean_s, figure.p50_s) == (1, 119.0, 119.0)
    assert minutes(figure.mean_s, "vi") == "2,0"


def test_numbers_asked_for_at_once_are_all_different_and_leave_no_gap(office: OfficeProcess) -> None:
    """TheQ counted rows without a lock."""
    together = threading.Barrier(4)

    def take(asking: Asking) -> list[int]:
        together.wait()
        return [
            int(asking("issue", services=["cu-tru"])["issued"]["ticket"]["number"].removeprefix("D"))
            for _ in range(15)
        ]

    askers = [Asking(office) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        numbers = [number for mine in pool.map(take, askers) for number in mine]
    for asking in askers:
        asking.close()
    assert sorted(numbers) == list(range(min(numbers), min(numbers) + 60))


def test_numbers_go_on_past_midnight_in_utc_and_past_five_in_the_afternoon(tmp_path: Path) -> None:
    """TheQ's day turned at UTC midnight; here that is 07:00, and 17:00 is 10:00 in UTC."""
    numbers = []
    for moment in ("2026-11-19 23:40:00", "2026-11-20 00:20:00", "2026-11-20 10:30:00"):
        fake = {**WALL_ONLY, "FAKETIME": f"@{moment}", "TZ": "UTC"}
        with running_server(tmp_path, fake) as server, closing(Asking(server)) as asking:
            numbers.append(asking("issue", services=["chung-thuc"])["issued"]["ticket"]["number"])
            days = [e["data"]["day"] for e in journal(server) if e["type"] == "day.opened"]
    assert numbers == ["A001", "A002", "A003"]
    assert days == ["2026-11-20"]


def test_a_broker_and_a_display_that_hang_never_turn_a_stored_ticket_into_an_error(
    office: OfficeProcess, admin: Page
) -> None:
    """Novo SGA answered with an error when its push hub was down, and had stored the ticket all the same."""
    admin.goto(f"{office.base}/greeter")
    stuck = urllib.request.urlopen(f"{office.base}/display/hall/sanh/stream", timeout=30)
    [broker] = office.pids("nats-server")
    before = len(issued(office))
    os.kill(broker, signal.SIGSTOP)
    try:
        reply = admin.evaluate(
            "() => window.motcua.post('/do/issue', {services: ['chung-thuc'], people: 1, dossiers: 1})"
        )
    finally:
        with suppress(ProcessLookupError):
            os.kill(broker, signal.SIGCONT)
        stuck.close()
    assert reply["ok"] is True, reply
    after = issued(office)
    assert len(after) == before + 1
    assert after[-1]["number"] == reply["number"]
    until(office.healthy, "the broker speaks again")


def test_no_board_state_or_display_gives_out_a_name_or_a_document_number(
    office: OfficeProcess, admin: Page, people: Browsers
) -> None:
    """Novo SGA's panel gave out citizens' names and numbers. Officers' names stay inside too."""
    one_time = make_account(admin, office.base, "lan", "Trần Thị Lan", "officer")
    console = people.page()
    sign_in(console, office.base, "lan", one_time)
    set_own_password(console, one_time, OWN + " lan")
    hall, counter = people.page(1920, 1080), people.page(1024, 600)
    heard: list[Received] = []
    with closing(Asking(office)) as asking:
        asking.hear(heard.append)
        ticket = asking("issue", services=["bao-tro"], priority_group="cao-tuoi")["issued"]["ticket"]
        console.goto(f"{office.base}/counter")
        console.locator('[data-counter="q1"]').click()
        expect(console.locator(".next-text")).to_have_text("Mở quầy")
        console.keyboard.press("F9")
        expect(console.locator(".next-text")).to_have_text("Gọi số tiếp theo")
        hall.goto(f"{office.base}/display/hall/sanh")
        counter.goto(f"{office.base}/display/counter/q1")
        reason = f"Giấy tờ của {CITIZEN}, CCCD {DOCUMENT}"
        assert asking("change-priority", ticket=ticket["ticket"], priority_group=None, reason=reason)["ok"]
        console.keyboard.press("Space")
        expect(console.locator("#at-counter")).to_be_visible()
        called = console.locator("#number").inner_text()
        expect(hall.locator("[data-at=number]")).to_have_text(called)
        expect(counter.locator("[data-at=big]")).to_have_text(called)
        until(
            lambda: (
                any("/event/ticket.called" in one.topic for one in heard)
                and any("/board/" in one.topic for one in heard)
            ),
            "the call is heard on the wire",
        )
        console.keyboard.press("F3")
        expect(console.locator("#phase")).to_have_text("Đang phục vụ")
        console.keyboard.press("F4")
        expect(console.locator("#nobody")).to_be_visible()
    assert len({one.topic for one in heard}) > 15
    seen = {f"{n} {one.topic}": one.payload.decode() for n, one in enumerate(heard)}
    for page in (hall, counter):
        seen[page.url] = page.content()
    states = "() => fetch(document.body.dataset.stream).then((a) => a.body.getReader().read())"
    for page in (hall, counter):
        seen[page.url + " stream"] = page.evaluate(
            f"{states}.then((part) => new TextDecoder().decode(part.value))"
        )
    for where, text in seen.items():
        for secret in ("Trần Thị Lan", CITIZEN, DOCUMENT):
            assert secret not in text, f"{secret} is given out by {where}"


def test_renaming_one_account_touches_no_other(office: OfficeProcess, admin: Page) -> None:
    """FQM's PUT renamed every row."""
    make_account(admin, office.base, "minh", "Lê Văn Minh", "officer")
    make_account(admin, office.base, "hoa", "Phạm Thị Hoa", "greeter")

    def names() -> dict[str, tuple[str, str]]:
        admin.goto(f"{office.base}/admin/accounts")
        rows = admin.locator(".account:not(.head)").all()
        return {
            row.locator("strong").inner_text(): (
                row.locator("[name=name]").input_value(),
                row.locator("[name=role]").input_value(),
            )
            for row in rows
        }

    before = names()
    row = admin.locator(".account", has=admin.locator("strong", has_text=re.compile("^minh$")))
    row.locator("[name=name]").fill("Lê Văn Minh Đức")
    row.locator("form.row button").click()
    admin.wait_for_load_state("load")
    after = until(lambda: found if (found := names()) != before else None, "the name is changed")
    assert after == before | {"minh": ("Lê Văn Minh Đức", "officer")}


def test_every_page_and_voice_works_without_asking_another_machine(
    office: OfficeProcess, admin: Page, people: Browsers
) -> None:
    """FQM had no voice without internet: here every page asks the office's own machine only."""
    for path in ("/", "/sign-in", "/counter", "/greeter", "/manager", "/admin/accounts", "/display/hall/sanh",
                 "/display/counter/q1", "/display/sound-check"):  # fmt: skip
        answer = admin.goto(office.base + path)
        assert answer is not None and answer.ok, path
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy or "default-src 'none'" in policy
        assert "http" not in policy
    assert people.asked
    assert people.elsewhere() == set()


def test_a_password_is_compared_on_the_server_alone(office: OfficeProcess, people: Browsers) -> None:
    """QSystem sent the passwords to the client, which compared them."""
    page = people.page()
    received: list[bytes] = []
    page.on("response", lambda answer: received.append(answer.body() if answer.ok else b""))
    page.goto(f"{office.base}/sign-in", wait_until="networkidle")
    login, _ = first_sign_in(office)
    page.fill("[name=login]", login)
    page.fill("[name=password]", "khong phai mat khau")
    with page.expect_request(lambda request: request.method == "POST") as posted:
        page.keyboard.press("Enter")
    answer = posted.value.response()
    assert answer is not None and answer.status in (401, 403, 422)
    assert "khong+phai+mat+khau" in (posted.value.post_data or "")
    expect(page.locator("[role=alert]")).to_be_visible()
    everything = b"".join(received)
    assert received and b"argon2" not in everything and b"$v=" not in everything
    assert login.encode() not in everything
    page.goto(f"{office.base}/admin/accounts")
    assert "/sign-in" in page.url


def test_a_server_killed_in_mid_write_finds_its_whole_journal_again(office: OfficeProcess) -> None:
    """QSystem wrote its state file in place: a kill in the middle left half of it."""
    acknowledged: list[str] = []
    over = threading.Event()

    def write_on() -> None:
        with closing(Asking(office)) as asking:
            while not over.is_set():
                acknowledged.append(asking("issue", services=["xay-dung"])["issued"]["ticket"]["number"])

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        until(lambda: len(acknowledged) > 10, "tickets are written")
        office.kill_server()
        before = len(acknowledged)
        until(lambda: len(acknowledged) > before + 3, "tickets are written again")
    finally:
        over.set()
        writer.join(60)
    written = [one["number"] for one in issued(office) if one["number"].startswith("H")]
    assert len(set(written)) == len(written)
    assert set(acknowledged) <= set(written)
    assert verified(office)
