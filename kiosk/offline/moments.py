"""PURE: what time it is on the server, from a clock of this machine that nobody has to have set right.

Steady time is the machine's own since it was switched on: it goes on over restarts of the kiosk's program,
and begins again, under another boot id, when the machine does. Only differences within one boot count.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

DRIFT = 500e-6
"""No quartz is worse: so much slower may the server's clock seem against this one's, per second."""
PROMPT_S = 2.0
"""A reply of a longer delay measures nothing."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant as this machine knows it. `steady_s` since its `boot`; `wall` may be wrong by any amount."""

    boot: str
    steady_s: float
    wall: datetime


@dataclass(frozen=True, slots=True)
class Contact:
    """The server said that it was `server_at`, and that was heard at `moment`.

    `exact` when a prompt reply proved it; a heartbeat alone may have been held back for any time.
    """

    moment: Moment
    server_at: datetime
    server_boot: str = ""
    exact: bool = False

    @property
    def origin(self) -> datetime:
        """The server's time at steady time 0 of this boot."""
        return self.server_at - timedelta(seconds=self.moment.steady_s)


def nearer(kept: Contact | None, heard: Contact) -> Contact:
    """The better measure of the two. News is only ever late, so that what says the later time is nearer.

    A heartbeat that was held back, or comes twice or out of turn, therefore changes nothing.
    """
    if kept is None or kept.moment.boot != heard.moment.boot:
        return heard
    if heard.server_boot and kept.server_boot and heard.server_boot != kept.server_boot:
        return heard
    elapsed = max(0.0, heard.moment.steady_s - kept.moment.steady_s)
    if heard.origin < kept.origin - timedelta(seconds=0 if kept.exact else elapsed * DRIFT):
        return kept
    return replace(heard, exact=heard.exact or kept.exact)


def by_reply(sent: Moment, heard: Moment, server_at: datetime, server_boot: str = "") -> Contact | None:
    """What a reply to a fresh request tells: the server spoke between the two, taken to be half way.

    None when it took too long or the machine was started again in between.
    """
    delay = heard.steady_s - sent.steady_s
    if sent.boot != heard.boot or not 0 <= delay <= PROMPT_S:
        return None
    half = timedelta(seconds=delay / 2)
    middle = Moment(heard.boot, heard.steady_s - delay / 2, heard.wall - half)
    return Contact(middle, server_at, server_boot, exact=True)


def measured(moment: Moment, contact: Contact | None) -> datetime | None:
    """The server's time at a moment of the contact's own boot, None of another."""
    if contact is None or contact.moment.boot != moment.boot:
        return None
    return contact.origin + timedelta(seconds=moment.steady_s)


def proven(moment: Moment, contact: Contact | None) -> datetime | None:
    """The same, None where nothing but heartbeats measured it."""
    return measured(moment, contact) if contact is not None and contact.exact else None


def guessed(moment: Moment, contact: Contact | None) -> datetime:
    """The server's time by the wall clock, corrected by what it was wrong at the last contact."""
    if contact is None:
        return moment.wall
    return contact.server_at + (moment.wall - contact.moment.wall)


def believed(moment: Moment, contact: Contact | None) -> datetime:
    """The best that can be said of the server's time at a moment: measured, else guessed."""
    return measured(moment, contact) or guessed(moment, contact)


@dataclass(frozen=True, slots=True)
class Dated:
    at: datetime
    estimated: bool


def dated(papers: Sequence[tuple[Moment, Contact | None]], now: Contact, until: datetime) -> list[Dated]:
    """The server's instants of papers in their order of issue; `now` is a contact after them, `until` now.

    Each paper has the last contact before it. Within a boot with an exact one the instant is measured; for
    others it is bounded by the papers around it, the last contact before and now, and `estimated`.
    The order is kept whatever the clocks say.
    """
    whole = [proven(moment, now) or proven(moment, last) for moment, last in papers]
    ceilings: list[datetime] = []
    ceiling = until
    for at in reversed(whole):
        ceiling = min(ceiling, at) if at is not None else ceiling
        ceilings.append(ceiling)
    ceilings.reverse()
    found: list[Dated] = []
    floor: datetime | None = None
    for (moment, last), at, ceiling in zip(papers, whole, ceilings, strict=True):
        if last is not None and at is None:
            floor = last.server_at if floor is None else max(floor, last.server_at)
        said = at if at is not None else min(measured(moment, now) or believed(moment, last), ceiling)
        kept = said if floor is None else max(said, floor)
        found.append(Dated(kept, at is None))
        floor = kept
    return found
