"""The manager's page with ten years behind it: server's part, first paint and charts in a real Chromium."""

import shutil
import statistics
import urllib.request
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from playwright.sync_api import Browser, Page, sync_playwright

from queue_server.clock import SystemClock, new_id, random_below, secret
from queue_server.domain.commands import Role
from queue_server.office_dir import OfficeDir
from queue_server.office_file.load import load_office
from queue_server.people.ports import SignedIn
from queue_server.storage.accounts import SqlAccounts
from queue_server.storage.database import Database, sqlite_url
from queue_server.storage.keys import Keys
from tests.benchmarks import ten_years
from tests.benchmarks.figures import Figure
from tests.benchmarks.office import BenchOffice, office_text

MARK = "made"
CHROMIUM = "/usr/bin/chromium"
PASSWORD = "mười năm chờ đợi"
FIRST_PAINT_MS, CHART_MS = 300.0, 150.0
FLOOR = "sign-in page, to compare"

Say = Callable[[str], None]


def measure(folder: Path, rounds: int, _seconds: float, say: Say, cache: Path) -> list[Figure]:
    """Medians over `rounds`, each of new pages; the history is made once (minutes) and kept in `cache`."""
    made = history(cache, say)
    OfficeDir(folder).prepare()
    shutil.copyfile(made / "office.db", folder / "office.db")
    office = BenchOffice(folder)
    try:
        office.start_broker()
        office.start_server(120)
        who = manager(folder)
        today = SystemClock().now().date()
        ranges = {
            "today": "",
            "a past day": f"?day={today - timedelta(days=9)}",
            "a month": f"?from={today - timedelta(days=40)}&to={today - timedelta(days=10)}",
            "ten years": f"?from={today.replace(year=today.year - 10)}&to={today}",
        }
        figures = server_part(office.http, who, ranges, rounds, say)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            figures += in_chromium(browser, office.http, who, ranges, rounds, say)
            browser.close()
    finally:
        office.stop()
    size = (folder / "office.db").stat().st_size / 1e6
    return [*figures, Figure("database with ten years", size, "MB", detail=f"{ten_years.VISITS:,} visits")]


def history(cache: Path, say: Say) -> Path:
    """A directory with the ten years until today, made again once they are more than a month old."""
    today = SystemClock().now().date()
    folder = cache / "ten-years"
    mark = folder / MARK
    if mark.exists() and today - date.fromisoformat(mark.read_text().strip()) < timedelta(days=30):
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    OfficeDir(folder).prepare()
    office_file = folder / "office.toml"
    office_file.write_text(office_text(), "utf-8")
    database = Database(sqlite_url(folder))
    database.migrate()
    ten_years.make(database, load_office(office_file), ten_years.working_days(today), ten_years.VISITS, say)
    database.close()
    mark.write_text(today.isoformat())
    return folder


def manager(folder: Path) -> SignedIn:
    """Somebody who may see every figure, signed in beside the running server."""
    database = Database(sqlite_url(folder))
    keys = Keys.open(OfficeDir(folder).secrets)
    accounts = SqlAccounts(database, keys, new_id=new_id, secret=secret, below=random_below)
    now = SystemClock().now()
    accounts.create("phu-trach", "Phụ trách", Role.SUPERVISOR, PASSWORD, now, must_change=False)
    return accounts.sign_in("phu-trach", PASSWORD, "bench", now)


def server_part(port: int, who: SignedIn, ranges: dict[str, str], rounds: int, say: Say) -> list[Figure]:
    """The page's HTML from request to last byte: the first time it is asked, and again."""
    figures = []
    for name, query in ranges.items():
        took = []
        for _ in range(rounds + 1):
            request = urllib.request.Request(f"http://127.0.0.1:{port}/manager{query}")
            request.add_header("cookie", f"motcua={who.session_id}")
            request.add_header("accept", "text/html")
            began = perf_counter()
            with urllib.request.urlopen(request) as answer:
                body = answer.read()
            took.append((perf_counter() - began) * 1000)
            assert b"data-chart" in body or name == "today"
        say(f"{name}: first {took[0]:.0f} ms, then {statistics.median(took[1:]):.0f} ms")
        figures.append(Figure(f"server's part, {name}, first time", took[0], "ms", FIRST_PAINT_MS))
        figures.append(Figure(f"server's part, {name}, again", statistics.median(took[1:]), "ms"))
    return figures


def in_chromium(
    browser: Browser, port: int, who: SignedIn, ranges: dict[str, str], rounds: int, say: Say
) -> list[Figure]:
    """First paint of each page in a fresh context, and each chart from its data to pixels. The bare sign-in
    page takes its turn in every round: what it needs is the browser's and the machine's own share."""
    paths = {FLOOR: "/sign-in", **{name: f"/manager{query}" for name, query in ranges.items()}}
    paints: dict[str, list[float]] = {name: [] for name in paths}
    charts: dict[str, list[float]] = {name: [] for name in paths}
    for _ in range(rounds):
        for name, path in paths.items():
            paint, drawn = _opened(browser, port, who, path, charts=name != FLOOR)
            paints[name].append(paint)
            charts[name] += drawn
    floor = statistics.median(paints[FLOOR])
    found = [Figure(f"first paint, {FLOOR}", floor, "ms")]
    for name in ranges:
        paint = statistics.median(paints[name])
        beside = f"{paint / floor:.2f} x the sign-in page's, {paint - floor:+.0f} ms"
        say(f"{name}: first paint {paint:.0f} ms, {beside}; charts {max(charts[name], default=0):.0f} ms")
        found.append(Figure(f"first paint, {name}", paint, "ms", FIRST_PAINT_MS, detail=beside))
        drawn = charts[name]
        if drawn:
            slowest = f"slowest of the charts, {name}"
            found.append(Figure(slowest, max(drawn), "ms", CHART_MS, detail=f"{len(drawn)} drawn"))
    return found


def _opened(browser: Browser, port: int, who: SignedIn, path: str, charts: bool) -> tuple[float, list[float]]:
    """(first contentful paint, each chart) in ms, of one page in a context of its own."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    url = f"http://127.0.0.1:{port}"
    context.add_cookies([{"name": "motcua", "value": who.session_id, "url": url}])
    page = context.new_page()
    page.goto(f"{url}{path}")
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length === 1")
    paint = float(page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0].startTime"))
    if charts:  # they are fetched and drawn after the first paint
        page.wait_for_function(
            "() => performance.getEntriesByType('measure').length"
            " >= document.querySelectorAll('[data-chart]').length"
        )
    drawn = _charts(page)
    context.close()
    return paint, drawn


def _charts(page: Page) -> list[float]:
    return [
        float(one)
        for one in page.evaluate("() => performance.getEntriesByType('measure').map((one) => one.duration)")
    ]
