"""Wires the device agent of one machine and runs it until it is told to stop."""

import argparse
import logging
import sys
from datetime import timedelta
from importlib import metadata
from pathlib import Path
from threading import Event

from assets.theme import ThemeError, load_theme
from devices import clock
from devices.agent.bridge import Bridge, will
from devices.agent.config import AgentConfig, BadConfig, load_config
from devices.agent.outcomes import InUse, Outcomes
from devices.agent.service import PrintService
from devices.agent.signals import stop_on_signals
from devices.agent.socket_server import SocketServer, SocketUnusable
from devices.printer.addresses import open_printer
from devices.receipts.slips import SlipArtist
from queue_server.contract.topics import Topics
from queue_server.link.client import PahoLink

_log = logging.getLogger(__name__)


def run(config: AgentConfig, stop: Event | None = None) -> int:
    """Serves until SIGTERM, SIGINT or `stop`, then ends within a second. 0, or 1 with one line of why not."""
    stop = stop or Event()
    try:
        theme = load_theme(config.theme)
        SlipArtist(theme)
        outcomes = Outcomes(config.state_dir, clock.now())
    except (ThemeError, InUse) as error:
        return _say_no(str(error))
    except OSError as error:
        return _say_no(f"{error.filename or config.state_dir}: {error.strerror or error}")
    printers = {
        printer.id: open_printer(printer.address, printer.dots, config.state_dir, clock.monotonic)
        for printer in config.printers
    }
    service = PrintService(printers, outcomes, lambda: SlipArtist(theme), clock.now)
    server = SocketServer(config.socket_path, service)
    try:
        server.start()
    except SocketUnusable as error:
        outcomes.close()
        return _say_no(str(error))
    link, bridge = _bridge(config, service, outcomes)
    service.start()
    if link is not None:
        link.start()
    _log.info("ready: agent=%s printers=%s", config.agent, ",".join(printers) or "-")
    stop.wait()
    server.stop()
    if bridge is not None and link is not None:
        bridge.stop()
        link.stop(timedelta(milliseconds=150))
    service.stop(timedelta(milliseconds=150))
    outcomes.close()
    return 0


def _bridge(
    config: AgentConfig, service: PrintService, outcomes: Outcomes
) -> tuple[PahoLink, Bridge] | tuple[None, None]:
    if config.broker is None:
        return None, None
    topics = Topics(config.office)
    link = PahoLink(
        config.broker.address,
        f"{config.agent}-{clock.nonce()}",
        config.broker.credentials,
        will(topics, config.agent, clock.now),
    )
    bridge = Bridge(link, topics, config.agent, service, outcomes, clock.now, _software())
    bridge.start()
    return link, bridge


def _software() -> str:
    try:
        return f"motcua {metadata.version('motcua')}"
    except metadata.PackageNotFoundError:
        return "motcua"


def _say_no(sentence: str) -> int:
    print(f"motcua devices: {sentence}", file=sys.stderr)
    return 1


def main(arguments: list[str] | None = None) -> int:
    """`python -m devices.agent.main --config FILE`. 0 after a stop, 1 for no start, 2 for a bad file."""
    parser = argparse.ArgumentParser(prog="motcua devices", description="Owns the printers of this machine.")
    parser.add_argument("--config", type=Path, required=True, help="the agent's file, TOML or JSON")
    asked = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    stop = Event()
    stop_on_signals(stop)
    try:
        config = load_config(asked.config)
    except BadConfig as error:
        print(f"motcua devices: {error}", file=sys.stderr)
        return 2
    return run(config, stop)


if __name__ == "__main__":
    sys.exit(main())
