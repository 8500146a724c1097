"""`motcua certs`: an authority of the office's own, and certificates for its pages and its broker."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from queue_server.commands.shared import HERE, DirOption, fail

if TYPE_CHECKING:
    from queue_server.broker.authority import Folder
    from queue_server.domain.office_config import OfficeConfig

certs = typer.Typer(
    help="An authority of the office's own, and certificates for its pages and its broker.",
    no_args_is_help=True,
)
NameOption = Annotated[
    list[str] | None, typer.Option("--name", help="Another host name or address it is reached under.")
]
SERVERS = ("web", "broker")
"""`web` is for the office file; `broker` for mosquitto, which runs as a user of its own."""


@certs.command()
def make(
    dir: DirOption = HERE,
    name: NameOption = None,
    new_authority: Annotated[bool, typer.Option(help="Replace the authority that is there.")] = False,
) -> None:
    """Make the authority if there is none yet, and certificates with the names in the office file."""
    from queue_server.broker import authority as a
    from queue_server.clock import SystemClock

    folder, config, now = _folder(dir), _config(dir), SystemClock().now()
    names = tuple(dict.fromkeys([*(name or ()), *_names(config)]))
    try:
        if new_authority or not folder.authority.certificate.exists():
            a.make_authority(folder, config.id, now)
        pairs = [a.make_server(folder, server, names, now) for server in SERVERS]
    except (a.NoAuthority, a.BadName) as problem:
        fail(str(problem))
    until = a.show(pairs[0].certificate).until
    typer.echo(f"For {', '.join(names)}, until {until:%Y-%m-%d}. In the office file:")
    typer.echo("  [listening]")
    typer.echo(f'  tls_certificate = "{pairs[0].certificate}"')
    typer.echo(f'  tls_key = "{pairs[0].key}"')
    typer.echo(f'  tls_ca = "{folder.authority.certificate}"')
    typer.echo(f"Copy {folder.authority.certificate} to every machine and phone that is to trust it.")
    typer.echo(f"Keep {folder.authority.key} off this machine: it is needed only to renew.")


@certs.command()
def renew(
    dir: DirOption = HERE,
    due: Annotated[bool, typer.Option("--due", help="Only those that end within 30 days.")] = False,
) -> None:
    """New keys and certificates for the same names, by the same authority. Restart server and broker then."""
    from queue_server.broker import authority as a
    from queue_server.clock import SystemClock

    folder, now, renewed = _folder(dir), SystemClock().now(), 0
    for server in SERVERS:
        pair = folder.pair(server)
        if not pair.there():
            continue
        try:
            before = a.show(pair.certificate)
            if due and not before.due(now):
                continue
            a.make_server(folder, server, before.names, now)
        except (a.NoAuthority, a.BadName, OSError, ValueError) as problem:
            fail(str(problem))
        renewed += 1
        typer.echo(f"{pair.certificate} is good until {a.show(pair.certificate).until:%Y-%m-%d}.")
    if not renewed:
        typer.echo("Nothing is due." if due else "Nothing to renew: see motcua certs make.")


@certs.command()
def issue(
    server: Annotated[str, typer.Argument(help="What to call the files, such as db or tivi.")],
    out: Annotated[Path, typer.Argument(help="Folder to write into.")],
    name: NameOption = None,
    dir: DirOption = HERE,
) -> None:
    """A certificate for a server on another machine, by the office's authority."""
    from queue_server.broker import authority as a
    from queue_server.clock import SystemClock

    if not name or server == "ca" or Path(server).name != server:
        fail("Say a plain name for the files, and with --name how the server is reached.", 2)
    try:
        pair = a.make_server(_folder(dir), server, name, SystemClock().now(), a.Folder(out))
    except (a.NoAuthority, a.BadName) as problem:
        fail(str(problem))
    typer.echo(f"Written: {pair.certificate} and {pair.key} (only you can read it).")


@certs.command()
def show(dir: DirOption = HERE) -> None:
    """Names, last day and fingerprint of the authority and its certificates. Exit 1 when one is due."""
    from queue_server.broker import authority as a
    from queue_server.clock import SystemClock

    folder, now, some_due = _folder(dir), SystemClock().now(), False
    for which in ("ca", *SERVERS):
        pair = folder.pair(which)
        if not pair.certificate.exists():
            typer.echo(f"{which:8} none")
            continue
        shown = a.show(pair.certificate)
        some_due = some_due or shown.due(now)
        left = "ended" if shown.until <= now else f"{shown.left(now).days} days left"
        typer.echo(f"{which:8} until {shown.until:%Y-%m-%d} ({left})  {', '.join(shown.names)}")
        typer.echo(f"{'':8} SHA-256 {shown.fingerprint}")
    raise typer.Exit(1 if some_due else 0)


def _folder(directory: Path) -> "Folder":
    from queue_server.broker.authority import Folder

    return Folder(directory.expanduser().absolute() / "tls")


def _config(directory: Path) -> "OfficeConfig":
    from queue_server.office_dir import OfficeDir
    from queue_server.office_file.load import load_office
    from queue_server.office_file.problems import OfficeFileError

    try:
        return load_office(OfficeDir(directory.expanduser().absolute()).office_file)
    except OfficeFileError as problem:
        fail(str(problem), 2)


def _names(config: "OfficeConfig") -> Iterator[str]:
    """How the office is reached, from its file and its machine; loopback last, for its own programs."""
    listening = config.listening
    found = [urlsplit(config.public_url).hostname if config.public_url else None]
    found += [urlsplit(f"//{where}").hostname for where in (listening.http, listening.mqtt)]
    if config.broker_url:
        found.append(urlsplit(config.broker_url).hostname)
    found += [socket.gethostname(), "localhost", "127.0.0.1", "::1"]
    everywhere = {"0.0.0.0", "::"}
    for one in found:
        if one and one not in everywhere:
            yield one
