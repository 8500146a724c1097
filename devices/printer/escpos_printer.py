"""A printer that speaks ESC/POS over any line: asks before, sends once, and believes only proof."""

import logging
from dataclasses import replace
from datetime import timedelta

from PIL import Image

from devices.health import LOST, Health
from devices.line import Line, LineDown
from devices.ports import Monotonic, Outcome
from devices.printer.encode import encode
from devices.printer.status import (
    ASK_CAUSE,
    ASK_ERROR,
    ASK_IN_TURN,
    ASK_ONLINE,
    ASK_PAPER,
    AUTOMATIC_STATUS,
    CLEAR_BUFFERS,
    Answers,
    Sorted,
    health_of,
    health_of_automatic,
    one_way,
    paper_of_turn_answer,
    sort,
    with_detail,
)

_log = logging.getLogger(__name__)

ANSWER_WITHIN = timedelta(milliseconds=700)
PROOF_WITHIN = timedelta(seconds=6)
"""A slip takes one to two seconds to come out."""
SHORT_PROOF_WITHIN = timedelta(seconds=1)
"""For a printer that has not been heard to answer in turn: it is asked each time, and not waited for long."""
_LAST_WORDS = 0.25
"""Seconds in which the order to forget a slip may leave: closing a serial port throws away what has not."""
_SLICE = 0.4
"""Seconds between looks at the paper while a slip comes out."""


