"""What an agent needs to know: its name, its devices, where it remembers, and the broker."""

import json
import tomllib
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from devices.drivers import Place, open_displays, open_keys, open_player
from devices.printer.addresses import open_printer
from queue_server.contract.values import Id
from queue_server.link.ports import Address, Credentials


class BadConfig(Exception):
    """The agent's file cannot be used; the sentence names every key that is wrong."""


class PrinterConfig(BaseModel):
    """`address` as devices/printer/addresses.py has them; `dots` is the width of the head."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id
    address: str
    dots: int = 576
    fallback: Id | None = None
    """The printer here that takes over while this one cannot print."""

    @model_validator(mode="after")
    def _has_a_driver(self) -> Self:
        open_printer(self.address, self.dots, Path(), lambda: 0.0)
        return self


def _no_clock() -> float:
    return 0.0


class LedConfig(BaseModel):
    """A LED display: `address` of its bus, `unit` on it (from 1), and the counter whose call it shows."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id
    address: str
    unit: Annotated[int, Field(ge=1, le=247)] = 1
    counter: Id
    brightness: Annotated[int, Field(ge=5, le=100)] = 80

    @model_validator(mode="after")
    def _has_a_driver(self) -> Self:
        open_displays(Place(self.address, Path(), _no_clock))
        return self


class KeypadConfig(BaseModel):
    """A call keypad: `address` of its line, `unit` on it, its counter, and its own account on the broker."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id
    address: str
    unit: Annotated[int, Field(ge=1, le=99)] = 1
    counter: Id
    password: Annotated[str, Field(repr=False)] = ""
    """Of the account that has the keypad's id. Without one its health is told and its keys do nothing."""

    @model_validator(mode="after")
    def _has_a_driver(self) -> Self:
        open_keys(Place(self.address, Path(), _no_clock))
        return self


class SpeakerConfig(BaseModel):
    """A loudspeaker of this machine, and the zone whose calls it says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id
    address: str
    zone: Id

    @model_validator(mode="after")
    def _has_a_driver(self) -> Self:
        open_player(Place(self.address, Path(), _no_clock))
        return self


class BrokerConfig(BaseModel):
    """`tls` is the CA certificate to trust; without it only loopback should be used."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)]
    user: str
    password: Annotated[str, Field(repr=False)]
    tls: Path | None = None

    @property
    def address(self) -> Address:
        return Address(self.host, self.port, self.tls)

    @property
    def credentials(self) -> Credentials:
        return Credentials(self.user, self.password)


class AgentConfig(BaseModel):
    """One machine's agent, and its account on the broker. Without `broker` it serves its kiosk only."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    agent: Id
    office: Id
    printers: tuple[PrinterConfig, ...] = ()
    displays: tuple[LedConfig, ...] = ()
    keypads: tuple[KeypadConfig, ...] = ()
    speakers: tuple[SpeakerConfig, ...] = ()
    sounds: Path | None = None
    """The office's own recordings, `<language>/<key>.wav`; the packaged voice fills the gaps."""
    state_dir: Path
    socket: Path | None = None
    """`agent.sock` in `state_dir` when not set."""
    theme: Path | None = None
    broker: BrokerConfig | None = None

    @property
    def device_ids(self) -> tuple[str, ...]:
        """Of every kind, printers first."""
        printers = [printer.id for printer in self.printers]
        displays = [display.id for display in self.displays]
        keypads = [keypad.id for keypad in self.keypads]
        return (*printers, *displays, *keypads, *(speaker.id for speaker in self.speakers))

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        names = self.device_ids
        if len(set(names)) != len(names) or self.agent in names:
            raise ValueError("agent and devices need different ids")
        printers = {printer.id for printer in self.printers}
        for printer in self.printers:
            if printer.fallback is not None and printer.fallback not in printers - {printer.id}:
                raise ValueError(f"printer {printer.id}: its fallback is no other printer of this agent")
        return self

    @property
    def socket_path(self) -> Path:
        return self.socket or self.state_dir / "agent.sock"


def load_config(path: Path) -> AgentConfig:
    """From a TOML or JSON file; what has no root lies beside the file. Raises BadConfig."""
    try:
        text = path.read_text(encoding="utf-8")
        table: dict[str, Any] = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
        config = AgentConfig.model_validate(table)
    except OSError as error:
        raise BadConfig(f"{path}: {error.strerror}") from error
    except ValidationError as error:
        raise BadConfig(f"{path}: {_problems(error)}") from error
    except ValueError as error:
        raise BadConfig(f"{path} is no valid TOML or JSON: {error}") from error
    return _beside(path.parent, config)


def _beside(folder: Path, config: AgentConfig) -> AgentConfig:
    """Every path that has no root is of this folder, wherever the agent is started."""
    named = {"sounds": config.sounds, "socket": config.socket, "theme": config.theme}
    moved: dict[str, object] = {key: folder / path for key, path in named.items() if path is not None}
    if config.broker is not None and config.broker.tls is not None:
        moved["broker"] = config.broker.model_copy(update={"tls": folder / config.broker.tls})
    return config.model_copy(update={**moved, "state_dir": folder / config.state_dir})


def _problems(error: ValidationError) -> str:
    """Without the values: one may be a password."""
    return "; ".join(
        f"{'.'.join(str(key) for key in found['loc']) or 'file'}: {found['msg']}" for found in error.errors()
    )
