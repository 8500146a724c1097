"""PURE: the numbers a kiosk may give by itself, the papers it gave, and what became of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from kiosk.offline.moments import Contact, Moment


@dataclass(frozen=True, slots=True)
class Block:
    """Of one series the ordinals `first` to `last`, written with `digits` digits."""

    series: str
    digits: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Granted:
    """What the server lets this kiosk give on one local date of the office."""

    day: date
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A number in a citizen's hand that the server has not heard of.

    `request` is the id of the request that had no reply; `ticket` was made here and stands on the paper.
    """

    request: str
    ticket: str
    series: str
    ordinal: int
    number: str
    day: date
    services: tuple[str, ...]
    group: str | None
    language: Literal["vi", "en"]
    moment: Moment
    contact: Contact | None


@dataclass(frozen=True, slots=True)
class Home:
    """What became of a paper: merged as the server's `ticket`, or refused with a code."""

    request: str
    ticket: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """A refusal that is no end: the paper is sent again under another id."""

    request: str
    tries: int


Fact = Granted | Paper | Home | Tried
"""What the kiosk's journal is made of."""


@dataclass(frozen=True, slots=True)
class Book:
    """Everything known of granted numbers and papers, folded from the journal."""

    granted: Granted | None = None
    papers: Mapping[str, Paper] = field(default_factory=dict)
    """Request → paper, in order of issue."""
    homes: Mapping[str, Home] = field(default_factory=dict)
    tries: Mapping[str, int] = field(default_factory=dict)

    @property
    def open(self) -> tuple[Paper, ...]:
        """The papers that the server has still to hear of, in order of issue."""
        return tuple(paper for paper in self.papers.values() if paper.request not in self.homes)

    def of_ticket(self, ticket: str) -> Paper | None:
        return next((paper for paper in self.papers.values() if paper.ticket == ticket), None)


def fold(book: Book, fact: Fact) -> Book:
    """The book after a fact; one that is known already changes nothing."""
    match fact:
        case Granted():
            return replace(book, granted=fact)
        case Paper(request=request):
            known = request in book.papers
            return book if known else replace(book, papers={**book.papers, request: fact})
        case Home(request=request):
            known = request in book.homes or request not in book.papers
            return book if known else replace(book, homes={**book.homes, request: fact})
        case Tried(request=request, tries=tries):
            more = max(tries, book.tries.get(request, 0))
            return replace(book, tries={**book.tries, request: more})


def folded(facts: Iterable[Fact]) -> Book:
    book = Book()
    for fact in facts:
        book = fold(book, fact)
    return book


def next_number(book: Book, series: str, today: date) -> tuple[int, str] | None:
    """The next ordinal and number of a series, None when none is left or none is granted for today.

    Only ever onwards: a number is not given again even if its paper went home long ago.
    """
    granted = book.granted
    if granted is None or granted.day != today:
        return None
    given = max(
        (paper.ordinal for paper in book.papers.values() if (paper.series, paper.day) == (series, today)),
        default=0,
    )
    for block in sorted(granted.blocks, key=lambda one: one.first):
        if block.series == series:
            ordinal = max(block.first, given + 1)
            if ordinal <= block.last:
                return ordinal, f"{series}{ordinal:0{block.digits}}"
    return None


def series_left(book: Book, today: date) -> frozenset[str]:
    """The series of which this kiosk can still give a number."""
    blocks = book.granted.blocks if book.granted else ()
    return frozenset(block.series for block in blocks if next_number(book, block.series, today) is not None)


def under(book: Book, request: str) -> str:
    """The id a paper is sent under: the request's own, and another one after each refusal."""
    tries = book.tries.get(request, 0)
    return f"{request}-{tries}" if tries else request
