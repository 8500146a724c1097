"""`motcua up`, `kiosk`, `display`: the programs, together or each on its own machine."""

from pathlib import Path
from typing import Annotated

import typer

from queue_server.commands.shared import HERE, DirOption, address, fail


def up(
    dir: DirOption = HERE,
    office: Annotated[Path | None, typer.Option(help="The office file (TOML).")] = None,
    http: Annotated[str | None, typer.Option(help="HOST:PORT of the pages.")] = None,
    mqtt: Annotated[str | None, typer.Option(help="HOST:PORT of the broker.")] = None,
    headless: Annotated[bool, typer.Option(help="Open no kiosk window.")] = False,
    demo: Annotated[bool, typer.Option(help="Demo officers and the page /demo.")] = False,
) -> None:
    """Start the whole office on this machine: broker, server, device agent, kiosk."""
    from queue_server.commands.watchdog import watch
    from queue_server.up.office import OfficeUp, UpOptions, UpTrouble

    options = UpOptions(
        dir.expanduser().absolute(),
        office.expanduser().absolute() if office else None,
        address(http, "--http") if http else None,
        address(mqtt, "--mqtt") if mqtt else None,
        headless,
        demo,
    )
    running, watchdog = OfficeUp(options, typer.echo), watch(options.directory)
    try:
        running.start()
    except UpTrouble as problem:
        fail(str(problem))
    try:
        running.wait()
    finally:
        if watchdog is not None:
            watchdog.stop()
        running.stop()
    raise typer.Exit(running.exit_code)


PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
"""The kiosk reads its own arguments, so that it runs without the server installed."""


def kiosk(context: typer.Context) -> None:
    """Run the kiosk by itself on its own machine (motcua kiosk --help)."""
    _run_module("kiosk.main", context.args, "kiosk")


def _run_module(module: str, arguments: list[str], extra: str) -> None:
    import os
    import sys
    from importlib.util import find_spec

    if find_spec("kivy") is None:
        if sys.version_info >= (3, 14):
            fail("Kivy has no build for Python 3.14 yet: use Python 3.11, 3.12 or 3.13 for the kiosk.")
        fail(f"This machine has no kivy: pip install 'motcua[{extra}]'.")
    os.execv(sys.executable, [sys.executable, "-m", module, *arguments])


def display(
    server: Annotated[str, typer.Option(help="Address of the pages.")] = "http://127.0.0.1:8080",
    path: Annotated[str, typer.Option(help="Which display; /display asks for pairing.")] = "/display",
    sound_check: Annotated[bool, typer.Option(help="Check that every call can be spoken, and stop.")] = False,
    office: Annotated[Path | None, typer.Option(help="Office file for --sound-check.")] = None,
    dir: DirOption = HERE,
) -> None:
    """Show a hall or counter display full screen in Chromium, with sound."""
    if sound_check:
        _sound_check(office or dir / "office.toml", dir)
    import os
    import shutil

    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        fail(f"No Chromium here: apt-get install chromium, or open {server}{path} in any browser.")
    profile = dir.expanduser().absolute() / "display-profile"
    flags = ["--kiosk", "--noerrdialogs", "--disable-session-crashed-bubble", "--no-first-run",
             "--autoplay-policy=no-user-gesture-required", f"--user-data-dir={profile}"]  # fmt: skip
    os.execv(browser, [browser, *flags, f"{server}{path}"])


def _sound_check(office_file: Path, directory: Path) -> None:
    from assets.clips import ClipStore
    from queue_server.office_file.load import load_office
    from queue_server.office_file.problems import OfficeFileError
    from queue_server.web.hall.announce import sound_check

    try:
        config = load_office(office_file)
    except OfficeFileError as problem:
        fail(str(problem), 2)
    missing = sound_check(config, ClipStore(directory / "sounds"))
    for clip in missing:
        typer.echo(f"silent or missing: {clip}")
    if missing:
        raise typer.Exit(1)
    typer.echo("Every number, letter and counter of the office can be spoken.")
    raise typer.Exit(0)
