"""The manager's and the reports' pages and a report's PDF: an office with three months behind it."""

import tempfile
import threading
import urllib.request
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from assets.files import office_path
from queue_server.clock import SystemClock
from queue_server.office_dir import OfficeDir
from queue_server.office_file.load import load_office
from queue_server.storage.database import Database, sqlite_url
from tests.benchmarks.bench_dashboard import CHROMIUM, manager
from tests.benchmarks.office import BenchOffice
from tests.benchmarks.ten_years import make, working_days
from tests.fakes.printed import Printed
from tests.screenshots.album import FOLDER, Album

DAYS, A_DAY = 66, 240
CHARTS = "[data-panel=distribution] canvas"
DPI = 84
PDF_PAGES = (1, 2, 3, 5)
"""Heading and summary, charts, splits, method."""


def main() -> None:
    album = Album()
    with tempfile.TemporaryDirectory(prefix="motcua-figures-") as temporary:
        folder = Path(temporary)
        OfficeDir(folder).prepare()
        database = Database(sqlite_url(folder))
        database.migrate()
        days = working_days(SystemClock().now().date())[-DAYS:]
        make(database, load_office(office_path("commune")), days, DAYS * A_DAY, lambda _: None)
        database.close()
        office = BenchOffice(folder, office=office_path("commune").read_text("utf-8"))
        try:
            office.start_broker()
            office.start_server(120)
            who = manager(folder).session_id
            month = f"?from={days[-24].replace(day=1)}&to={days[-24].replace(day=1) + timedelta(days=30)}"
            with sync_playwright() as playwright:
                chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
                for name, query, width, height, scale in (
                    ("manager-day", f"?day={days[-3]}", 1440, 900, 1.0),
                    ("manager-month", month, 1440, 900, 1.0),
                    ("manager-phone", month, 390, 844, 2.0),
                ):
                    url = f"http://127.0.0.1:{office.http}"
                    address = f"{url}/manager{query}"
                    album.keep(name, picture(chromium, address, who, width, height, scale, CHARTS))
                reports(chromium, url, who, f"{days[-24]:%Y-%m}")
                chromium.close()
        finally:
            office.stop()


def reports(chromium: Browser, url: str, session: str, month: str) -> None:
    """The page of a month's report, the same in English on a phone, and its PDF page by page."""
    album, shown = Album(FOLDER / "reports"), ".titles"
    album.keep("page", picture(chromium, f"{url}/reports?period={month}", session, 1440, 900, 1.0, shown))
    english = f"{url}/reports?period={month}&lang=en"
    album.keep("phone-en", picture(chromium, english, session, 390, 844, 2.0, shown))
    request = urllib.request.Request(f"{url}/reports/file.pdf?period={month}")
    request.add_header("cookie", f"motcua={session}")
    with urllib.request.urlopen(request) as answer, tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(Printed(answer.read(), Path(folder)).pictures(DPI), 1):
            if number in PDF_PAGES:
                album.keep(f"pdf-{number}", page)


def picture(
    chromium: Browser, address: str, session: str, width: int, height: int, scale: float, shown: str
) -> bytes:
    """A page once `shown` is there and its fonts."""
    context = chromium.new_context(viewport={"width": width, "height": height}, device_scale_factor=scale)
    context.add_cookies([{"name": "motcua", "value": session, "url": address}])
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(shown)
    page.evaluate("() => document.fonts.ready")
    threading.Event().wait(0.5)
    found = page.screenshot()
    context.close()
    return found


if __name__ == "__main__":
    main()
