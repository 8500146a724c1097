"""Brings the kiosk's papers home: asks for granted numbers, and gives the papers back in order of issue."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

from kiosk.offline.desk import OfflineDesk
from kiosk.offline.homing import Again, Doubled, Merged, Refused, named, verdict
from kiosk.offline.papers import Paper
from queue_server.contract import requests as r
from queue_server.contract.replies import Reply

_log = logging.getLogger(__name__)

ASK_FOR = timedelta(seconds=5)
PAUSE_S = 1.0
"""Between looks at whether there is something to do."""
LATER_S = 5.0
"""Until a paper that was refused for now, or a grant that does not come, is asked for again."""


class Ask(Protocol):
    def __call__(self, verb: str, request: r.Request, within: timedelta) -> Reply | None:
        """The reply within this time, None without one."""


class Homeward:
    """One thread. `ready` says whether the server can be asked; `home` is called after each paper."""

    def __init__(
        self,
        desk: OfflineDesk,
        kiosk: str,
        ask: Ask,
        ready: Callable[[], bool],
        new_id: Callable[[], str],
        home: Callable[[], None],
        fault: Callable[[str], None],
    ) -> None:
        self._desk, self._kiosk, self._ask, self._ready = desk, kiosk, ask, ready
        self._new_id, self._home, self._fault = new_id, home, fault
        self._stopping, self._stirred = threading.Event(), threading.Event()
        self._not_before = 0.0
        self._new_contact = True
        """The server's time is to be measured, as after every time it was away."""

    def start(self) -> None:
        threading.Thread(target=self._run, name="kiosk-homeward", daemon=True).start()

    def stop(self) -> None:
        self._stopping.set()
        self._stirred.set()

    def stir(self) -> None:
        """The server came back, or there is a new paper."""
        self._not_before, self._new_contact = 0.0, True
        self._stirred.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._stirred.wait(PAUSE_S)
            self._stirred.clear()
            try:
                self.look()
            except Exception:
                _log.exception("homeward: goes on")

    def look(self) -> None:
        """What is to be done now: ask for numbers, bring the open papers home; stops at what must wait."""
        steady = self._desk.moment().steady_s
        if self._stopping.is_set() or not self._ready() or steady < self._not_before:
            return
        if not (self._new_contact or self._desk.wants_grant() or self._desk.papers_out()):
            return
        if not self._reached():
            self._not_before = steady + PAUSE_S
            return
        self._new_contact = False
        self._not_before = steady + LATER_S if self._desk.wants_grant() else 0.0
        while not self._stopping.is_set() and (letters := self._desk.letters_home()):
            paper, letter = letters[0]
            if not self._bring(paper, letter):
                self._not_before = self._desk.moment().steady_s + LATER_S
                return

    def _reached(self) -> bool:
        """Asks for today's numbers; the reply's delay tells what time it is there."""
        sent = self._desk.moment()
        reply = self._ask("want-grant", r.WantGrant(id=self._new_id(), kiosk=self._kiosk), ASK_FOR)
        if reply is None:
            return False
        self._desk.heard_reply(sent, reply.at)
        return True

    def _bring(self, paper: Paper, letter: r.MergeOffline) -> bool:
        """Whether to go on with what is open now; the paper then has another id or is home."""
        reply = self._ask("merge-offline", letter, ASK_FOR)
        if reply is None:
            return False
        match verdict(paper, self._desk.tries(paper), reply):
            case Merged(ticket=ticket):
                return self._is_home(paper, ticket)
            case Doubled(ticket=ticket):
                return self._name(letter, ticket) and self._is_home(paper, ticket)
            case Again(another_id=another_id, at_once=at_once):
                kept = self._desk.refused_once(paper) if another_id else True
                return kept and at_once
            case Refused(code=code):
                _log.error("paper %s of request %s was refused: %s", paper.number, paper.request, code)
                kept = self._desk.given_up(paper, code)
                if kept:
                    self._fault(f"paper_{paper.number}_{code}")
                self._home()
                return kept

    def _name(self, letter: r.MergeOffline, ticket: str) -> bool:
        """The paper's number as the second one of a ticket the server had issued itself."""
        request = r.GiveAlias(
            id=self._new_id(),
            ticket=ticket,
            number=letter.number,
            issued_at=letter.issued_at,
            estimated=letter.estimated,
            kiosk=self._kiosk,
        )
        reply = self._ask("give-alias", request, ASK_FOR)
        return reply is not None and named(reply)

    def _is_home(self, paper: Paper, ticket: str) -> bool:
        if not self._desk.went_home(paper, ticket):
            return False
        _log.info("paper %s is home", paper.number)
        self._home()
        return True
