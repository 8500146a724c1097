"""`motcua devices`: this machine's device agent, and a look at what it looks after."""

from pathlib import Path
from typing import Annotated

import typer

from queue_server.commands.shared import HERE, DirOption, fail

devices = typer.Typer(
    help="Run this machine's device agent, or look at its devices.", invoke_without_command=True
)
SocketOption = Annotated[
    Path | None, typer.Option("--socket", help="The agent's socket, when it is not that of --dir.")
]


@devices.callback()
def run(
    context: typer.Context,
    config: Annotated[Path | None, typer.Option(help="The agent's file, TOML or JSON.")] = None,
) -> None:
    """With --config: run this machine's device agent by itself."""
    if context.invoked_subcommand is not None:
        return
    if config is None:
        fail("Say which file: motcua devices --config /etc/motcua/agent.toml (or list, test, watch).", 2)
    _module("devices.agent.main", ["--config", str(config)])


@devices.command("list")
def list_(dir: DirOption = HERE, socket: SocketOption = None) -> None:
    """Every device of this machine and how it is; ends with 1 when one is lost."""
    _module("devices.agent.tools", ["--socket", str(_socket(dir, socket)), "list"])


@devices.command()
def test(
    device: Annotated[str, typer.Argument(help="Its id in the office file.")],
    dir: DirOption = HERE,
    socket: SocketOption = None,
) -> None:
    """A test slip, the test pattern, or a few words; ends with 1 when it does not work."""
    _module("devices.agent.tools", ["--socket", str(_socket(dir, socket)), "test", device])


@devices.command()
def watch(dir: DirOption = HERE, socket: SocketOption = None) -> None:
    """One line for every change, until Ctrl-C."""
    _module("devices.agent.tools", ["--socket", str(_socket(dir, socket)), "watch"])


def _socket(directory: Path, socket: Path | None) -> Path:
    from queue_server.office_dir import OfficeDir
    from queue_server.up.programs import LOCAL_AGENT

    return socket or OfficeDir(directory.expanduser().absolute()).socket(LOCAL_AGENT)


def _module(module: str, arguments: list[str]) -> None:
    """In its own process: a machine with devices needs nothing of the server installed, nor the other way."""
    import os
    import sys
    from importlib.util import find_spec

    if find_spec("escpos") is None:
        fail("This machine has no escpos: pip install 'motcua[devices]'.")
    os.execv(sys.executable, [sys.executable, "-m", module, *arguments])
