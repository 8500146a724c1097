"""The programs of one office and how each is started: server, the machine's agent, its kiosk."""

import json
import os
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from queue_server.domain.office_config import OfficeConfig
from queue_server.link.ports import Address
from queue_server.office_dir import OfficeDir, write_secret
from queue_server.up.children import Program

LOCAL_AGENT = "agent"
"""Devices of other agents belong to other machines, where `motcua devices` runs."""
OFFSCREEN_SIZE = "1080x1920"


def server_program(
    office: OfficeDir, office_file: Path, http: tuple[str, int], broker: Address, demo: bool
) -> Program:
    """A bad office file or an office that is taken (exit 2, 3) is final; anything else is tried again."""
    arguments = ["--dir", str(office.root), "--office", str(office_file), "--http", f"{http[0]}:{http[1]}"]
    arguments += ["--mqtt", f"{broker.host}:{broker.port}"]
    if broker.tls is not None:
        arguments += ["--mqtt-ca", str(broker.tls)]
    if demo:
        arguments.append("--demo")
    return _program(
        office,
        "server",
        "queue_server.cli",
        ["server", *arguments],
        final=frozenset({0, 2, 3}),
        required=True,
    )


def agent_program(office: OfficeDir, config: OfficeConfig, broker: Address) -> Program | None:
    """The agent of this machine's devices; None when the office file has none here, or it is revoked."""
    if not office.may_connect(LOCAL_AGENT):
        return None
    devices = agent_devices(office, config, LOCAL_AGENT)
    if not any(devices.values()):
        return None
    account = office.account(LOCAL_AGENT)
    state = office.agent_state(LOCAL_AGENT)
    told = {"host": broker.host, "port": broker.port, "user": account.user, "password": account.password}
    if broker.tls is not None:
        told["tls"] = str(broker.tls)
    settings = {
        "agent": LOCAL_AGENT,
        "office": config.id,
        **devices,
        "sounds": str(office.sounds),
        "state_dir": str(state),
        "socket": str(office.socket(LOCAL_AGENT)),
        "broker": told,
    }
    write_secret(state / "agent.json", json.dumps(settings))
    return _program(office, "agent", "devices.agent.main", ["--config", str(state / "agent.json")])


def agent_devices(office: OfficeDir, config: OfficeConfig, agent: str) -> dict[str, list[dict[str, object]]]:
    """The devices of one agent as its file has them; keypads with the passwords of their accounts."""
    return {
        "printers": [
            {"id": p.id, "address": _printer_address(office, p.url), "dots": p.dots}
            | ({"fallback": p.fallback} if p.fallback else {})
            for p in config.printers
            if p.agent == agent
        ],
        "displays": [
            {
                "id": led.id,
                "address": led.url,
                "unit": led.address,
                "counter": led.counter,
                "brightness": led.brightness,
            }
            for led in config.leds
            if led.agent == agent
        ],
        "keypads": [
            {
                "id": k.id,
                "address": k.url,
                "unit": k.address,
                "counter": k.counter,
                "password": office.account(k.id).password,
            }
            for k in config.keypads
            if k.agent == agent and office.may_connect(k.id)
        ],
        "speakers": [
            {"id": s.id, "address": s.url, "zone": s.zone} for s in config.speakers if s.agent == agent
        ],
    }


def _printer_address(office: OfficeDir, url: str) -> str:
    return f"sim:{office.slips}" if url == "simulated:" else url


def kiosk_program(office: OfficeDir, config: OfficeConfig, broker: Address, window: bool) -> Program:
    """The first kiosk of the office file, in a window, or drawn offscreen for the page /demo."""
    kiosk = config.kiosks[0]
    account, state = office.account(kiosk.id), office.kiosk_state(kiosk.id)
    write_secret(state / "password", account.password)
    arguments = {
        "--broker": f"{broker.host}:{broker.port}",
        "--user": account.user,
        "--password-file": str(state / "password"),
        "--office": config.id,
        "--kiosk": kiosk.id,
        "--agent-socket": str(office.socket(LOCAL_AGENT)),
        "--state-dir": str(state),
    }
    if broker.tls is not None:
        arguments["--tls-ca"] = str(broker.tls)
    listed = [word for pair in arguments.items() for word in pair]
    listed += [word for reader in kiosk.readers for word in ("--reader", reader)]
    if not window:
        listed += ["--offscreen", "--size", OFFSCREEN_SIZE, "--frames-socket", str(office.socket("frames"))]
    return _program(office, f"kiosk-{kiosk.id}", "kiosk.main", listed)


def has_display(environment: Mapping[str, str] = os.environ) -> bool:
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def why_no_kiosk(config: OfficeConfig, window: bool, demo: bool) -> str | None:
    """A sentence when no kiosk is started; an empty one when nobody would expect one."""
    if not config.kiosks:
        return ""
    if not window and not demo:
        return (
            "" if has_display() else "No display here: the kiosk window is not opened (see it with --demo)."
        )
    if find_spec("kivy") is None:
        return "The kiosk needs Kivy (Python 3.11 to 3.13): pip install 'motcua[kiosk]'."
    return None


def _program(
    office: OfficeDir,
    name: str,
    module: str,
    arguments: list[str],
    final: frozenset[int] = frozenset(),
    required: bool = False,
) -> Program:
    command = (sys.executable, "-m", module, *arguments)
    return Program(name, command, dict(os.environ), office.logs / f"{name}.log", final, required)
