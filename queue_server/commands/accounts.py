"""`motcua account list|reset`: when nobody can sign in any more, whoever owns the machine can."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from queue_server.commands.journal import database_of
from queue_server.commands.shared import HERE, DirOption, fail

if TYPE_CHECKING:
    from queue_server.storage.accounts import SqlAccounts

account = typer.Typer(help="Accounts, from the machine itself.", no_args_is_help=True)


@account.command("list")
def list_(dir: DirOption = HERE) -> None:
    """Sign-in names and roles, without anybody's name."""
    for one in accounts_of(dir).all():
        state = "disabled" if one.disabled else "locked" if one.locked_until else "active"
        typer.echo(f"{one.login:24} {one.role.value:16} {state}")


@account.command()
def reset(
    login: Annotated[str, typer.Argument(help="The sign-in name.")],
    dir: DirOption = HERE,
    second_factor: Annotated[bool, typer.Option(help="Take its second factor off too.")] = False,
) -> None:
    """Give an account a one-time password, unlock and enable it. The password is shown once, here."""
    from queue_server.clock import SystemClock, secret

    accounts = accounts_of(dir)
    found = next((one for one in accounts.all() if one.login == login), None)
    if found is None:
        fail(f"There is no account {login!r}: see motcua account list.")
    password = secret()
    accounts.set_password(found.id, password, SystemClock().now(), must_change=True)
    accounts.update(found.id, disabled=False)
    accounts.unlock(found.id)
    if second_factor:
        accounts.remove(found.id)
    typer.echo(f"{login} {password}")


def accounts_of(dir: Path) -> "SqlAccounts":
    """The accounts of the office in a directory."""
    from queue_server.clock import new_id, random_below, secret
    from queue_server.storage.accounts import SqlAccounts
    from queue_server.storage.keys import Keys

    office, database = database_of(dir)
    return SqlAccounts(database, Keys.open(office.secrets), new_id=new_id, secret=secret, below=random_below)
