"""The kiosk as its own issuing desk: what it was granted, what it gave, and what time it is on the server."""

import logging
import threading
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.offline.journal import OfflineJournal
from kiosk.offline.memory import Memory, Remembered
from kiosk.offline.moments import Contact, Moment, believed, by_reply, dated, measured, nearer
from kiosk.offline.papers import Block, Fact, Granted, Home, Paper, Tried, next_number, series_left, under
from kiosk.offline.ticket import issued
from queue_server.contract.replies import Issued
from queue_server.contract.requests import Issue, MergeOffline
from queue_server.contract.states import Grant, OfficeState, ServiceState

_log = logging.getLogger(__name__)

REMEMBER_EVERY_S = 10.0
_NONE: frozenset[str] = frozenset()


class OfflineDesk:
    """Thread-safe. `moment` reads this machine's clocks, `new_id` makes a ticket's id.

    Without a folder, or on a disk that fails, it gives no number: one that is not on the disk is no promise.
    """

    def __init__(
        self, folder: Path | None, kiosk: str, moment: Callable[[], Moment], new_id: Callable[[], str]
    ) -> None:
        self._kiosk, self._moment, self._new_id = kiosk, moment, new_id
        self._lock = threading.Lock()
        self._journal, self._memory = _opened(folder)
        self.remembered = self._memory.known() if self._memory else Remembered()
        self._office = self.remembered.office
        self._services = {one.service: one for one in self.remembered.services}
        self._contact = self.remembered.contact
        self._changed, self._kept_at = False, float("-inf")

    # Hearing

    def heard_office(self, office: OfficeState) -> None:
        with self._lock:
            self._office, self._changed = office, True

    def heard_service(self, service: ServiceState) -> None:
        with self._lock:
            self._services[service.service] = service
            self._changed = True

    def heard_grant(self, grant: Grant) -> None:
        """The numbers of one day; those of a day that is over are kept out of nobody's way."""
        try:
            day = date.fromisoformat(grant.date)
        except ValueError:
            _log.error("the grant has no date")
            return
        self._write(Granted(day, tuple(Block(*block) for block in grant.blocks)))

    def heard_time(self, server_at: datetime, server_boot: str) -> None:
        """A heartbeat that has just come."""
        with self._lock:
            self._contact = nearer(self._contact, Contact(self._moment(), server_at, server_boot))
            self._changed = True

    def heard_reply(self, sent: Moment, server_at: datetime) -> None:
        """A reply to a request of a fresh id that was sent for the first time at `sent`."""
        with self._lock:
            boot = self._contact.server_boot if self._contact else ""
            told = by_reply(sent, self._moment(), server_at, boot)
            if told is not None:
                self._contact, self._changed = told, True

    def remember(self) -> None:
        """Keeps what was heard, now and then; to be called a few times a second."""
        with self._lock:
            steady = self._moment().steady_s
            if self._memory is None or not self._changed or steady - self._kept_at < REMEMBER_EVERY_S:
                return
            here = {service.id for service in self._office.services} if self._office else set()
            services = tuple(one for id_, one in self._services.items() if id_ in here)
            known = Remembered(self._office, services, self._contact)
            self._changed, self._kept_at = False, steady
        self._memory.keep(known)

    # Giving

    def moment(self) -> Moment:
        return self._moment()

    def series_left(self) -> frozenset[str]:
        """The series of which a number can be given now."""
        with self._lock:
            today = self._today()
            return series_left(self._journal.book, today) if self._journal and today else _NONE

    def wants_grant(self) -> bool:
        """Whether the numbers for today are still to be asked for."""
        with self._lock:
            today = self._today()
            granted = self._journal.book.granted if self._journal else None
            return self._journal is not None and (granted is None or granted.day != today)

    def issue(self, request: Issue) -> Issued | None:
        """The next number of the request's service, on the disk before it is told; None where there is none.

        The same request gets the same paper again.
        """
        with self._lock:
            today, office, journal = self._today(), self._office, self._journal
            if journal is None or office is None or today is None:
                return None
            paper = journal.book.papers.get(request.id)
            if paper is None:
                paper = self._paper(request, office, today)
                if paper is None or issued(paper, office, self._kiosk, self._time(paper)) is None:
                    return None
                try:
                    journal.append(paper)
                except OSError as problem:
                    _log.error("offline journal: no number without a disk: %s", problem.strerror)
                    return None
                _log.info("offline number %s for request %s", paper.number, request.id)
            return issued(paper, office, self._kiosk, self._time(paper))

    def _paper(self, request: Issue, office: OfficeState, today: date) -> Paper | None:
        assert self._journal is not None
        service = next((one for one in office.services if one.id == request.services[0]), None)
        found = next_number(self._journal.book, service.series, today) if service else None
        if service is None or found is None:
            return None
        return Paper(
            request=request.id,
            ticket=self._new_id(),
            series=service.series,
            ordinal=found[0],
            number=found[1],
            day=today,
            services=request.services,
            group=request.priority_group,
            language=request.language,
            moment=self._moment(),
            contact=self._contact,
        )

    # Going home

    def gave(self, request: str) -> bool:
        """Whether this request has a paper."""
        with self._lock:
            return self._journal is not None and request in self._journal.book.papers

    def papers_out(self) -> bool:
        """Whether there are papers that the server has not heard of."""
        with self._lock:
            return self._journal is not None and bool(self._journal.book.open)

    def letters_home(self) -> list[tuple[Paper, MergeOffline]]:
        """The open papers in order of issue, each as it is to be sent now.

        None before the server's time is known in this boot of the machine. Papers that are home already still
        bound the instants of those after them.
        """
        with self._lock:
            now = measured(self._moment(), self._contact)
            if self._journal is None or self._contact is None or now is None:
                return []
            book = self._journal.book
            everything = tuple(book.papers.values())
            told = dated([(paper.moment, paper.contact) for paper in everything], self._contact, now)
            return [
                (
                    paper,
                    MergeOffline(
                        id=under(book, paper.request),
                        ticket=paper.ticket,
                        number=paper.number,
                        date=paper.day,
                        issued_at=when.at,
                        estimated=when.estimated,
                        services=paper.services,
                        priority_group=paper.group,
                        language=paper.language,
                        kiosk=self._kiosk,
                    ),
                )
                for paper, when in zip(everything, told, strict=True)
                if paper.request not in book.homes
            ]

    def tries(self, paper: Paper) -> int:
        """How often the paper was refused."""
        with self._lock:
            return self._journal.book.tries.get(paper.request, 0) if self._journal else 0

    def refused_once(self, paper: Paper) -> bool:
        return self._write(Tried(paper.request, self.tries(paper) + 1))

    def went_home(self, paper: Paper, ticket: str) -> bool:
        """The server has it as `ticket`. False when the disk did not take it: it is told again later."""
        return self._write(Home(paper.request, ticket))

    def given_up(self, paper: Paper, code: str) -> bool:
        """The server will not have it: a person must look."""
        return self._write(Home(paper.request, "", code))

    def ticket_of(self, ticket: str) -> str | None:
        """The server's id of a ticket: the same for one of its own, None for a paper that is not home yet.

        Empty for a paper that was refused.
        """
        with self._lock:
            paper = self._journal.book.of_ticket(ticket) if self._journal else None
            if paper is None or self._journal is None:
                return ticket
            home = self._journal.book.homes.get(paper.request)
            return home.ticket if home else None

    def close(self) -> None:
        with self._lock:
            if self._journal is not None:
                self._journal.close()

    def _write(self, fact: Fact) -> bool:
        with self._lock:
            if self._journal is None:
                return False
            try:
                self._journal.append(fact)
            except OSError as problem:
                _log.error("offline journal: %s", problem.strerror)
                return False
            return True

    def _time(self, paper: Paper) -> datetime:
        return believed(paper.moment, self._contact)

    def _today(self) -> date | None:
        """The office's local date, as far as is known; None before the office was ever told."""
        if self._office is None:
            return None
        return believed(self._moment(), self._contact).astimezone(ZoneInfo(self._office.zone)).date()


def _opened(folder: Path | None) -> tuple[OfflineJournal | None, Memory | None]:
    if folder is None:
        return None, None
    try:
        return OfflineJournal(folder / "papers.journal"), Memory(folder / "office.json")
    except OSError as problem:
        _log.error("offline journal: %s; this kiosk gives no numbers by itself", problem.strerror)
        return None, None
