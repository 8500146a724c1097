"""Screen 1: what there is to do, how many wait, and when the office opens again."""

from kiosk.i18n import counted
from kiosk.presenters.best_time import best_time
from kiosk.presenters.frame import low_reach
from kiosk.presenters.speech import HOUR_MIN, Voice
from kiosk.presenters.view_parts import Banner, Press, Span
from kiosk.presenters.view_visit import HomeView
from kiosk.session.actions import ExplainClosed, TakeNumber
from kiosk.session.availability import offered, offline, reopens_at, state_of
from kiosk.session.home_rows import HomeRow, rows
from kiosk.session.printers import trouble
from kiosk.session.state import Session

_DOT = Span("  ·  ")


def home(voice: Voice) -> HomeView:
    if offline(voice.session):
        return _offline(voice)
    return HomeView(
        name="home",
        greeting=voice.helper("home.greeting"),
        title=voice.say("home.title"),
        helper=_helper(voice),
        live_icon="users",
        live=_live(voice),
        best=best_time(voice),
        hero=Press(
            key="home.take_number",
            label=voice.say("home.take_number_short"),
            action=TakeNumber(),
            second=voice.second("home.take_number"),
            icon="ticket",
            kind="primary",
        ),
        rows=tuple(_row(voice, row) for row in rows(voice.session)),
        aids=(low_reach(voice),),
        notice=_printer_trouble(voice) or _notice(voice),
    )


def _offline(voice: Voice) -> HomeView:
    """Screen 8a: the server is away, and numbers are given as ever."""
    lines = (voice.say("offline.body"), voice.say("offline.wait"))
    return HomeView(
        name="home",
        greeting="",
        title="",
        helper="",
        live_icon="",
        live=(),
        hero=Press(
            key="home.take_number",
            label=voice.say("home.take_number_short"),
            action=TakeNumber(),
            second=voice.say("offline.still"),
            icon="ticket",
            kind="primary",
        ),
        rows=tuple(_row(voice, row) for row in rows(voice.session)),
        aids=(low_reach(voice),),
        notice=Banner(
            "fault",
            "wifi-off",
            title=voice.say("offline.title"),
            body="\n".join(lines),
            second=voice.english("offline.line"),
        ),
    )


def out_of_hours(voice: Voice) -> HomeView:
    """The same place while the office is closed: the hour it reopens, the red button with its reason."""
    closed = voice.say("home.closed")
    reopens = reopens_at(voice.session)
    when = voice.say("home.reopens", at=voice.hour(reopens)) if reopens else ""
    return HomeView(
        name="out_of_hours",
        greeting="",
        title=voice.say("home.closed_title"),
        helper=voice.say("home.closed_helper"),
        live_icon="clock",
        live=(Span(f"{closed}, "), Span(when, strong=True)) if when else (Span(closed),),
        best=best_time(voice),
        hero=Press(
            key="home.take_number",
            label=voice.say("home.take_number_short"),
            action=ExplainClosed(),
            second=f"{closed}, {when}" if when else closed,
            icon="ticket",
            kind="primary",
            closed=True,
        ),
        rows=tuple(_row(voice, row) for row in rows(voice.session)),
        aids=(low_reach(voice),),
        notice=_notice(voice),
    )


def _row(voice: Voice, row: HomeRow) -> Press:
    """A list row: the verb, and a helper with the other language's line."""
    helper = (voice.helper(f"home.{row.name}_helper"), voice.english(f"home.{row.name}"))
    second = " · ".join(words for words in helper if words)
    key = f"home.{row.name}"
    if offline(voice.session):
        why = voice.say("offline.paused")
        return Press(key, voice.say(key), row.action, why, row.icon, kind="row", closed=True)
    return Press(key, voice.say(key), row.action, second, row.icon, kind="row")


def _helper(voice: Voice) -> str:
    return " ".join(line for line in (voice.helper("home.helper"), voice.english("home.begin")) if line)


def _live(voice: Voice) -> tuple[Span, ...]:
    waiting = _waiting(voice.session)
    if waiting == 0:
        return (Span(voice.say("home.nobody")),)
    people = counted("home.people", waiting, voice.language)
    who = voice.spans("home.live", people=people)
    minutes = _typical_wait(voice.session)
    if not minutes:
        return who
    about = voice.spans("home.over_hour") if minutes >= HOUR_MIN else voice.spans("home.about", n=minutes)
    return (*who, _DOT, *about)


def _waiting(session: Session) -> int:
    """People waiting in the whole hall, for services of other kiosks too."""
    return sum(max(0, state.waiting) for state in session.world.services.values())


def _typical_wait(session: Session) -> int | None:
    """Whole minutes: the mean of a newcomer's median wait over this kiosk's open services.

    Each service counts as many times as people wait for it, at least once. None when nothing is known.
    """
    known = [
        (max(1, state.waiting), state.wait.median)
        for info in offered(session)
        if (state := state_of(session, info.id)) and state.open and state.wait
    ]
    weight = sum(people for people, _ in known)
    return round(sum(people * median for people, median in known) / weight) if weight else None


def _printer_trouble(voice: Voice) -> Banner | None:
    """Told before a number is taken; gone as soon as the printer is well."""
    why = trouble(voice.session)
    if not why:
        return None
    key = why if why in {"paper_out", "cover_open"} else "offline"
    return Banner("fault", "printer", voice.say(f"trouble.{key}"), voice.say("trouble.body"))


def _notice(voice: Voice) -> Banner | None:
    office = voice.session.world.office
    words = voice.text(office.notice) if office else ""
    return Banner("hint", "info", words) if words else None
