"""The rules of the office as a whole: configuration, clock, closures, notices, help, grants, audit."""

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.checks import configured, known_service
from queue_server.domain.decision import Decision
from queue_server.domain.numbering import blocks_for
from queue_server.domain.office import Office
from queue_server.domain.refusals import Code, Refusal
from queue_server.domain.ticket_table import OPEN

Block = tuple[str, int, int]


def configure(office: Office, command: c.ConfigureOffice, now: datetime) -> Decision:
    """A checked office file comes into force, unless open tickets would be left stranded by it."""
    if command.config == office.config:
        return []
    known = {s.id for s in command.config.services}
    counters = {k.id for k in command.config.counters}
    stranded: set[str] = set()
    for ticket in office.tickets.values():
        if ticket.state in OPEN:
            wanted = {ticket.service, *ticket.planned}
            if not wanted <= known or (ticket.counter is not None and ticket.counter not in counters):
                stranded.add(ticket.number)
    for counter in office.counters.values():
        if counter.officer is not None and counter.id not in counters:
            stranded.add(counter.id)
    if stranded:
        return Refusal(
            Code.STRANDS_TICKETS,
            "The new office file would strand open tickets or signed-on counters; finish them first.",
            {"stranded": ", ".join(sorted(stranded))},
        )
    return [e.OfficeConfigured(config=command.config)]


def start_engine(office: Office, command: c.StartEngine, now: datetime) -> Decision:
    """Every boot is in the journal. A clock that cannot be believed needs a person before numbers go out."""
    doubt = "" if command.clock_synchronised else "the clock at start does not follow the last event"
    return [e.EngineStarted(boot_id=command.boot_id, clock_doubt=doubt)]


def confirm_clock(office: Office, command: c.ConfirmClock, now: datetime) -> Decision:
    if command.by.role not in c.SENIOR and command.by.role is not c.Role.SYSTEM:
        return Refusal(Code.FORBIDDEN, "Only a supervisor confirms the clock.")
    if not office.clock_doubt:
        return Refusal(Code.ALREADY_DONE, "The clock is not in doubt.")
    return [e.ClockConfirmed()]


def note_clock_step(office: Office, command: c.NoteClockStep, now: datetime) -> Decision:
    return [e.ClockStepped(seconds=command.seconds)]


def close_service(office: Office, command: c.CloseService, now: datetime) -> Decision:
    service = known_service(office, command.service)
    if isinstance(service, Refusal):
        return service
    if not command.reason.vi.strip():
        return Refusal(Code.REASON_NEEDED, "Citizens are told why a service is closed: give a reason.")
    if command.until is not None and command.until <= now:
        return Refusal(Code.BAD_REQUEST, "The hour of reopening has passed.")
    return [e.ServiceClosed(service=service.id, reason=command.reason, until=command.until)]


def reopen_service(office: Office, command: c.ReopenService, now: datetime) -> Decision:
    service = known_service(office, command.service)
    if isinstance(service, Refusal):
        return service
    if service.id not in office.closures:
        return Refusal(Code.ALREADY_DONE, "The service is not closed.")
    return [e.ServiceReopened(service=service.id)]


def post_notice(office: Office, command: c.PostNotice, now: datetime) -> Decision:
    if command.words == office.notice:
        return Refusal(Code.ALREADY_DONE, "This notice stands already.")
    return [e.NoticePosted(words=command.words)]


def ask_for_help(office: Office, command: c.AskForHelp, now: datetime) -> Decision:
    if not any(k.id == command.kiosk for k in configured(office).kiosks):
        return Refusal(Code.KIOSK_UNKNOWN, "The office file has no such kiosk.", {"kiosk": command.kiosk})
    if command.kiosk in office.help_asked:
        return []
    return [e.HelpAsked(kiosk=command.kiosk)]


def answer_help(office: Office, command: c.AnswerHelp, now: datetime) -> Decision:
    if command.kiosk not in office.help_asked:
        return Refusal(Code.ALREADY_DONE, "Nobody waits for help at this kiosk.")
    return [e.HelpAnswered(kiosk=command.kiosk)]


def report_fault(office: Office, command: c.ReportFault, now: datetime) -> Decision:
    return [e.FaultReported(device=command.device, fault=command.fault[:400])]


def grant_numbers(office: Office, command: c.GrantNumbers, now: datetime) -> Decision:
    """The kiosk's own blocks of today; asking again changes nothing.

    Blocks once granted stand for the day, whatever a reload makes of the shares: they may be on paper.
    """
    if not any(k.id == command.kiosk for k in configured(office).kiosks):
        return Refusal(Code.KIOSK_UNKNOWN, "The office file has no such kiosk.", {"kiosk": command.kiosk})
    assert office.day is not None, "decide opens the day before it asks a rule"
    held = office.grants.get(command.kiosk)
    kept = held.blocks if held is not None else ()
    others = [block for id_, grant in office.grants.items() if id_ != command.kiosk for block in grant.blocks]
    fresh = (
        block
        for block in blocks_for(configured(office), command.kiosk)
        if not any(block[0] == series for series, _, _ in kept) and not any(_meet(block, b) for b in others)
    )
    blocks = (*kept, *fresh)
    if held is not None and blocks == kept:
        return []
    return [e.NumbersGranted(kiosk=command.kiosk, day=office.day, blocks=blocks)]


def _meet(one: Block, other: Block) -> bool:
    return one[0] == other[0] and one[1] <= other[2] and other[1] <= one[2]


def record_act(office: Office, command: c.RecordAct, now: datetime) -> Decision:
    return [e.ActRecorded(what=command.what, subject=command.subject)]
