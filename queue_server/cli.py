"""The one command, `motcua`. Imports are made when a subcommand needs them."""

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

app = typer.Typer(
    name="motcua",
    help="Citizen kiosk and queue of a one-stop office.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

DirOption = Annotated[
    Path, typer.Option("--dir", help="Where the office keeps its books.", envvar="MOTCUA_DIR")
]
HERE = Path("motcua-office")


def fail(sentence: str, code: int = 1) -> NoReturn:
    """One line on standard error, and a non-zero exit."""
    typer.echo(sentence, err=True)
    raise typer.Exit(code)


@app.command()
def up(
    dir: DirOption = HERE,
    office: Annotated[Path | None, typer.Option(help="The office file (TOML).")] = None,
    http: Annotated[str | None, typer.Option(help="HOST:PORT of the pages.")] = None,
    mqtt: Annotated[str | None, typer.Option(help="HOST:PORT of the broker.")] = None,
    headless: Annotated[bool, typer.Option(help="Open no kiosk window.")] = False,
    demo: Annotated[bool, typer.Option(help="Demo officers and the page /demo.")] = False,
) -> None:
    """Start the whole office on this machine: broker, server, device agent, kiosk."""
    from queue_server.up.office import OfficeUp, UpOptions, UpTrouble, address

    try:
        options = UpOptions(
            dir.expanduser(),
            office,
            address(http, "--http") if http else None,
            address(mqtt, "--mqtt") if mqtt else None,
            headless,
            demo,
        )
        running = OfficeUp(options, typer.echo)
        running.start()
    except UpTrouble as problem:
        fail(str(problem))
    try:
        running.wait()
    finally:
        running.stop()
    raise typer.Exit(running.exit_code)


@app.command()
def server(
    dir: DirOption = HERE,
    office: Annotated[Path | None, typer.Option(help="The office file (TOML).")] = None,
    http: Annotated[str, typer.Option(help="HOST:PORT of the pages.")] = "127.0.0.1:8080",
    mqtt: Annotated[str, typer.Option(help="HOST:PORT where the broker listens.")] = "127.0.0.1:1883",
    demo: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """Run the queue server by itself; the broker must be there already."""
    from queue_server import main as server_main
    from queue_server.up.office import UpTrouble, address

    try:
        options = server_main.Options(
            dir.expanduser(),
            office or dir.expanduser() / "office.toml",
            address(http, "--http"),
            address(mqtt, "--mqtt"),
            demo,
        )
    except UpTrouble as problem:
        fail(str(problem))
    raise typer.Exit(server_main.main(options))


def main() -> None:
    """The console script."""
    app()


if __name__ == "__main__":
    sys.exit(app())
