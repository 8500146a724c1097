"""Screens 4 and 5: the number, where to go, how long, the phone's QR, and what became of the paper."""

from dataclasses import replace
from datetime import datetime
from math import ceil

from kiosk.i18n import whole
from kiosk.presenters.speech import HOUR_MIN, SOON_MIN, Voice
from kiosk.presenters.view_parts import Banner, Countdown, Press, Span
from kiosk.presenters.view_visit import Fact, Paper, PrinterFailedView, QrBox, TicketFacts, TicketView
from kiosk.session.actions import Finish, RetryPrint, WithoutPaper
from kiosk.session.printers import MENDED
from kiosk.session.rules import may_leave, may_print_again
from kiosk.session.state import Ticket
from kiosk.session.timing import TICKET, ticket_leaves_at, unhurried
from queue_server.contract.replies import Issued
from queue_server.contract.values import Wait

_FAULTS = frozenset({"paper_out", "cover_open", "offline", MENDED})


def ticket(voice: Voice, place: Ticket) -> TicketView:
    return TicketView(
        name="ticket",
        facts=facts(voice, place.issued),
        qr=_follow(voice, place.issued),
        paper=_paper(voice, place),
        done=_done(voice),
    )


def printer_failed(voice: Voice, place: Ticket) -> PrinterFailedView:
    number = place.issued.slip.number
    reason = place.slip.reason if place.slip.reason in _FAULTS else "unknown"
    return PrinterFailedView(
        name="printer_failed",
        facts=facts(voice, place.issued),
        banner=Banner(
            "fault",
            "triangle-alert",
            title=voice.say(f"printer.{reason}"),
            body=" ".join(filter(None, (voice.say("printer.valid", number=number), _too(voice, place)))),
            second=voice.english("printer.valid", number=number),
        ),
        qr=_keep(voice, place.issued),
        retry=Press(
            "printer.retry",
            voice.say("printer.retry"),
            RetryPrint(),
            voice.second("printer.retry"),
            "printer",
        ),
        without=Press(
            "printer.without",
            voice.say("printer.without"),
            WithoutPaper(),
            voice.second("printer.without"),
            kind="primary",
        ),
    )


def facts(voice: Voice, issued: Issued) -> TicketFacts:
    slip = issued.slip
    group = voice.text(slip.priority)
    return TicketFacts(
        heading=voice.say("ticket.heading"),
        number=slip.number,
        counters=counters(voice, slip.counters),
        service=voice.text(slip.service),
        ahead=_ahead(voice, issued.people_ahead, known=not slip.offline),
        wait=_wait(voice, issued.wait, slip.promise_at),
        priority=voice.say("ticket.priority", group=group) if group else "",
    )


def counters(voice: Voice, numbers: tuple[int, ...]) -> str:
    """Quầy 3 · Quầy 2 hoặc 3 · Quầy 1, 2 hoặc 3; without any, the call will tell."""
    if not numbers:
        return voice.say("ticket.any_counter")
    *first, last = [str(number) for number in numbers]
    listed = f"{', '.join(first)} {voice.say('ticket.or')} {last}" if first else last
    return voice.say("ticket.counter", counters=listed)


def _ahead(voice: Voice, people: int, known: bool) -> Fact:
    if not known:
        return Fact(voice.say("ticket.ahead"), voice.say("wait.unknown_short"), "", "")
    return Fact(
        label=voice.say("ticket.ahead"),
        figure=whole(people, voice.language),
        unit=voice.say("ticket.person" if people == 1 else "ticket.people"),
        below=voice.say("ticket.next") if people == 0 else "",
    )


def _wait(voice: Voice, wait: Wait | None, promise_at: str) -> Fact:
    label, minutes = voice.say("ticket.wait_about"), voice.say("ticket.minutes")
    below = voice.say("ticket.promise", at=promise_at) if promise_at and wait else ""
    if wait is None:
        return Fact(voice.say("ticket.wait"), voice.say("wait.unknown_short"), "", "")
    if wait.high < SOON_MIN:
        return Fact(voice.say("ticket.wait"), voice.say("wait.soon"), "", below)
    if wait.low >= HOUR_MIN:
        return Fact(voice.say("ticket.wait"), voice.say("wait.hour"), "", below)
    figure = str(wait.high) if wait.low == wait.high else f"{wait.low}–{wait.high}"
    return Fact(label, figure, minutes, below)


