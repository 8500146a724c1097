"""The queue server's wiring: office file, journal, engine, link, pages. The one place that knows all."""

import os
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import structlog

from assets.css import css_variables
from assets.theme import load_theme
from queue_server import logs, memory
from queue_server.clock import SystemClock, kernel_clock, new_id, random_below, secret
from queue_server.contract.states import ServerState
from queue_server.contract.topics import Topics
from queue_server.contract.values import compile_messages
from queue_server.demo import demo_access, for_demo, played_officers
from queue_server.domain import commands as c
from queue_server.domain.decide import decide
from queue_server.domain.events import Event
from queue_server.domain.evolve import evolve
from queue_server.domain.ids import CommandId, OfficerId
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.overdue import due
from queue_server.domain.refusals import Refusal
from queue_server.domain.ticket import Ticket
from queue_server.domain.words import Words
from queue_server.dossier_room import DossierRoom
from queue_server.engine.batch import Behaviour
from queue_server.engine.ports import OfficeTaken, StorageFailed
from queue_server.engine.writer import SingleWriter
from queue_server.forms.signed_link import LinkKeys
from queue_server.link.client import PahoLink
from queue_server.link.ports import Address, Credentials, LinkState, Will
from queue_server.mqtt.dossier_slips import DossierSlips
from queue_server.mqtt.inbound import Client
from queue_server.mqtt.jobs import Jobs
from queue_server.mqtt.publisher import Publisher
from queue_server.mqtt.replies import render
from queue_server.mqtt.service import MqttService
from queue_server.mqtt.standing import TicketDesk
from queue_server.mqtt.summary import Summary
from queue_server.office_dir import DirectoryTrouble, OfficeDir, Running, write_secret
from queue_server.office_file.live import LiveOfficeFile
from queue_server.office_file.load import load_office
from queue_server.office_file.problems import OfficeFileError
from queue_server.page_server import PageServer
from queue_server.predictor.book import PredictionBook
from queue_server.reports.watch import Watch
from queue_server.storage.accounts import SqlAccounts
from queue_server.storage.database import Database, sqlite_url
from queue_server.storage.forgetting import Forgetting
from queue_server.storage.journal import SqlJournal
from queue_server.storage.keys import Keys
from queue_server.storage.link_keys import BadLinkKeys, link_keys
from queue_server.storage.report_books import SqlReportBooks
from queue_server.storage.retention import forget
from queue_server.waits_room import WaitsRoom
from queue_server.web.acts import router as acts
from queue_server.web.admin.router import router as admin
from queue_server.web.advice.router import router as advice
from queue_server.web.app import RouterFactory, make_app
from queue_server.web.auth.router import router as auth
from queue_server.web.counter.router import router as counter
from queue_server.web.demo.frames_client import FramesClient
from queue_server.web.demo.router import demo_router
from queue_server.web.dossier_book.router import book_router
from queue_server.web.forms.router import forms_router
from queue_server.web.greeter.router import router as greeter
from queue_server.web.hall.router import router as hall
from queue_server.web.manager.router import router as manager
from queue_server.web.ports import WebDeps
from queue_server.web.refusal_words import REFUSALS
from queue_server.web.reports.router import reports_router
from queue_server.web.scrape import scrape_router
from queue_server.web.status.router import status_router
from queue_server.web.ticket.router import router as ticket

log = structlog.get_logger("server")

EXIT_BAD_OFFICE = 2
EXIT_TAKEN = 3
EXIT_STORAGE = 4
TURN_S = 0.0005
"""A thread that is busy (a page, figures of a year) gives way to the writer after this long. With Python's
own 5 ms a ticket would wait as long for it each time it has been to the disk."""


@dataclass(frozen=True, slots=True)
class Options:
    """How `motcua server` was started. `broker` is where the broker listens."""

    directory: Path
    office: Path
    http: tuple[str, int] | None
    """None: where the office file says."""
    broker: tuple[str, int]
    broker_ca: Path | None = None
    """The authority to trust when the broker speaks TLS."""
    demo: bool = False


