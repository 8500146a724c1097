"""`motcua server`: an office waits for it, so nothing is imported here that it can start without."""

from pathlib import Path
from typing import Annotated

import typer

from queue_server.commands.shared import HERE, DirOption, address


def server(
    dir: DirOption = HERE,
    office: Annotated[Path | None, typer.Option(help="The office file (TOML).")] = None,
    http: Annotated[str | None, typer.Option(help="HOST:PORT of the pages.")] = None,
    mqtt: Annotated[str, typer.Option(help="HOST:PORT where the broker listens.")] = "127.0.0.1:1883",
    mqtt_ca: Annotated[Path | None, typer.Option(help="Authority to trust, for a broker with TLS.")] = None,
    demo: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """Run the queue server by itself; the broker must be there already."""
    from queue_server.commands import lean

    lean.begin()
    from queue_server import main as server_main
    from queue_server.commands.watchdog import watch

    root = dir.expanduser().absolute()
    options = server_main.Options(
        root,
        office.expanduser().absolute() if office else root / "office.toml",
        address(http, "--http") if http else None,
        address(mqtt, "--mqtt"),
        mqtt_ca.expanduser().absolute() if mqtt_ca else None,
        demo,
    )
    watch(root)
    raise typer.Exit(server_main.main(options))


def alone() -> None:
    """The command by itself, named as in the whole tree."""
    app = typer.Typer(name="motcua", add_completion=False, pretty_exceptions_enable=False)
    app.callback()(lambda: None)
    app.command()(server)
    app()