def _follow(voice: Voice, issued: Issued) -> QrBox:
    """The citizen's page; nothing to follow without one."""
    page = issued.page or (issued.slip.qr if issued.slip.qr_is_page else "")
    body = (Span(voice.say("qr.follow_body")),)
    return QrBox(page, voice.say("qr.follow"), body)


def _keep(voice: Voice, issued: Issued) -> QrBox:
    """Without paper the code itself keeps the number: the page, else the ticket's code to be photographed."""
    page = issued.page or (issued.slip.qr if issued.slip.qr_is_page else "")
    told = voice.session.world.server == "ready"
    body = voice.spans("qr.remember", number=issued.slip.number)
    staff = (Span(f" {voice.say('qr.told')}"),) if told else ()
    return QrBox(page or issued.slip.qr, voice.say("qr.keep" if page else "qr.photo"), (*body, *staff))


def _paper(voice: Voice, place: Ticket) -> Paper:
    """What became of the slip; what failed beside it is never left out."""
    paper, beside = _slip(voice, place), _beside(voice, place)
    if not beside:
        return paper
    body = beside if paper.state in {"printing", "printed", "elsewhere"} else f"{paper.body} {beside}"
    return replace(paper, body=body, firm=True)


def _slip(voice: Voice, place: Ticket) -> Paper:
    slip = place.slip
    if place.paperless:
        return Paper("without", "info", voice.say("paper.without"), voice.say("paper.without_body"))
    if slip.printer and slip.state in {"printed", "unconfirmed"}:
        key = "paper.elsewhere" if slip.state == "printed" else "paper.elsewhere_unconfirmed"
        title = voice.say(key, place=_printer(voice, slip.printer))
        return Paper("elsewhere", "printer", title, voice.say("paper.elsewhere_body"))
    match slip.state:
        case "printing" | "printed" as state:
            title = voice.say(f"paper.{state}")
            return Paper(state, "printer", title, _slot(voice, f"paper.{state}_short"))
        case _:
            again = "paper.unconfirmed_body" if may_print_again(place) else "paper.unconfirmed_last"
            return Paper("unconfirmed", "printer", voice.say("paper.unconfirmed"), voice.say(again))


def _beside(voice: Voice, place: Ticket) -> str:
    """The guidance slip that did not come out here; empty when there is nothing to tell."""
    guidance = place.guidance
    if guidance is None:
        return ""
    if guidance.state == "failed":
        return voice.say("paper.guidance_failed")
    if guidance.printer and guidance.printer != place.slip.printer:
        return voice.say("paper.guidance_elsewhere", place=_printer(voice, guidance.printer))
    return ""


def _too(voice: Voice, place: Ticket) -> str:
    """The same beside a slip that failed itself: one retry prints both."""
    failed = place.guidance is not None and place.guidance.state == "failed"
    return voice.say("paper.guidance_failed_too") if failed else _beside(voice, place)


def _printer(voice: Voice, printer: str) -> str:
    """Where that printer is: at another kiosk by its name, else the printer as the office calls it."""
    office = voice.session.world.office
    kiosk = next((one for one in office.kiosks if one.printer == printer), None) if office else None
    return voice.text(kiosk.name) if kiosk else voice.say("paper.printer", name=printer)


def _slot(voice: Voice, key: str) -> str:
    english = voice.english(key)
    return f"{voice.say('paper.slot')} · {english}" if english else voice.say("paper.slot")


def _done(voice: Voice) -> Press:
    """The primary; while the printer works it waits, so that a slip that fails is always seen."""
    waits = not may_leave(voice.session)
    return Press(
        key="ticket.done",
        label=voice.say("ticket.done"),
        action=Finish(),
        second=voice.say("paper.printing") if waits else voice.second("ticket.done"),
        kind="primary",
        closed=waits,
        countdown=countdown(voice.now, ticket_leaves_at(voice.session), _whole_time(voice)),
    )


def countdown(now: datetime, ends: datetime | None, lasts_s: float) -> Countdown | None:
    """Whole seconds left, rounded up, and the share; None while nothing runs."""
    if ends is None:
        return None
    left = min(max(0.0, (ends - now).total_seconds()), lasts_s)
    return Countdown(ceil(left), round(left / lasts_s, 2))


def _whole_time(voice: Voice) -> float:
    return unhurried(TICKET, voice.session.aids).total_seconds()