class OfficeRefused(Exception):
    """The running office does not take this office file; nothing changed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.sentence} {refusal.detail.get('stranded', '')}".strip())
        self.refusal = refusal


class Server:
    """Everything of one running server, started in order and stopped in reverse."""

    def __init__(self, options: Options, config: OfficeConfig) -> None:
        self.options, self.config = options, config
        self.http = http_address(config, options)
        self.dir = OfficeDir(options.directory)
        self.boot = new_id()
        self.clock = SystemClock()
        self.exit_code = 0
        self._told_to_end = False
        self.database = Database(config.database_url or sqlite_url(options.directory))
        self.keys = Keys.open(self.dir.secrets)
        signing = link_keys(self.dir.secrets)
        self.link_keys = LinkKeys(list(signing)[-1], signing)
        self.topics = Topics(config.id)
        self.dir.device_accounts(config, secret)
        self.devices = {a.user: a for a in self.dir.written_accounts()}
        """Revoked ones too: they may be let in again while this runs, and whom it lets in is the broker's."""
        self.accounts = SqlAccounts(
            self.database, self.keys, new_id=new_id, secret=secret, below=random_below
        )
        self.predictions = PredictionBook(self.clock)
        self.engine = SingleWriter(
            self._journal(),
            self.clock,
            Behaviour(decide, evolve, self._render),
            new_id=new_id,
            boot_id=self.boot,
            on_failed=self._engine_failed,
            tick_due=due,
        )
        self.waits = WaitsRoom(
            self.database, self.dir.root, options.office, self.engine, self.clock, config, self.predictions
        )
        self.forgetting = Forgetting(partial(forget, self.database), self.clock, self._config_in_force)
        self.report_books = SqlReportBooks(self.database, self._config_in_force)
        self.report_watch = Watch(
            self.engine, self.clock, self.dir.root, options.office, self.waits.figured.first_day
        )
        self.link = self._make_link()
        self.publisher = Publisher(
            self.link,
            self.topics,
            self.clock,
            self.predictions.newcomer,
            self.boot,
            self.waits.best_time,
            Summary(
                self.waits.figured,
                self.predictions.hall_mean,
                lambda: self.waits.today_is_read,
                self.clock.monotonic,
            ),
        )
        self.dossiers = DossierRoom(
            self.database, self.dir.secrets, self.dir.root, self.engine, self.clock, self._officer_name
        )
        self.dossier_slips = DossierSlips(self.link, self.topics, self.clock)
        self.mqtt = MqttService(
            self.link,
            self.engine,
            self.clock,
            self.topics,
            self.publisher,
            Jobs(self.link, self.topics, self.engine, self._page_url),
            self._client,
            new_id,
            self.predictions.newcomer,
            self.dossiers.desk,
            self.dossier_slips,
            TicketDesk(self.predictions, self.accounts.ticket_of),
            self._owner,
            self._shut_out,
        )
        self.web: PageServer | None = None

    def _config_in_force(self) -> OfficeConfig:
        return self.engine.office.config or self.config

    def _journal(self) -> SqlJournal:
        return SqlJournal(self.database, self.keys)

    def _make_link(self) -> PahoLink:
        account = self.devices["server"]
        lost = ServerState.model_validate(
            {"version": 0, "at": self.clock.now(), "state": "lost", "boot": self.boot}
        )
        host, port = self.options.broker
        return PahoLink(
            Address(host, port, self.options.broker_ca),
            f"server-{self.boot}",
            Credentials(account.user, account.password),
            Will(self.topics.server_state, lost.model_dump_json().encode()),
            keep_at_most=20_000,
        )

    def _client(self, user: str) -> Client | None:
        account = self.devices.get(user)
        return Client(account.user, account.kind, account.counter) if account else None

    def _owner(self, device: str) -> str:
        """The account that speaks for a device: its own, or its agent's."""
        return next((a.user for a in self.devices.values() if device in a.devices), device)

    def _shut_out(self, user: str) -> None:
        if user in self.devices:
            with suppress(OSError):  # a full disk: what it says is dropped anyway
                self.dir.ask_to_cut_off(user)

    def _officer_name(self, id_: str) -> str:
        account = self.accounts.get(OfficerId(id_))
        return account.name if account else ""

    def _page_url(self, config: OfficeConfig, ticket: Ticket) -> str:
        if not config.public_url:
            return ""
        token = self.accounts.page_token(ticket.id, config.hours.day_of(ticket.issued_at))
        return f"{config.public_url.rstrip('/')}/t/{token}"

    def _render(
        self, office: Office, command: c.Command, decided: Sequence[Event] | Refusal, at: datetime
    ) -> str:
        return render(office, command, decided, at, self._page_url)

    def _engine_failed(self, failed: Exception) -> None:
        log.error("engine_failed", why=str(failed))
        self.exit_code = EXIT_STORAGE
        if self.web is not None:
            self.web.end()

    def health(self) -> dict[str, bool]:
        """What `/healthz` says: broker, journal and engine."""
        return {
            "broker": self.link.state is LinkState.ONLINE,
            "journal": self.engine.alive,
            "engine": self.engine.office.config is not None,
        }

    def start_engine(self) -> None:
        """Replay and bring the office file into force. Raises OfficeTaken, OfficeRefused."""
        if self.options.demo:
            from queue_server.demo_day import play_until_now  # the whole simulator

            played = play_until_now(self._journal(), self.config, self.clock, new_id)
            log.info("demo_day", tickets=played)
        self.engine.start()
        self.reload(self.config)
        if self.options.demo:
            self.dossiers.put_demo(self.config)

    def _afterwards(self) -> None:
        """Beside the first pages, not before them: the messages' checks, waiting times (who asks waits), then
        forgetting."""
        compile_messages()
        self.waits.open()
        memory.give_back()
        self.forgetting.run()

    def reload(self, config: OfficeConfig) -> None:
        """Raises OfficeRefused when open tickets would be stranded; the old configuration stays."""
        command = c.ConfigureOffice(id=CommandId(f"server.{new_id()}"), by=c.SYSTEM, config=config)
        answer = self.engine.submit(command).result(30)
        if answer.refusal is not None:
            raise OfficeRefused(answer.refusal)

    def run(self) -> int:
        """Serve until told to stop; the exit code."""
        self._obey_signals()
        with ExitStack() as ending:
            ending.callback(self.database.close)
            ending.callback(self.engine.drain, 2)
            self.start_engine()
            self._first_administrator()
            for part in (self.dossiers, self.mqtt, self.report_watch):
                part.start()
                ending.callback(part.stop)
            ending.callback(self.waits.stop)
            ending.callback(self.forgetting.stop)
            threading.Thread(target=self._afterwards, name="afterwards", daemon=True).start()
            self.dir.note_running(self._running())
            ending.callback(self.dir.running.unlink, missing_ok=True)
            self._serve_web()
        return self.exit_code

    def _obey_signals(self) -> None:
        """A signal at any moment ends the server in order. uvicorn takes signals over while it serves, and
        raises them once more when it is done: they must find a handler then, or nothing after it is run."""

        def told(*_: object) -> None:
            self._told_to_end = True

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, told)

    def _first_administrator(self) -> None:
        """At the very first start: the one-time password, in a file that only its owner can read."""
        made = self.accounts.create_first_administrator(self.clock.now())
        if made is not None:
            write_secret(self.dir.first_sign_in, f"{made[0]} {made[1]}\n")

    def _web_deps(self) -> WebDeps:
        theme = load_theme(Path(self.config.theme) if self.config.theme else None)
        return WebDeps(
            engine=self.engine,
            clock=self.clock,
            accounts=self.accounts,
            second_factors=self.accounts,
            predictions=self.predictions,
            figures=self.waits.figures,
            figures_for=self.waits.figured,
            figures_token=self._figures_token(),
            office_dir=str(self.dir.root),
            demo=self.options.demo,
            played_officers=played_officers if self.options.demo else None,
            boot_id=self.boot,
            css=css_variables(theme),
            logo=theme.brand.logo,
            device_states=self.mqtt.devices,
            devices=self.mqtt.devices,
            test_device=self.mqtt.test_device,
            health=self.health,
            server_clock=_server_clock,
            dossiers=self.dossiers.officers,
            advice=self.waits.advice,
            office_file=LiveOfficeFile(self.options.office, self._put_in_force),
        )

    def _figures_token(self) -> str:
        """Made at the first start, in a file that only its owner can read."""
        file = self.dir.secrets / "figures.token"
        if not file.exists():
            write_secret(file, secret() + "\n")
        return file.read_text().strip()

    def _put_in_force(self, config: OfficeConfig) -> Words | None:
        try:
            self.reload(for_demo(config, self.http) if self.options.demo else config)
        except OfficeRefused as refused:
            words, stranded = REFUSALS[refused.refusal.code], refused.refusal.detail.get("stranded", "")
            return Words(f"{words.vi} {stranded}".strip(), f"{words.en} {stranded}".strip())
        return None

    def _metrics(self) -> bytes:
        from queue_server.metrics.exposition import Sources, exposition  # nobody may ever ask

        told, waits = self.predictions, self.waits.figured
        devices, health = (lambda: self.mqtt.devices), self.health
        return exposition(
            Sources(self.engine, self.clock, waits, told.newcomer, told.hall_mean, devices, health)
        )

    def _routers(self) -> list[RouterFactory]:
        routers: list[RouterFactory] = [auth, acts, advice, counter, greeter, admin, hall, ticket, manager]
        routers += (
            forms_router(self.dossiers.book, self.link_keys, new_id, self.dossier_slips),
            book_router(self.dossiers.book, new_id),
            reports_router(self.report_books),
            scrape_router(self._metrics),
            status_router(self.dossiers.desk, self.link_keys, new_id),
        )
        if self.options.demo:
            access = demo_access(self.accounts, secret, self.clock.now())
            frames = FramesClient(self.dir.socket("frames"))
            routers.append(demo_router(frames, access.officers, self.dossiers.demo_codes))
        return routers

    def _running(self) -> Running:
        trusted, ca = self.config.listening.trusted, str(self.options.broker_ca or "")
        return Running(self.http, self.options.broker, self.config.id, os.getpid(), trusted, ca)

    def _serve_web(self) -> None:
        """The pages, on this thread, until a signal or a failed engine ends them."""
        listening = self.config.listening
        tls = bool(listening.tls_certificate)
        app = make_app(self._web_deps(), self._routers(), tls=tls)
        self.web = PageServer(app, self.http, listening)
        memory.settle()
        if self.exit_code == 0 and not self._told_to_end:
            self.web.run()


def main(options: Options) -> int:
    """Run the queue server; every trouble at start is one line on standard error."""
    sys.setswitchinterval(TURN_S)
    logs.to_stderr()
    try:
        config = load_office(options.office)
        OfficeDir(options.directory).prepare()
        server = Server(options, for_demo(config, http_address(config, options)) if options.demo else config)
        return server.run()
    except OfficeFileError as problem:
        return _say(str(problem), EXIT_BAD_OFFICE)
    except OfficeRefused as problem:
        return _say(str(problem), EXIT_BAD_OFFICE)
    except OfficeTaken as problem:
        return _say(f"This office is running already: {problem}. Stop that server first.", EXIT_TAKEN)
    except (DirectoryTrouble, StorageFailed, BadLinkKeys) as problem:
        return _say(str(problem), EXIT_STORAGE)


def _server_clock() -> tuple[bool, float] | None:
    found = kernel_clock()
    return None if found is None else (found.synchronised, found.off_by_at_most.total_seconds())


def _say(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code


def http_address(config: OfficeConfig, options: Options) -> tuple[str, int]:
    """Where the pages listen: as started, else as the office file says."""
    if options.http is not None:
        return options.http
    host, _, port = config.listening.http.rpartition(":")
    return host.strip("[]"), int(port)
