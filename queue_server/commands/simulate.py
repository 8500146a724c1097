"""`motcua simulate`: a realistic day against the running office; `compare`, `backtest`: days without one."""

from pathlib import Path
from typing import Annotated

import typer

from queue_server.commands.backtest import backtest
from queue_server.commands.compare import compare
from queue_server.commands.screen import console
from queue_server.commands.shared import HERE, DirOption, fail, running_office

simulate = typer.Typer(
    help="Play a day against the running office; compare policies and plans without one.",
    invoke_without_command=True,
)
simulate.command()(compare)
simulate.command()(backtest)


@simulate.callback()
def play(
    context: typer.Context,
    dir: DirOption = HERE,
    speed: Annotated[float, typer.Option(help="Seconds of the day in one real second.")] = 60.0,
    seed: Annotated[int, typer.Option(help="The same seed is the same day.")] = 1,
    visits: Annotated[int, typer.Option(help="How many citizens come.")] = 150,
    office: Annotated[Path | None, typer.Option(help="The office file, for its hours and times.")] = None,
) -> None:
    """Play a day of citizens and officers through the public contract, with a summary at the end."""
    if context.invoked_subcommand is not None:
        return
    from queue_server.link.ports import Credentials
    from queue_server.office_dir import OPERATOR, DirectoryTrouble, OfficeDir
    from queue_server.office_file.load import load_office
    from queue_server.office_file.problems import OfficeFileError
    from queue_server.simulator import NoOffice, run

    if speed <= 0 or visits < 1:
        fail("--speed and --visits must be more than 0.", 2)
    noted = running_office(dir)
    try:
        account = OfficeDir(dir).account(OPERATOR)
        config = load_office(office) if office else None
        run(
            noted.broker,
            Credentials(account.user, account.password),
            noted.office,
            speed=speed,
            seed=seed,
            visits=visits,
            console=console,
            config=config,
        )
    except (NoOffice, DirectoryTrouble, OfficeFileError) as problem:
        fail(str(problem))
