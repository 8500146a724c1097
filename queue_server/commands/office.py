"""`motcua office check FILE`: every mistake of an office file at once."""

from pathlib import Path
from typing import Annotated

import typer

from queue_server.commands.shared import fail

office = typer.Typer(help="The office file.", no_args_is_help=True)


@office.command()
def check(
    file: Annotated[Path, typer.Argument(help="The office file (TOML).")],
    language: Annotated[str, typer.Option(help="vi or en.")] = "vi",
) -> None:
    """Say everything that is wrong with an office file; exit 2 when the office would not start."""
    from queue_server.office_file.load import check_office
    from queue_server.office_file.problems import lines

    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        fail(f"{file}: {problem}", 2)
    config, problems = check_office(text, str(file), file.parent)
    for line in lines(problems, language):
        typer.echo(line)
    if config is None:
        raise typer.Exit(2)
    words = "dịch vụ, {} quầy: tệp dùng được." if language == "vi" else "services, {} counters: usable."
    typer.echo(f"{file}: {len(config.services)} {words.format(len(config.counters))}")