class EscposPrinter:
    """`SlipPrinter` over a `Line`. For one thread."""

    def __init__(
        self,
        line: Line,
        dots: int,
        monotonic: Monotonic,
        *,
        answer_within: timedelta = ANSWER_WITHIN,
        proof_within: timedelta = PROOF_WITHIN,
        automatic_within: timedelta = ANSWER_WITHIN,
    ) -> None:
        """`automatic_within` is for the first automatic status of a line: who says nothing offers none."""
        self._line = line
        self._dots = dots
        self._monotonic = monotonic
        self._answer_within = answer_within.total_seconds()
        self._proof_within = proof_within.total_seconds()
        self._automatic_within = automatic_within.total_seconds()
        self._short_proof_within = min(SHORT_PROOF_WITHIN, proof_within).total_seconds()
        self._open = False
        self._answers_in_turn = True
        self._turns_owed = 0
        self._out_of_step = False
        self._automatic: bool | None = None
        """Whether automatic status is offered; None until it has been asked for on this line."""
        self._armed = False
        self._rest = b""
        self._told: bytes = b""

    @property
    def dots(self) -> int:
        return self._dots

    def health(self) -> Health:
        try:
            return self._ask_twice()
        except LineDown as down:
            self.close()
            return with_detail(LOST, str(down))

    def print_slip(self, image: Image.Image, job: str) -> Outcome:
        before = self.health()
        if (refusal := _refusal(before)) is not None:
            return refusal
        sent, self._armed = 0, False
        try:
            for piece in encode(image):
                self._line.write(piece)
                sent += 1
        except LineDown as down:
            _log.warning("printer gave up in mid-slip: job=%s reason=%s", job, down.reason)
            self._give_up()
            return Outcome("failed", down.reason, partial=sent > 0)
        if not self._line.two_way:
            return Outcome("unconfirmed", "no_proof")
        heard = before.fault != "no_answer" and self._answers_in_turn
        try:
            return self._proof(self._proof_within if heard else self._short_proof_within)
        except LineDown:
            self.close()
            return Outcome("unconfirmed", "offline")

    def news(self) -> Health | None:
        if not self._open or not self._armed or self._out_of_step:
            return None
        self._told = b""
        try:
            self._drain()
        except LineDown as down:
            self.close()
            return with_detail(LOST, str(down))
        return health_of_automatic(self._told) if self._told else None

    def close(self) -> None:
        self._line.close()
        self._open = False
        self._automatic, self._armed, self._rest = None, False, b""
        self._turns_owed = 0
        self._out_of_step = False

    def _ask_twice(self) -> Health:
        """A line that was left open may have been dropped meanwhile: one more try on a new one.

        So is a line on which an answer is still to come, which would be taken for the next one's.
        """
        if self._open and not self._out_of_step:
            try:
                return self._ask()
            except LineDown:
                pass
        self.close()
        self._line.open()
        self._open = True
        return self._ask()

    def _ask(self) -> Health:
        if not self._line.two_way:
            self._line.write(b"")
            return one_way()
        self._drain()
        online = self._status(ASK_ONLINE)
        cause = self._status(ASK_CAUSE)
        error = self._status(ASK_ERROR) if cause is not None and cause & 0x40 else None
        health = health_of(Answers(online, cause, error, self._status(ASK_PAPER)))
        if not self._out_of_step:
            self._arm()
        return health

    def _arm(self) -> None:
        """Asks for automatic status: once a line whether there is any, and again after each slip."""
        if self._armed or self._automatic is False:
            return
        self._armed, self._told = True, b""
        self._line.write(AUTOMATIC_STATUS)
        if self._automatic is None:
            until = self._monotonic() + self._automatic_within
            while not self._told and (left := until - self._monotonic()) > 0:
                self._sort(self._line.read(left))
            self._automatic = bool(self._told)
        self._armed = self._automatic

    def _drain(self) -> None:
        while arrived := self._line.read(0):
            self._sort(arrived)

    def _sort(self, arrived: bytes) -> Sorted:
        """A turn's answer that comes late must not be taken for the next job's."""
        found = sort(self._rest, arrived, self._armed)
        self._rest = found.rest
        if found.automatic:
            self._told = found.automatic[-1]
        self._turns_owed = max(0, self._turns_owed - len(found.turns))
        return found

    def _status(self, question: bytes) -> int | None:
        """The valid answer, None for none in time; then nothing more is asked on this line."""
        if self._out_of_step:
            return None
        self._line.write(question)
        until = self._monotonic() + self._answer_within
        while (left := until - self._monotonic()) > 0:
            statuses = self._sort(self._line.read(left)).statuses
            if statuses:
                return statuses[0]
        self._out_of_step = True
        return None

    def _proof(self, within: float) -> Outcome:
        """Waits for the answer that comes only after the slip, watching the paper meanwhile."""
        self._line.write(ASK_IN_TURN)
        self._turns_owed += 1
        until = self._monotonic() + within
        while (left := until - self._monotonic()) > 0:
            arrived = self._line.read(min(left, _SLICE))
            turns = self._sort(arrived).turns
            if turns and self._turns_owed == 0:
                self._answers_in_turn = True
                return self._judge(turns[-1])
            if not arrived and (refusal := self._stopped()) is not None:
                self._give_up()
                return replace(refusal, partial=True)
        self._answers_in_turn = False
        return Outcome("unconfirmed", "no_proof")

    def _stopped(self) -> Outcome | None:
        """Whether the printer says that it stopped in mid-slip."""
        owed = self._turns_owed
        cause, paper = self._status(ASK_CAUSE), self._status(ASK_PAPER)
        if self._turns_owed != owed:
            return None
        return _refusal(health_of(Answers(cause=cause, paper=paper)))

    def _judge(self, answer: int) -> Outcome:
        if paper_of_turn_answer(answer) == "out":
            return Outcome("unconfirmed", "paper_out")
        after = self._ask_twice()
        if after.fault == "no_answer":
            return Outcome("unconfirmed", "no_proof")
        refusal = _refusal(after)
        return Outcome("printed") if refusal is None else Outcome("unconfirmed", refusal.reason)

    def _give_up(self) -> None:
        try:
            self._line.write(CLEAR_BUFFERS)
            until = self._monotonic() + _LAST_WORDS
            while self._line.two_way and (left := until - self._monotonic()) > 0:
                self._line.read(left)
        except LineDown:
            _log.info("the line to the printer is gone")
        self.close()


def _refusal(health: Health) -> Outcome | None:
    """Why no slip can come out, None when one may."""
    if health.can_print:
        return None
    if health.paper == "out":
        return Outcome("failed", "paper_out")
    if health.cover == "open":
        return Outcome("failed", "cover_open")
    return Outcome("failed", "offline")
