"""What `motcua doctor` reads in the books: a clock in doubt, papers not home, missing second factors."""

import json
from collections.abc import Iterator
from pathlib import Path

from queue_server.commands.finding import Finding


def clock_in_doubt(root: Path) -> Iterator[Finding]:
    """Whether the server waits for a person to confirm its clock: no numbers are given until then."""
    from queue_server.commands.journal import database_of
    from queue_server.domain.evolve import evolve
    from queue_server.storage.journal import SqlJournal

    _, database = database_of(root, must_exist=False)
    if database.is_sqlite and not database.path.exists():
        return
    office, later = SqlJournal(database).load()
    for one in later:
        office = evolve(office, one.event, at=one.at, seq=one.seq, command_id=one.command_id)
    if office.clock_doubt:
        mend = "Compare with a watch, then confirm on /admin/hours: Giờ đúng, xác nhận."
        yield Finding("server's clock", False, f"in doubt ({office.clock_doubt}): no numbers are given", mend)
    if office.day_closed:
        yield Finding("day", None, f"the books of {office.day} are closed")


def papers(root: Path) -> Iterator[Finding]:
    """Numbers that this machine's kiosks gave by themselves and have not brought home."""
    for path in sorted(root.glob("kiosks/*/offline/papers.journal")):
        given, home = set(), set()
        for line in path.read_text("utf-8", "replace").splitlines():
            fact = _fact(line)
            if fact.get("kind") == "paper":
                given.add(fact.get("request", ""))
            elif fact.get("kind") == "home":
                home.add(fact.get("request", ""))
        waiting = len(given - home)
        if waiting:
            kiosk = path.parent.parent.name
            mend = f"Start {kiosk} with the server running: it brings them by itself."
            yield Finding(f"papers of {kiosk}", None, f"{waiting} given without the server, not home", mend)


def _fact(line: str) -> dict[str, str]:
    """A line of a kiosk's journal without its check; a torn one is nothing."""
    try:
        found = json.loads(line.split(" ", 1)[1])
    except (IndexError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def second_factors(root: Path) -> Iterator[Finding]:
    """Roles that `[staff] second_factor` names, and who of them has none yet; by sign-in name."""
    from queue_server.commands.accounts import accounts_of
    from queue_server.office_dir import OfficeDir
    from queue_server.office_file.load import load_office

    path = OfficeDir(root).office_file
    needed = load_office(path).staff.second_factor if path.exists() else frozenset()
    if not needed:
        return
    mine = [one for one in accounts_of(root).all() if one.role.value in needed and not one.disabled]
    without = [one.login for one in mine if not one.second_factor]
    if without:
        mend = "They enrol at their next sign-in; nobody works before that."
        yield Finding("second factors", None, f"not yet: {', '.join(without)}", mend)
    else:
        yield Finding("second factors", True, f"{len(mine)} accounts")
