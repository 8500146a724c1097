"""Does what the reducer decided, and brings what became of it back as actions."""

import logging
import queue
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import assert_never

from kiosk.ports import Asked, Found, Office, SlipOutcome, SlipPrinter, Sought, Speaker
from kiosk.prints import Prints
from kiosk.session import effects as do
from kiosk.session.actions import Action
from kiosk.session.heard import (
    HelpTold,
    IssueAnswered,
    IssueLate,
    IssueRefused,
    LookAnswered,
    LookRefused,
    RequestMade,
    SlipFailed,
    SlipPrinted,
    SlipUnconfirmed,
    SpeechEnded,
    TicketStands,
)
from queue_server.contract.states import PrintJob
from queue_server.contract.values import DossierSlip

_log = logging.getLogger(__name__)

SLIP_LIFE = timedelta(seconds=60)
"""A slip nobody waits for any more is not printed into the next visit."""
ASK_AGAIN_S = 3.0
"""Between two questions to an agent that is away what became of an earlier run's slip."""
AGAIN_AT_MOST = 100


class Effects:
    """Performs one effect after another, quickly: what takes time runs on threads of its own."""

    def __init__(
        self,
        office: Office,
        printer: SlipPrinter,
        speaker: Speaker,
        new_id: Callable[[], str],
        now: Callable[[], datetime],
        start_again: Callable[[], None],
        dispatch: Callable[[Action], None],
        prints: Prints | None = None,
    ) -> None:
        self._office, self._printer, self._speaker = office, printer, speaker
        self._new_id, self._now = new_id, now
        self._start_again, self._dispatch = start_again, dispatch
        self._prints, self._stopping = prints or Prints(None), threading.Event()
        self._press = Press(printer, self._printed)

    def start(self) -> None:
        """The office hears what became of the slips of an earlier run, as soon as the agent knows."""
        left = tuple(self._prints.left_over())
        if left:
            threading.Thread(target=self._finish, args=(left,), name="kiosk-prints", daemon=True).start()

    def stop(self) -> None:
        """Nothing more is printed or said."""
        self._stopping.set()
        self._press.stop()
        self._speaker.hush()

    def _finish(self, left: tuple[PrintJob, ...]) -> None:
        """The agent prints a job once and answers again; what had not begun in time stays unprinted."""
        for job in left:
            outcome = self._printer.print(job)
            for _ in range(AGAIN_AT_MOST):
                if outcome not in (SlipOutcome("failed", "offline"), SlipOutcome("unconfirmed", "timeout")):
                    break
                if self._stopping.wait(ASK_AGAIN_S):
                    return
                outcome = self._printer.print(job)
            reprint = not isinstance(job.slip, DossierSlip) and job.slip.reprint
            self._tell(do.TellSlip(job.ticket, job.id, outcome.state, outcome.reason, reprint))

    def _tell(self, told: do.TellSlip) -> None:
        self._office.slip_done(told)
        self._prints.told(told.job)

    def perform(self, effect: do.Effect) -> None:
        match effect:
            case do.MakeRequest(step=step):
                self._dispatch(RequestMade(step, self._new_id()))
            case do.AskIssue():
                self._ask(effect)
            case do.LookUp():
                self._look_up(effect)
            case do.FindTicket():
                self._find_ticket(effect)
            case do.CancelTicket(ticket=ticket, reason=reason):
                self._office.cancel(ticket, reason)
            case do.PrintSlip(job=job, ticket=ticket, printer=printer, slip=slip):
                life = self._now() + SLIP_LIFE
                asked = PrintJob(id=job, ticket=ticket, printer=printer, slip=slip, expires_at=life)
                self._press.put(asked, self._prints.begun)
            case do.PrintGuidance(job=job, printer=printer, slip=guidance):
                life = self._now() + SLIP_LIFE
                self._press.put(PrintJob(id=job, ticket=job, printer=printer, slip=guidance, expires_at=life))
            case do.TellSlip():
                self._tell(effect)
            case do.TellFault(fault=fault):
                self._office.fault(fault)
            case do.ShowHealth(state=state, printer=fault):
                self._office.health(state, fault)
            case do.CallGreeter():
                self._office.help(lambda ok: self._dispatch(HelpTold(ok)))
            case do.Say(turn=turn, clips=clips):
                self._speaker.say(clips, lambda: self._dispatch(SpeechEnded(turn)))
            case do.Hush():
                self._speaker.hush()
            case do.Beep(sound=sound):
                self._speaker.beep(sound)
            case do.StartAgain():
                self._start_again()
            case _:
                assert_never(effect)

    def _ask(self, ask: do.AskIssue) -> None:
        def answered(answer: Asked) -> None:
            if answer.issued is not None:
                self._dispatch(IssueAnswered(ask.request, answer.issued))
            else:
                self._dispatch(IssueRefused(ask.request, answer.code))

        self._office.issue(ask, answered, lambda: self._dispatch(IssueLate(ask.request)))

    def _look_up(self, look: do.LookUp) -> None:
        def answered(answer: Sought) -> None:
            if answer.looked is not None:
                self._dispatch(LookAnswered(look.step, answer.looked))
            else:
                self._dispatch(LookRefused(look.step, answer.code, answer.wait_s))

        self._office.look_up(look, answered)

    def _find_ticket(self, find: do.FindTicket) -> None:
        def answered(answer: Found) -> None:
            if answer.standing is not None:
                self._dispatch(TicketStands(find.step, answer.standing))
            else:
                self._dispatch(LookRefused(find.step, answer.code))

        self._office.find_ticket(find, answered)

    def _printed(self, job: str, outcome: SlipOutcome) -> None:
        match outcome.state:
            case "printed":
                self._dispatch(SlipPrinted(job, outcome.printer))
            case "unconfirmed":
                self._dispatch(SlipUnconfirmed(job, outcome.reason, outcome.printer))
            case "failed":
                self._dispatch(SlipFailed(job, outcome.reason))


class Press:
    """Slips one after another on a thread of its own; every job that is put gets its outcome."""

    def __init__(self, printer: SlipPrinter, done: Callable[[str, SlipOutcome], None]) -> None:
        self._printer, self._done = printer, done
        self._jobs: queue.SimpleQueue[tuple[PrintJob, Callable[[PrintJob], None]] | None] = (
            queue.SimpleQueue()
        )
        threading.Thread(target=self._run, name="kiosk-slips", daemon=True).start()

    def put(self, job: PrintJob, begins: Callable[[PrintJob], None] = lambda _job: None) -> None:
        """`begins` is called right before the job is printed, on the press's thread."""
        self._jobs.put((job, begins))

    def stop(self) -> None:
        self._jobs.put(None)

    def _run(self) -> None:
        while (put := self._jobs.get()) is not None:
            job, begins = put
            try:
                begins(job)
                outcome = self._printer.print(job)
            except Exception:
                _log.exception("slip %s: the printer's client failed", job.id)
                outcome = SlipOutcome("unconfirmed", "no_proof")
            self._done(job.id, outcome)
