"""What the subcommands share: where the office is, one-line failures, a connection as the operator."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from queue_server.office_dir import Running

HERE = Path("motcua-office")
DirOption = Annotated[
    Path, typer.Option("--dir", help="Where the office keeps its books.", envvar="MOTCUA_DIR")
]


def fail(sentence: str, code: int = 1) -> NoReturn:
    """One line on standard error, and a non-zero exit."""
    typer.echo(sentence, err=True)
    raise typer.Exit(code)


@contextmanager
def plain_failures() -> Iterator[None]:
    """A disk or database that fails inside is one line on standard error and exit 1, and no traceback: that
    would show what the database was asked, with people's names in it."""
    try:
        yield
    except OSError as problem:
        where = f"{problem.filename}: " if problem.filename else ""
        _end(f"{where}{problem.strerror or problem}.")
    except Exception as problem:
        database = sys.modules.get("queue_server.storage.database")
        if database is None or not isinstance(problem, database.database_errors()):
            raise
        said = str(getattr(problem, "orig", None) or problem).strip().partition("\n")[0]
        _end(
            f"The database failed ({said}): try again; if it stays so, see motcua journal verify and restore."
        )


def _end(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    sys.exit(1)


def address(text: str, what: str) -> tuple[str, int]:
    """`HOST:PORT` or `PORT`; anything else ends the command with a sentence."""
    host, _, port = text.rpartition(":")
    if not port.isdigit() or not 0 < int(port) < 65536:
        fail(f"{what} {text!r} is not HOST:PORT: write for example 127.0.0.1:8080.", 2)
    return host.strip("[]") or "127.0.0.1", int(port)


def running_office(directory: Path) -> "Running":
    """What the running server noted of itself; ends the command when none runs."""
    from queue_server.office_dir import DirectoryTrouble, OfficeDir

    try:
        return OfficeDir(directory.expanduser().absolute()).noted_running()
    except DirectoryTrouble as problem:
        fail(str(problem))


class Operator:
    """Asks requests of the contract with the operator's account."""

    def __init__(self, directory: Path) -> None:
        from queue_server.clock import new_id
        from queue_server.contract.topics import Topics
        from queue_server.link.client import PahoLink
        from queue_server.link.ports import Credentials
        from queue_server.link.requests import Requester
        from queue_server.office_dir import OPERATOR, DirectoryTrouble, OfficeDir

        noted = running_office(directory)
        try:
            account = OfficeDir(directory).account(OPERATOR)
        except DirectoryTrouble as problem:
            fail(str(problem))
        self.topics = Topics(noted.office)
        self._new_id, self._user = new_id, account.user
        self.link = PahoLink(
            noted.broker,
            f"{account.user}-{new_id()}",
            Credentials(account.user, account.password),
        )
        self._requester = Requester(self.link, self.topics.reply(account.user), _id_of)

    def ask(self, verb: str, fields: dict[str, Any], wait: timedelta) -> dict[str, Any]:
        """The reply. Raises link.requests.NoReply."""
        id_ = str(fields.get("id") or self._new_id())
        body = json.dumps({**fields, "id": id_}, ensure_ascii=False).encode()
        topic = self.topics.request(self._user, verb)
        answer: dict[str, Any] = json.loads(self._requester.ask(topic, body, id_, wait))
        return answer


@contextmanager
def operator(directory: Path) -> Iterator[Operator]:
    """A connected operator."""
    asking = Operator(directory)
    asking.link.start()
    try:
        yield asking
    finally:
        asking.link.stop(timedelta(seconds=0.5))


def _id_of(payload: bytes) -> str | None:
    try:
        id_ = json.loads(payload).get("id")
    except (ValueError, AttributeError):
        return None
    return id_ if isinstance(id_, str) else None
