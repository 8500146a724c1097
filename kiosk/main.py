"""Wires the kiosk and runs it until it is told to stop: store, effects, gateway, window."""

import logging
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from assets.theme import Theme, ThemeError, load_theme
from devices import clock
from kiosk.agent_client import AgentPrinter
from kiosk.config import BadConfig, KioskConfig, read_arguments
from kiosk.effects import Effects
from kiosk.gateway.messages import will
from kiosk.gateway.outbox import Outbox
from kiosk.gateway.queue import QueueGateway
from kiosk.offline.desk import OfflineDesk
from kiosk.offline.moments import Moment
from kiosk.ports import SlipPrinter, Window
from kiosk.presenters.present import present
from kiosk.printer_watch import PrinterWatch
from kiosk.prints import Prints
from kiosk.readers.hub import Readers, build
from kiosk.session.effects import Effect
from kiosk.session.heard import Tick
from kiosk.session.state import start
from kiosk.signals import call_on_signals
from kiosk.store import Store
from queue_server.contract.topics import Topics
from queue_server.link.client import PahoLink
from queue_server.link.ports import Link, Will

_log = logging.getLogger(__name__)

START_AGAIN = 3
"""The exit code that asks the supervisor for a new start."""
TICK = timedelta(seconds=0.25)
GOODBYE = timedelta(seconds=0.3)


class Program:
    """One kiosk: everything that is not the window. `link` is not started yet."""

    def __init__(
        self,
        config: KioskConfig,
        link: Link,
        printer: SlipPrinter,
        window: Window,
        readers: Readers | None = None,
        agent_socket: Path | None = None,
    ) -> None:
        self._link, self._window = link, window
        self._readers = readers or build((), clock.monotonic)
        self._stop_window: Callable[[], None] | None = None
        self._over = threading.Event()
        self.exit_code = 0
        self.store = Store(start(config.kiosk, clock.now()), clock.now, self._perform)
        self._gateway = QueueGateway(
            link,
            Topics(config.office),
            config.client,
            config.kiosk,
            now=clock.now,
            monotonic=clock.monotonic,
            new_id=_new_id,
            dispatch=self.store.dispatch,
            outbox=Outbox(config.state_dir / "outbox" if config.state_dir else None),
            desk=OfflineDesk(
                config.state_dir / "offline" if config.state_dir else None, config.kiosk, _moment, _new_id
            ),
        )
        self._effects = Effects(
            self._gateway,
            printer,
            window.speaker,
            _new_id,
            clock.now,
            self._start_again,
            self.store.dispatch,
            Prints(config.state_dir / "prints" if config.state_dir else None),
        )
        self._printers = PrinterWatch(agent_socket, self.store.dispatch)

    def run(self) -> int:
        """Opens the window and stays until it ends; the exit code."""
        ticker = threading.Thread(target=self._tick, name="kiosk-ticks", daemon=True)
        self._gateway.start()
        self._effects.start()
        self._link.start()
        ticker.start()
        self.store.subscribe(self._readers.follow)
        self._readers.start(self.store.dispatch)
        self._printers.start()
        try:
            code = self._window(self.store, present, clock.now, self._ready)
        finally:
            self._over.set()
            self._readers.stop()
            self._printers.stop()
            self._effects.stop()
            self._gateway.stop()
            self._link.stop(GOODBYE)
        return self.exit_code or code

    def stop(self) -> None:
        """From any thread, no signal handler: the window closes soon, also one that is not open yet."""
        self._over.set()
        if self._stop_window is not None:
            self._stop_window()

    def _ready(self, stop: Callable[[], None]) -> None:
        self._stop_window = stop
        if self._over.is_set():
            stop()

    def _start_again(self) -> None:
        self.exit_code = START_AGAIN
        self.stop()

    def _perform(self, effect: Effect) -> None:
        self._effects.perform(effect)

    def _tick(self) -> None:
        while not self._over.wait(TICK.total_seconds()):
            self._gateway.look()
            self.store.dispatch(Tick())


OpenWindow = Callable[[KioskConfig, Theme, Path, Callable[[str], None]], Window]
"""Settings, theme, a folder of its own, and who takes what a wedge scanner types."""


def run(config: KioskConfig, window: OpenWindow) -> int:
    """One kiosk until SIGTERM or SIGINT: 0, 1 with one line of why not, 3 to be started anew.

    `window` opens on the main thread; it gets a folder for its own files.
    """
    try:
        theme = load_theme(config.theme)
    except (ThemeError, OSError) as wrong:
        return _say_no(f"theme: {wrong}")
    readers = build(config.readers, clock.monotonic)
    with tempfile.TemporaryDirectory(prefix="motcua-kiosk-") as temporary:
        home = (config.state_dir or Path(temporary)) / "window"
        try:
            opened = window(config, theme, home, readers.typed)
        except OSError as problem:
            return _say_no(f"{problem.filename or home}: {problem.strerror or problem}")
        printer = AgentPrinter(config.agent_socket, clock.monotonic)
        program = Program(config, link_of(config), printer, opened, readers, config.agent_socket)
        call_on_signals(program.stop)
        return program.run()


def link_of(config: KioskConfig) -> PahoLink:
    """The kiosk's link, with its will; the client id is one nobody can guess."""
    topic, payload = will(Topics(config.office), config.client, config.kiosk, clock.now())
    client_id = f"{config.client}-{clock.nonce()}"
    return PahoLink(config.broker, client_id, config.credentials, Will(topic, payload))


def kivy_window(config: KioskConfig, theme: Theme, home: Path, on_scan: Callable[[str], None]) -> Window:
    """The Kivy window; imports Kivy."""
    from kiosk.ui.environment import WindowOptions
    from kiosk.ui.launch import KioskUi, UiOptions

    width, height = config.size
    options = WindowOptions(
        width,
        height,
        fullscreen=config.fullscreen,
        offscreen=config.offscreen,
        show_cursor=not config.fullscreen,
    )
    return KioskUi(UiOptions(theme, home, options, frames=config.frames_socket, on_scan=on_scan))


def main(arguments: Sequence[str] | None = None) -> int:
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s", stream=sys.stderr)
    try:
        config = read_arguments(sys.argv[1:] if arguments is None else arguments)
    except BadConfig as wrong:
        return _say_no(str(wrong))
    return run(config, kivy_window)


def _new_id() -> str:
    return clock.nonce() + clock.nonce()


def _moment() -> Moment:
    return Moment(clock.boot_id(), clock.since_boot(), clock.now())


def _say_no(sentence: str) -> int:
    sys.stderr.write(f"motcua kiosk: {sentence}\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
