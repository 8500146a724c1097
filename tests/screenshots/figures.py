"""The manager's page for a past day, a month and on a phone: an office with three months behind it."""

import tempfile
import threading
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
from tests.screenshots.album import Album

DAYS, A_DAY = 66, 240


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
                    album.keep(name, picture(chromium, url, who, query, width, height, scale))
                chromium.close()
        finally:
            office.stop()


def picture(
    chromium: Browser, url: str, session: str, query: str, width: int, height: int, scale: float
) -> bytes:
    """A page once its charts are drawn and its fonts there."""
    context = chromium.new_context(viewport={"width": width, "height": height}, device_scale_factor=scale)
    context.add_cookies([{"name": "motcua", "value": session, "url": url}])
    page = context.new_page()
    page.goto(f"{url}/manager{query}")
    page.wait_for_selector("[data-panel=distribution] canvas")
    page.evaluate("() => document.fonts.ready")
    threading.Event().wait(0.5)
    found = page.screenshot()
    context.close()
    return found


if __name__ == "__main__":
    main()
