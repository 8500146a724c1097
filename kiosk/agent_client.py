"""Slips through this machine's device agent, which alone owns the printer."""

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event

from devices.agent.client import AgentAway, AgentClient
from kiosk.ports import SlipOutcome
from queue_server.contract.states import PrintJob

_log = logging.getLogger(__name__)

ANSWER_WITHIN = timedelta(seconds=20)
"""A slip at 9600 baud takes longer than anybody waits; the agent's own time-outs are shorter than this."""
AGAIN_AFTER = timedelta(seconds=0.5)
CONNECT_TRIES = 3


class AgentPrinter:
    """`kiosk.ports.SlipPrinter`. `monotonic` is in seconds."""

    def __init__(
        self,
        socket: Path | None,
        monotonic: Callable[[], float],
        answer_within: timedelta = ANSWER_WITHIN,
        again_after: timedelta = AGAIN_AFTER,
    ) -> None:
        self._socket, self._monotonic = socket, monotonic
        self._answer_within, self._again_after = answer_within, again_after

    def print(self, job: PrintJob) -> SlipOutcome:
        """Asks under the same job until there is an outcome: the agent prints once and answers again.

        An agent that cannot be reached is failed/offline; one that took the job and never answered is
        unconfirmed/timeout, since paper may have come out.
        """
        if self._socket is None:
            return SlipOutcome("failed", "offline")
        until = self._monotonic() + self._answer_within.total_seconds()
        asked, tries = False, 0
        while (left := until - self._monotonic()) > 0:
            try:
                with AgentClient(self._socket, timedelta(seconds=left)) as agent:
                    asked = True
                    answer = agent.print_slip(job)
                return SlipOutcome(answer.outcome, answer.reason, answer.printer)
            except AgentAway as away:
                tries += 1
                _log.warning("slip %s: the device agent is away (%s)", job.id, away)
            except ValueError as refused:
                _log.error("slip %s: the device agent did not understand: %s", job.id, refused)
                return SlipOutcome("failed", "unknown")
            if not asked and tries >= CONNECT_TRIES:
                break
            Event().wait(min(self._again_after.total_seconds(), left))
        return SlipOutcome("unconfirmed", "timeout") if asked else SlipOutcome("failed", "offline")
