"""Real kiosks without their glass: the kiosk's whole program, touched by a script, in one process.

`python -m tests.torture.glass glass PLAN`. Each writes to its log what its citizens saw, before they go on.
Outbox, offline journal and prints lie on the disk, so that a kill -9 is taken up by the next start.
"""

import json
import random
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from devices import clock
from kiosk.agent_client import AgentPrinter
from kiosk.config import KioskConfig
from kiosk.main import Program, link_of
from kiosk.offline.lines import fact_of
from kiosk.offline.papers import folded
from kiosk.ports import Present, SessionStore
from kiosk.session import actions as touch
from kiosk.session.state import Home, Issuing, Priority, Services, Session, Ticket
from queue_server.link.ports import Address, Credentials
from queue_server.speech.phrases import Clip
from tests.torture.people import Journal

LOOK_S = 0.05
SLIP_WITHIN_S = 4.0
"""A citizen waits so long for the paper and then goes."""


class Silence:
    """A loudspeaker nobody plugged in."""

    def say(self, clips: Sequence[Clip], ended: Callable[[], None]) -> None:
        ended()

    def hush(self) -> None:
        """Nothing is playing."""

    def beep(self, sound: str) -> None:
        """Nobody hears it."""


class Citizens:
    """`kiosk.ports.Window`: one citizen after another until `quiet` is there and `settled` says so."""

    def __init__(
        self, user: str, log: Journal, chance: random.Random, quiet: Path, settled: Callable[[], bool]
    ) -> None:
        self.speaker, self._user = Silence(), user
        self._log, self._chance, self._quiet, self._settled = log, chance, quiet, settled
        self._over = threading.Event()
        self._seen = ""
        self._since = 0.0

    def __call__(
        self,
        store: SessionStore,
        present: Present,
        now: Callable[[], datetime],
        on_ready: Callable[[Callable[[], None]], None],
    ) -> int:
        on_ready(self._over.set)
        while not self._over.wait(LOOK_S):
            session = store.session
            present(session, now())
            if isinstance(session.place, Home) and self._quiet.exists():
                if self._settled():
                    return 0
                continue
            done = self._touch(session)
            if done is not None:
                store.dispatch(touch.Touched())
                store.dispatch(done)
        return 0

    def _touch(self, session: Session) -> touch.Press | None:
        """What the citizen touches on this screen, None to look on."""
        if session.overlay is not None:
            return touch.StillHere()
        match session.place:
            case Home():
                return touch.TakeNumber() if self._chance.random() < 0.3 else None
            case Services():
                known = sorted(session.world.services)
                return touch.ChooseService(self._chance.choice(known)) if known else touch.GoHome()
            case Priority():
                return touch.ChoosePriority(None)
            case Issuing():
                return None
            case Ticket() as ticket:
                return self._at_the_ticket(ticket)
            case _:
                return touch.GoHome()

    def _at_the_ticket(self, ticket: Ticket) -> touch.Press | None:
        seen = ticket.issued.ticket
        if seen.ticket != self._seen:
            self._seen, self._since = seen.ticket, clock.monotonic()
            self._log(
                do="seen", user=self._user, ticket=seen.ticket, number=seen.number, job=ticket.issued.job
            )
        if ticket.slip.state == "printing" and clock.monotonic() - self._since < SLIP_WITHIN_S:
            return None
        if ticket.slip.state == "failed" and ticket.slip.prints < 3 and self._chance.random() < 0.5:
            return touch.RetryPrint()
        return touch.Finish()


def settled(state: Path) -> bool:
    """Whether nothing of this kiosk is still to be told to the office."""
    letters = [path for part in ("outbox", "prints") for path in (state / part).glob("*.json")]
    papers = state / "offline" / "papers.journal"
    lines = papers.read_text("utf-8", "replace").splitlines() if papers.exists() else []
    book = folded(fact for fact in map(fact_of, lines) if fact is not None)
    return not letters and not book.open


def kiosk(plan: dict[str, Any], user: str, chance: random.Random) -> None:
    """One kiosk from start to quiet."""
    state = Path(plan["state"]) / user
    state.mkdir(parents=True, exist_ok=True)
    config = KioskConfig(
        Address("127.0.0.1", plan["port"]),
        plan["office"],
        user,
        Credentials(user, plan["accounts"][user]),
        agent_socket=Path(plan["socket"]),
        state_dir=state,
    )
    log = Journal(Path(plan["logs"]) / f"{user}.jsonl")
    window = Citizens(user, log, chance, Path(plan["quiet"]), lambda: settled(state))
    printer = AgentPrinter(config.agent_socket, clock.monotonic)
    Program(config, link_of(config), printer, window, agent_socket=config.agent_socket).run()


def main(plan: dict[str, Any]) -> None:
    chance = random.Random()
    running = [
        threading.Thread(target=kiosk, args=(plan, user, random.Random(chance.random())))
        for user in plan["glass"]
    ]
    for one in running:
        one.start()
    for one in running:
        one.join()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main(json.loads(Path(sys.argv[2]).read_text()))
