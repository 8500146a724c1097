"""`motcua devices list | test | watch`: a person asks this machine's agent, over its socket."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from devices.agent.client import AgentAway, AgentClient
from devices.agent.protocol import DeviceHealth

WITHIN = timedelta(seconds=120)
_MARKS = {"ready": "●", "degraded": "▲", "lost": "✗"}
_GOOD = ("ok", "printed")


def rows(devices: Sequence[DeviceHealth]) -> list[str]:
    """One line a device: mark, name, kind, state, and everything it says of itself."""
    cells = [(one.device, one.kind, one.state) for one in devices]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        " ".join([_MARKS[one.state], *(cell.ljust(width) for cell, width in zip(row, widths, strict=True))])
        + f"  {_words(one.health)}"
        for one, row in zip(devices, cells, strict=True)
    ]


def changes(before: Mapping[str, DeviceHealth], now: Sequence[DeviceHealth]) -> list[DeviceHealth]:
    """Those that are not as they were."""
    return [one for one in now if before.get(one.device) != one]


def _words(health: Mapping[str, str]) -> str:
    return ", ".join(f"{key}={value}" for key, value in health.items())


def main(arguments: list[str] | None = None) -> int:
    """0; 1 when a device is lost or its test fails; 3 when no agent answers."""
    parser = argparse.ArgumentParser(prog="motcua devices")
    parser.add_argument("--socket", type=Path, required=True)
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("list")
    acts.add_parser("watch")
    acts.add_parser("test").add_argument("device")
    asked = parser.parse_args(arguments)
    try:
        with AgentClient(asked.socket, WITHIN) as agent:
            return {"list": _list, "watch": _watch, "test": _test}[asked.act](agent, asked)
    except AgentAway as away:
        print(f"motcua devices: no agent answers at {asked.socket} ({away}). Start it with motcua up, or "
              "motcua devices --config FILE.", file=sys.stderr)  # fmt: skip
        return 3
    except KeyboardInterrupt:
        return 0


def _list(agent: AgentClient, asked: argparse.Namespace) -> int:
    devices = agent.health().devices
    _say(rows(devices) or ["This agent has no devices."])
    return 1 if any(one.state == "lost" for one in devices) else 0


def _watch(agent: AgentClient, asked: argparse.Namespace) -> int:
    before: dict[str, DeviceHealth] = {}
    for healths in agent.watch():
        _say(rows(changes(before, healths.devices)))
        before = {one.device: one for one in healths.devices}
    return 0


def _test(agent: AgentClient, asked: argparse.Namespace) -> int:
    result = agent.test(asked.device)
    _say([f"{asked.device}: {result}"])
    return 0 if result.startswith(_GOOD) else 1


def _say(lines: Sequence[str]) -> None:
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
