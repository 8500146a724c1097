"""Everything of dossiers, wired: the desk, the watched folder, forgetting. `main` starts and stops it."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import structlog

from queue_server.clock import new_id
from queue_server.demo_dossiers import FACTOR, codes, put
from queue_server.domain import commands as c
from queue_server.domain.ids import CommandId
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_dossiers import ProvincialRules
from queue_server.dossiers import notices
from queue_server.dossiers.book import DossierBook
from queue_server.dossiers.book_demo import put_book
from queue_server.dossiers.book_ports import BookFailed
from queue_server.dossiers.guard import Guard
from queue_server.dossiers.lookup import Lookup
from queue_server.dossiers.officers import OfficerDesk
from queue_server.dossiers.provincial import ProvincialSource
from queue_server.dossiers.provincial_transport import Transport
from queue_server.dossiers.sources import Sources
from queue_server.dossiers.watch import Watch
from queue_server.engine.ports import Clock, Engine
from queue_server.mqtt.dossier_desk import LookupDesk
from queue_server.storage.database import Database, database_errors
from queue_server.storage.dossier_book import SqlBook
from queue_server.storage.dossier_tickets import SqlTicketDossiers
from queue_server.storage.dossiers import SqlRegister, SqlTries
from queue_server.storage.keys import dossier_key
from queue_server.web.demo.ports import DemoDossiers

LONGEST_IMPORT_S = 3600.0
FORGET_EVERY_S = 86_400.0
URL_VARIABLE = "MOTCUA_DATABASE_URL"

log = structlog.get_logger("dossiers")


def watched_folder(directory: Path) -> Path:
    """Where registers are dropped, in an office's directory."""
    return directory / "import" / "dossiers"


class DossierRoom:
    """`secrets` holds the key of the second factors; `directory` is the office's own; `names` tells an
    officer's name by account."""

    def __init__(
        self,
        database: Database,
        secrets: Path,
        directory: Path,
        engine: Engine,
        clock: Clock,
        names: Callable[[str], str] = lambda _id: "",
    ) -> None:
        self._engine, self._clock, self._directory = engine, clock, directory
        self._url = database.url.render_as_string(hide_password=False)
        self._key = dossier_key(secrets)
        self.register = SqlRegister(database)
        self._tries = SqlTries(database, self._key)
        self.tickets = SqlTicketDossiers(database, self._key)
        self.book = DossierBook(
            SqlBook(database, self._key), lambda: engine.office.config, names, self._key, clock.now
        )
        self._provincial = ProvincialSource(
            lambda: engine.office.config, self._transport, clock.now, self._key
        )
        self.sources = Sources({"book": self.book, "register": self.register, "provincial": self._provincial})
        self.officers = OfficerDesk(self.sources, self._tries, self.tickets, new_id)
        lookup = Lookup(self.sources, self._tries, Guard(), self._key, self._guessing, self._locked)
        self.desk = LookupDesk(lookup, lambda: engine.office, clock)
        self._watch = Watch(watched_folder(directory), self._import, self._imported)

        self._stopping = threading.Event()
        self._forgetting = threading.Thread(target=self._forget_daily, name="dossier-forget", daemon=True)

    def _transport(self, rules: ProvincialRules) -> Transport:
        from queue_server.dossiers.provincial_http import HttpTransport  # only where there is a province

        return HttpTransport(rules, self._directory)

    def start(self) -> None:
        self.desk.start()
        self._watch.start()
        self._forgetting.start()

    def stop(self) -> None:
        self._stopping.set()
        self._watch.stop()
        self.desk.stop()
        self._provincial.close()

    def _forget_daily(self) -> None:
        """On a thread of its own, at once and then once a day."""
        failures: tuple[type[Exception], ...] = (*database_errors(), BookFailed)
        while True:
            config = self._engine.office.config
            if config is not None:
                try:
                    log.info("forgotten", **self.forget(config))
                except failures as failed:
                    log.error("forgetting_failed", why=type(failed).__name__)
            if self._stopping.wait(FORGET_EVERY_S):
                return

    def put_demo(self, config: OfficeConfig) -> None:
        """The demo's dossiers, with days relative to today."""
        put_book(self.book, config, FACTOR, self._clock.now())
        put(self.register, config, self._key, self._clock.now())

    def demo_codes(self) -> DemoDossiers:
        """What the demo's page lists to try."""
        config = self._engine.office.config
        if config is None or "register" not in config.dossiers.sources:
            return DemoDossiers()
        return DemoDossiers(tuple(codes(config, config.hours.day_of(self._clock.now()))), FACTOR)

    def forget(self, config: OfficeConfig) -> dict[str, int]:
        """Delete what has had its time, of a database that is there; table → rows."""
        now = self._clock.now()
        before = config.hours.day_of(now) - timedelta(days=config.dossiers.retention_days)
        openings = now - timedelta(days=config.dossiers.retention_days)
        return {
            "dossiers": self.register.forget(before),
            "dossier_tries": self._tries.sweep(now),
            "book_words": self.book.forget(before),
            **self.tickets.forget(config.hours.day_of(now), openings),
        }

    def _imported(self, went_in: bool) -> None:
        log.info("imported", went_in=went_in)
        self.officers.changed()

    def _guessing(self, client: str) -> None:
        self._tell_staff(notices.GUESSING, client)

    def _locked(self, client: str) -> None:
        self._tell_staff(notices.LOCKED, client)

    def _tell_staff(self, kind: str, client: str) -> None:
        """On the staff's pages at once, and as the kiosk's fault in the journal; never which dossier."""
        self.officers.notices.add(kind, client, self._clock.now())
        command = CommandId(f"server.{new_id()}")
        fault = f"dossier_{kind}"
        self._engine.submit(c.ReportFault(id=command, by=c.SYSTEM, device=client, fault=fault))

    def _import(self, path: Path) -> tuple[bool, str]:
        """In a process of its own, so that the engine's threads are left in peace."""
        command = [sys.executable, "-m", "queue_server.cli", "dossiers", "import", str(path), "--plain"]
        try:
            done = subprocess.run(
                [*command, "--dir", str(self._directory)],
                env={**os.environ, URL_VARIABLE: self._url},
                capture_output=True,
                text=True,
                timeout=LONGEST_IMPORT_S,
            )
        except (OSError, subprocess.TimeoutExpired) as failed:
            log.error("import_failed", why=type(failed).__name__)
            return False, "Chưa nhập được: thử lại bằng motcua dossiers import. · Not imported: try again."
        return done.returncode == 0, done.stdout if done.returncode == 0 else done.stderr or done.stdout
