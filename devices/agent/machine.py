"""Everything of one machine's agent, made from its file: the one place of `devices` that knows all."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from assets.theme import load_theme
from devices import clock
from devices.agent.bridge import Bridge, will
from devices.agent.conditions import Conditions
from devices.agent.config import AgentConfig, KeypadConfig
from devices.agent.keypad_desk import KeypadDesk
from devices.agent.office_view import LedPlace, OfficeView
from devices.agent.outcomes import Outcomes
from devices.agent.service import PrintService
from devices.agent.socket_server import SocketServer
from devices.agent.supervisor import Runner, Supervisor
from devices.agent.tester import Tester
from devices.agent.watchdog import Watchdog
from devices.display.bus import DisplayBus
from devices.display.wishes import Wishes
from devices.drivers import Place, open_displays, open_keys, open_player
from devices.keypad.acts import Act
from devices.keypad.runner import KeypadLine
from devices.ports import SlipPrinter
from devices.printer.addresses import open_printer
from devices.receipts.slips import SlipArtist
from devices.speaker.mixing import Mixer
from devices.speaker.runner import Announcements, Speaker
from queue_server.contract.topics import Topics
from queue_server.link.client import PahoLink
from queue_server.link.ports import Credentials, Link

SIMULATED = "simulated:"
QUICKLY = timedelta(milliseconds=150)


class Machine:
    """`start` and `stop` once each. Raises at making what the parts raise: ThemeError, InUse, OSError."""

    def __init__(self, config: AgentConfig, software: str) -> None:
        self._config = config
        theme = load_theme(config.theme)
        SlipArtist(theme)
        self._outcomes = Outcomes(config.state_dir, clock.now())
        self._units = Conditions(_kinds(config))
        self._wishes = Wishes(clock.monotonic)
        self._announcements = {speaker.id: Announcements() for speaker in config.speakers}
        self._service = PrintService(
            {printer.id: self._printer(printer.id) for printer in config.printers},
            self._outcomes,
            lambda: SlipArtist(theme),
            clock.now,
            spares={printer.id: printer.fallback for printer in config.printers if printer.fallback},
            reopen=self._printer,
            monotonic=clock.monotonic,
        )
        self._links: list[Link] = []
        self._desks: dict[str, KeypadDesk] = {}
        self._view: OfficeView | None = None
        self._bridge: Bridge | None = None
        self._tester = Tester(
            self._service,
            self._units,
            self._wishes,
            self._announcements,
            lambda: self._view.office if self._view else None,
            clock.now,
            clock.monotonic,
        )
        self._socket = SocketServer(config.socket_path, self._service, self._units, self._tester.test)
        self._watchdog = Watchdog(clock.monotonic)
        self._supervisor = Supervisor(
            self._runners(), self._units.changed, clock.monotonic, self._beside, self._watchdog.alive
        )
        self._software = software

    def start(self) -> None:
        """Raises SocketUnusable; nothing runs then."""
        try:
            self._socket.start()
        except BaseException:
            self._outcomes.close()
            raise
        if self._config.broker is not None:
            self._connect()
        self._service.start()
        self._supervisor.start()
        for link in self._links:
            link.start()
        self._watchdog.ready(f"{len(self._service.devices) + len(self._units.kinds)} devices")

    def stop(self) -> None:
        """Within a second."""
        self._watchdog.stopping()
        self._socket.stop()
        self._supervisor.stop(QUICKLY)
        if self._bridge is not None:
            self._bridge.stop()
        for link in self._links:
            link.stop(QUICKLY)
        self._service.stop(QUICKLY)
        self._outcomes.close()

    def _connect(self) -> None:
        config, topics, broker = self._config, Topics(self._config.office), self._config.broker
        assert broker is not None
        link = PahoLink(
            broker.address,
            f"{config.agent}-{clock.nonce()}",
            broker.credentials,
            will(topics, config.agent, clock.now),
        )
        self._view = OfficeView(
            link,
            topics,
            {led.id: LedPlace(led.counter, led.brightness) for led in config.displays},
            self._wishes,
            {speaker.id: speaker.zone for speaker in config.speakers},
            self._announcements,
            clock.now,
            clock.monotonic,
        )
        self._bridge = Bridge(
            link,
            topics,
            config.agent,
            self._service,
            self._outcomes,
            clock.now,
            self._software,
            units=self._units,
            test=self._tester.test,
            about=self._view.clock.words,
            ahead=lambda: self._view.clock.offset if self._view else None,
        )
        self._bridge.start()
        self._view.start()
        self._links = [link, *(self._keypad_link(pad, topics) for pad in config.keypads if pad.password)]

    def _keypad_link(self, pad: KeypadConfig, topics: Topics) -> Link:
        """A keypad has its own account: what it may ask is bound to its counter."""
        broker = self._config.broker
        assert broker is not None
        link = PahoLink(
            broker.address, f"{pad.id}-{clock.nonce()}", Credentials(pad.id, pad.password), keep_at_most=10
        )
        view = self._view
        assert view is not None

        def office_time() -> timedelta:
            return view.clock.offset or timedelta()

        desk = KeypadDesk(link, topics, pad.id, pad.counter, lambda: clock.now() - office_time(), clock.nonce)
        desk.start()
        self._desks[pad.id] = desk
        return link

    def _beside(self) -> None:
        """What the supervisor does in every look."""
        self._supervisor.count_given_up(len(self._service.mend()))
        if self._view is not None:
            self._view.look()
        for desk in self._desks.values():
            desk.look()

    def _pressed(self, keypad: str, act: Act) -> None:
        desk = self._desks.get(keypad)
        if desk is not None:
            desk.act(act)

    def _printer(self, id_: str) -> SlipPrinter:
        printer = next(one for one in self._config.printers if one.id == id_)
        return open_printer(printer.address, printer.dots, self._config.state_dir, clock.monotonic)

    def _place(self, address: str, name: str) -> Place:
        return Place(address, self._folder(name), clock.monotonic)

    def _folder(self, name: str) -> Path:
        return self._config.state_dir / "devices" / name

    def _runners(self) -> dict[str, Callable[[], Runner]]:
        """One a bus, a line of keypads, a speaker; each simulated keypad has a line of its own."""
        config, made = self._config, dict[str, Callable[[], Runner]]()
        for address in dict.fromkeys(led.address for led in config.displays):
            made[f"display {address}"] = partial(self._bus, address)
        for pad in config.keypads:
            if pad.address == SIMULATED:
                made[f"keypad {pad.id}"] = partial(self._keypads, pad.address, pad.id, {1: pad.id})
            else:
                others = [one for one in config.keypads if one.address == pad.address]
                pads = {one.unit: one.id for one in others}
                made[f"keypad {pad.address}"] = partial(self._keypads, pad.address, pad.id, pads)
        for speaker in config.speakers:
            made[f"speaker {speaker.id}"] = partial(self._speaker, speaker.id, speaker.address)
        return made

    def _speaker(self, device: str, address: str) -> Runner:
        return Speaker(
            device,
            open_player(self._place(address, device)),
            self._announcements[device],
            lambda: Mixer(self._config.sounds),
            self._units.changed,
            clock.monotonic,
        )

    def _bus(self, address: str) -> Runner:
        units = [(led.id, led.unit) for led in self._config.displays if led.address == address]
        displays = open_displays(self._place(address, "displays"))
        return DisplayBus(address, displays, units, self._wishes, self._units.changed, clock.monotonic)

    def _keypads(self, address: str, name: str, pads: dict[int, str]) -> Runner:
        keys = open_keys(self._place(address, name))
        return KeypadLine(address, keys, pads, self._pressed, self._units.changed, clock.monotonic)


def _kinds(config: AgentConfig) -> dict[str, str]:
    return {
        **{display.id: "display" for display in config.displays},
        **{keypad.id: "keypad" for keypad in config.keypads},
        **{speaker.id: "speaker" for speaker in config.speakers},
    }
