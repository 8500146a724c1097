"""Wires the device agent of one machine and runs it until it is told to stop."""

import argparse
import logging
import sys
from importlib import metadata
from pathlib import Path
from threading import Event

from assets.theme import ThemeError
from devices.agent.config import AgentConfig, BadConfig, load_config
from devices.agent.machine import Machine
from devices.agent.outcomes import InUse
from devices.agent.signals import stop_on_signals
from devices.agent.socket_server import SocketUnusable

_log = logging.getLogger(__name__)


def run(config: AgentConfig, stop: Event | None = None) -> int:
    """Serves until SIGTERM, SIGINT or `stop`, then ends within a second. 0, or 1 with one line of why not."""
    stop = stop or Event()
    try:
        machine = Machine(config, _software())
        machine.start()
    except (ThemeError, InUse, SocketUnusable) as error:
        return _say_no(str(error))
    except OSError as error:
        return _say_no(f"{error.filename or config.state_dir}: {error.strerror or error}")
    _log.info("ready: agent=%s devices=%s", config.agent, ",".join(config.device_ids) or "-")
    stop.wait()
    machine.stop()
    return 0


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
    parser = argparse.ArgumentParser(prog="motcua devices", description="Owns the devices of this machine.")
    parser.add_argument("--config", type=Path, required=True, help="the agent's file, TOML or JSON")
    asked = parser.parse_args(arguments)
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", force=True
    )
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
