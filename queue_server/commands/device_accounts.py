"""`motcua broker accounts|rotate|revoke|allow`: who may connect to the broker, changed while it runs."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from queue_server.commands.contract import broker
from queue_server.commands.shared import HERE, DirOption, fail

UserArgument = Annotated[str, typer.Argument(help="The account, named after its device.")]


__all__ = ["broker"]


@broker.command("accounts")
def accounts(dir: DirOption = HERE) -> None:
    """Every account of a device or program and whether it may connect, without passwords."""
    from queue_server.office_dir import DirectoryTrouble, OfficeDir

    try:
        written = OfficeDir(dir.expanduser().absolute()).written_accounts()
    except DirectoryTrouble as problem:
        fail(str(problem))
    for one in written:
        typer.echo(f"{one.user:24} {one.kind:10} {'revoked' if one.revoked else 'active'}")


@broker.command()
def rotate(user: UserArgument, dir: DirOption = HERE) -> None:
    """Give an account a new password; whoever still uses the old one is disconnected within two seconds."""
    _change(dir, "rotate", user)
    typer.echo(f"{user} has a new password, in secrets/devices.json. Copy it to that device's machine.")
    _say_where()


@broker.command()
def revoke(user: UserArgument, dir: DirOption = HERE) -> None:
    """Shut a lost or stolen device out, within two seconds."""
    _change(dir, "revoke", user)
    typer.echo(f"{user} is shut out. motcua broker allow {user} lets it in again, with a new password.")
    _say_where()


@broker.command()
def allow(user: UserArgument, dir: DirOption = HERE) -> None:
    """Let a revoked device in again, with a new password."""
    _change(dir, "allow_again", user)
    typer.echo(f"{user} may connect with its new password, in secrets/devices.json.")
    _say_where()


def _change(directory: Path, what: str, user: str) -> None:
    from queue_server.clock import secret
    from queue_server.office_dir import DirectoryTrouble, OfficeDir

    office = OfficeDir(directory.expanduser().absolute())
    changes: dict[str, Callable[..., object]] = {
        "rotate": office.rotate,
        "revoke": office.revoke,
        "allow_again": office.allow_again,
    }
    try:
        changes[what](user, secret)
    except DirectoryTrouble as problem:
        fail(str(problem))


def _say_where() -> None:
    typer.echo(
        "motcua up carries this out by itself. With mosquitto: motcua broker config, reload it, and start "
        "the server again."
    )
