"""When to come: the office's quiet hours still ahead, the day named when it is not today."""

from datetime import date, time

from kiosk import i18n
from kiosk.presenters.speech import Voice
from kiosk.presenters.view_parts import Span
from queue_server.contract.states import BestTime

MOST, MOST_BRIEF = 2, 1
"""Spells of hours that are told, and in large text: more are no advice."""


def best_time(voice: Voice) -> tuple[Span, ...]:
    """ "Nên đến: 09:30–10:30"; empty when no hour is quieter, or what was told is over or makes no sense."""
    office = voice.session.world.office
    now = voice.local(voice.now)
    ahead = [
        (day, best)
        for best in (office.best_time if office else ())
        if (day := _day(best)) and (day, best.end) > (now.date(), f"{now:%H:%M}")
    ]
    if not ahead:
        return ()
    first = min(day for day, _ in ahead)
    spells = [f"{best.start}–{best.end}" for day, best in ahead if day == first]
    hours = ", ".join(spells[: MOST_BRIEF if voice.brief else MOST])
    if first == now.date():
        return voice.spans("home.best", when=hours)
    named = i18n.say(f"day.{first.weekday()}", voice.language)
    return voice.spans("home.best", when=voice.say("day.at", clock=hours, day=named, date=f"{first:%d/%m}"))


def _day(best: BestTime) -> date | None:
    """Its day; None unless day and hours are as the contract writes them."""
    try:
        day, start, end = date.fromisoformat(best.date), best.start, best.end
        known = f"{time.fromisoformat(start):%H:%M}{time.fromisoformat(end):%H:%M}" == f"{start}{end}"
    except ValueError:
        return None
    return day if known and start < end else None
