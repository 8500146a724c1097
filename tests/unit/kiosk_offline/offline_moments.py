"""Moments, contacts and papers of a morning without the server, for tests."""

from datetime import date, timedelta

from fakes.torn_office import NINE

from kiosk.offline.moments import Contact, Moment
from kiosk.offline.papers import Paper

DAY = date(2026, 11, 20)
WRONG = timedelta(minutes=10)


def moment(steady_s: float, boot: str = "b1", wrong: timedelta = WRONG) -> Moment:
    return Moment(boot, steady_s, NINE + timedelta(seconds=steady_s) + wrong)


def contact(steady_s: float, late_s: float = 0.0, boot: str = "b1", server: str = "s1") -> Contact:
    """The server's time is nine o'clock at steady time 0."""
    at = NINE + timedelta(seconds=steady_s - late_s)
    return Contact(moment(steady_s, boot), at, server, exact=not late_s)


def paper(
    n: int = 1, ordinal: int = 901, moment_: Moment | None = None, last: Contact | None = None
) -> Paper:
    return Paper(
        request=f"r{n}",
        ticket=f"t{n}",
        series="A",
        ordinal=ordinal,
        number=f"A{ordinal}",
        day=DAY,
        services=("civil",),
        group=None,
        language="vi",
        moment=moment_ or moment(float(n)),
        contact=last,
    )
