"""An office in memory for the public pages: five counters, eight services, real rules, a settable clock."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from threading import Lock

import numpy as np

from queue_server.domain import commands as c
from queue_server.domain.commands import Actor, Command, Role
from queue_server.domain.decide import decide
from queue_server.domain.evolve import evolve
from queue_server.domain.hours import Hours, Season, Session
from queue_server.domain.ids import (
    AgencyId,
    CommandId,
    CounterId,
    DeviceId,
    GroupId,
    KioskId,
    OfficeId,
    OfficerId,
    PriorityGroupId,
    ServiceId,
    TicketId,
    ZoneId,
)
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig, Target
from queue_server.domain.office_devices import Display, Kiosk, Printer, Zone
from queue_server.domain.office_services import Counter, NumberShape, PriorityGroup, Service
from queue_server.domain.refusals import Refusal
from queue_server.domain.ticket import Told
from queue_server.domain.words import Words
from queue_server.engine.ports import Answer, Listener, Recorded
from queue_server.people.ports import Account, SignedIn
from queue_server.waits.figures import Figures, Outcome, VisitRecord
from queue_server.waits.groups import Dimension, grouped
from queue_server.waits.lengths import lengths
from queue_server.waits.period import Answer as PeriodAnswer
from queue_server.waits.period import Asked, Group
from queue_server.waits.tally import figures as measured_figures
from queue_server.waits.tally import pool, tally
from queue_server.web.ports import WebDeps

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 2, 42, 0, tzinfo=UTC)
"""Friday, 09:42 in the office."""
SUPERVISOR = Actor(Role.SUPERVISOR, "supervisor", "test")
DEVICE = Actor(Role.DEVICE, "kiosk-1", "test")

_SERVICES = (
    ("A", "chung-thuc", "Chứng thực", "Certification", "stamp"),
    ("B", "ho-tich", "Hộ tịch", "Civil status", "users"),
    ("C", "dat-dai", "Đất đai", "Land", "map"),
    ("D", "cu-tru", "Cư trú", "Residence", "house"),
    ("E", "ho-kinh-doanh", "Hộ kinh doanh", "Household business", "store"),
    ("G", "bao-tro", "Bảo trợ xã hội", "Social protection", "heart-handshake"),
    ("H", "xay-dung", "Xây dựng", "Construction", "hammer"),
    ("K", "ket-qua", "Nhận kết quả", "Collect results", "package-check"),
)
_COUNTERS = (
    (1, ("ho-tich", "bao-tro")),
    (2, ("chung-thuc",)),
    (3, ("chung-thuc", "ket-qua")),
    (4, ("dat-dai", "xay-dung", "ho-kinh-doanh")),
    (5, ("cu-tru",)),
)


def sample_config(**changes: object) -> OfficeConfig:
    """The commune of the pictures."""
    day = (Session(time(7, 30), time(11, 30)), Session(time(13), time(17)))
    hours = Hours("Asia/Ho_Chi_Minh", (Season("year", (1, 1), (12, 31), (day,) * 5 + ((), ())),))
    zone = ZoneId("sanh")
    config = OfficeConfig(
        id=OfficeId("thanh-binh"),
        name=Words("Trung tâm Phục vụ hành chính công xã Thanh Bình", "Thanh Binh Public Service Centre"),
        short_name=Words("Một cửa xã Thanh Bình", "Thanh Binh One-stop"),
        hours=hours,
        services=tuple(
            Service(
                ServiceId(id_),
                letter,
                Words(vi, en),
                Words("", ""),
                pictogram,
                NumberShape(letter),
                GroupId("chung"),
                AgencyId("xa"),
                note_after=(
                    "15:00",
                    Words("Hồ sơ hộ tịch nộp sau 15:00 được trả kết quả trong ngày làm việc tiếp theo."),
                )
                if letter == "B"
                else None,
            )
            for letter, id_, vi, en, pictogram in _SERVICES
        ),
        counters=tuple(
            Counter(
                CounterId(f"quay-{number}"),
                number,
                Words(f"Quầy {number}", f"Counter {number}"),
                tuple(map(ServiceId, services)),
                zone,
            )
            for number, services in _COUNTERS
        ),
        zones=(Zone(zone, Words("Sảnh chính", "Main hall")),),
        priority_groups=(
            PriorityGroup(PriorityGroupId("cao-tuoi"), Words("Người cao tuổi", "Elderly"), Words(""), "user"),
        ),
        kiosks=(Kiosk(KioskId("kiosk-1"), Words("Kiosk 1", "Kiosk 1"), zone),),
        printers=(Printer(DeviceId("may-in-1"), Words("Máy in kiosk 1", "Printer 1"), "simulated:"),),
        displays=(
            Display(DeviceId("tv-sanh"), "hall", zone),
            Display(DeviceId("tv-quay-3"), "counter", zone, CounterId("quay-3")),
        ),
        targets=(
            Target(20, Words("Đề án 20 phút", "20-minute plan")),
            Target(15, Words("Phấn đấu 15 phút", "15-minute goal")),
        ),
        public_url="https://motcua.example",
    )
    return replace(config, **changes)  # type: ignore[arg-type]


class SampleClock:
    """A clock that moves when told to."""

    def __init__(self, now: datetime = NOW) -> None:
        self.at = now

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()

    def wall_step(self) -> float:
        return 0.0

    def pass_(self, **time: float) -> None:
        self.at += timedelta(**time)


class SampleEngine:
    """decide and evolve in memory, one command at a time; a repeated id gets its first answer."""

    def __init__(self, clock: SampleClock, config: OfficeConfig | None = None) -> None:
        self.clock, self.office = clock, Office()
        self._answers: dict[str, Answer] = {}
        self._listeners: list[Listener] = []
        self._lock = Lock()
        self._ids = 0
        self.do(c.ConfigureOffice, by=c.SYSTEM, config=config or sample_config())

    def submit(self, command: Command) -> "Future[Answer]":
        future: Future[Answer] = Future()
        with self._lock:
            future.set_result(self._answers.get(command.id) or self._decide(command))
        return future

    def _decide(self, command: Command) -> Answer:
        now = self.clock.now()
        decision = decide(self.office, command, now)
        if isinstance(decision, Refusal):
            answer = Answer(command.id, now, refusal=decision, seq=self.office.seq)
        else:
            recorded = []
            for event in decision:
                seq = self.office.seq + 1
                self.office = evolve(self.office, event, at=now, seq=seq, command_id=command.id)
                self.office = replace(self.office, seq=seq, at=now)
                recorded.append(Recorded(seq, f"e{seq}", now, event, command.id, command.by, "boot", 0.0, ""))
            answer = Answer(command.id, now, tuple(decision), seq=self.office.seq)
            for listener in list(self._listeners):
                listener(self.office, recorded)
        self._answers[command.id] = answer
        return answer

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def do(self, kind: type[Command], by: Actor = SUPERVISOR, **fields: object) -> Answer:
        """Submit a command; its refusal fails the test."""
        self._ids += 1
        answer = self.submit(kind(id=CommandId(f"c{self._ids}"), by=by, **fields)).result()  # type: ignore[arg-type]
        assert answer.refusal is None, answer.refusal
        return answer

    def issue(self, service: str = "chung-thuc", **fields: object) -> TicketId:
        ticket = TicketId(f"t{len(self.office.tickets) + 1}")
        self.do(c.IssueTicket, DEVICE, ticket=ticket, services=(ServiceId(service),), **fields)
        return ticket

    def open(self, *numbers: int) -> None:
        for number in numbers:
            counter = CounterId(f"quay-{number}")
            self.do(c.SignOn, counter=counter, officer=OfficerId(f"officer-{number}"))
            self.do(c.OpenCounter, counter=counter)

    def call(self, number: int) -> str:
        """Call the next at a counter; the number that was called."""
        self.do(c.CallNext, counter=CounterId(f"quay-{number}"))
        ticket = self.office.counters[CounterId(f"quay-{number}")].ticket
        assert ticket is not None
        return self.office.tickets[ticket].number

    def at_counter(self, kind: type[Command], number: int, **fields: object) -> Answer:
        return self.do(kind, counter=CounterId(f"quay-{number}"), **fields)


class SamplePredictions:
    """What is foretold, settable by a test."""

    def __init__(self, clock: SampleClock) -> None:
        self._clock = clock
        self.newcomers: dict[str, Told] = {}
        self.tickets: dict[str, Told] = {}
        self.hall: Told | None = None

    def newcomer(self, service: ServiceId) -> Told | None:
        return self.newcomers.get(service)

    def ticket(self, ticket: TicketId) -> Told | None:
        return self.tickets.get(ticket)

    def hall_mean(self) -> Told | None:
        return self.hall

    def made_at(self) -> datetime | None:
        return self._clock.now()


class SampleFigures:
    """The visits of the day as a test gives them, with figures by simple arithmetic."""

    def __init__(self) -> None:
        self.records: list[VisitRecord] = []

    def visits(self, day: date) -> Sequence[VisitRecord]:
        return [visit for visit in self.records if visit.day == day]

    def figures(self, visits: Sequence[VisitRecord]) -> Figures:
        served = [v for v in visits if v.outcome is Outcome.SERVED and v.wait_s is not None]
        waits = sorted(v.wait_s or 0.0 for v in served)
        gone = sum(v.outcome is Outcome.ABANDONED for v in visits)
        missed = sum(v.outcome is Outcome.NO_SHOW for v in visits)
        if not waits:
            return Figures(0, None, None, None, None, abandoned=gone, no_show=missed)

        def at(share: float) -> float:
            return waits[min(len(waits) - 1, int(share * len(waits)))]

        within = {m: sum(w <= m * 60 for w in waits) / (len(waits) + gone) for m in (15.0, 20.0)}
        return Figures(
            len(waits),
            sum(waits) / len(waits),
            at(0.5),
            at(0.9),
            at(0.95),
            share_within=within,
            share_over_60=sum(w > 3600 for w in waits) / len(waits),
            abandoned=gone,
            no_show=missed,
            mean_open_s=sum(waits) / len(waits) - 96,
        )


class SampleRanges:
    """Figures of days over the same records, measured by the real definitions."""

    def __init__(self, figures: SampleFigures, engine: SampleEngine, clock: SampleClock) -> None:
        self._figures, self._engine, self._clock = figures, engine, clock

    def figures_for(self, asked: Asked) -> PeriodAnswer:
        config = self._engine.office.config
        assert config is not None
        visits = [
            visit
            for visit in self._figures.records
            if asked.days.first <= visit.day <= asked.days.last
            and (asked.services is None or visit.service in asked.services)
        ]
        groups = {"": visits} if asked.by is Dimension.OFFICE else {}
        if asked.by is not Dimension.OFFICE:
            groups = grouped(visits, asked.by, config.hours, config)
        targets, found = [target.minutes for target in config.targets], []
        for key, mine in sorted(groups.items()):
            pooled = pool(tally(mine))
            pooled.total.lengths = lengths(mine, asked.days.first, config.hours, self._clock.now())
            measured = measured_figures(mine, targets, np.random.default_rng(20))
            found.append(Group(key, measured, pooled.total, len(pooled.served)))
        return PeriodAnswer(tuple(found))

    def first_day(self) -> date | None:
        return min((visit.day for visit in self._figures.records), default=TODAY)


class SampleAccounts:
    """Pairings, page tokens and sessions, kept in dictionaries."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.paired: dict[str, str] = {}
        self.tokens: dict[str, tuple[TicketId, date]] = {}
        self.sessions: dict[str, SignedIn] = {}
        self.demo_accounts: list[Account] = []

    def pairing_code(self, now: datetime) -> tuple[str, str]:
        code = f"K{len(self.codes) + 1:02d}P7M"
        secret = f"secret-{code}"
        self.codes[code] = secret
        return secret, code

    def confirm_pairing(self, code: str, display: str, by: OfficerId, now: datetime) -> bool:
        self.paired[self.codes[code]] = display
        return True

    def paired_display(self, device_secret: str, now: datetime) -> str | None:
        return self.paired.get(device_secret)

    def revoke_pairing(self, pairing_id: str) -> None:
        del self.paired[pairing_id]

    def page_token(self, ticket: TicketId, day: date) -> str:
        token = f"token-of-{ticket}"
        self.tokens[token] = (ticket, day)
        return token

    def ticket_of(self, token: str, today: date) -> TicketId | None:
        found = self.tokens.get(token)
        return found[0] if found and found[1] == today else None

    def session(self, session_id: str, now: datetime) -> SignedIn | None:
        return self.sessions.get(session_id)

    def all(self) -> Sequence[Account]:
        return self.demo_accounts


class SampleOffice:
    """Everything the routers get, and the handles to move it."""

    def __init__(self, folder: str, demo: bool = False, config: OfficeConfig | None = None) -> None:
        self.clock = SampleClock()
        self.engine = SampleEngine(self.clock, config)
        self.predictions = SamplePredictions(self.clock)
        self.figures = SampleFigures()
        self.accounts = SampleAccounts()
        self.devices: dict[str, dict[str, object]] = {}
        self.deps = WebDeps(
            engine=self.engine,
            clock=self.clock,
            accounts=self.accounts,  # type: ignore[arg-type]
            predictions=self.predictions,
            figures=self.figures,
            figures_for=SampleRanges(self.figures, self.engine, self.clock),
            figures_token="a token for programs",
            office_dir=folder,
            demo=demo,
            boot_id="boot",
            device_states=self.devices,
        )

    def sign_in(self, role: Role) -> str:
        """A session of somebody with this role; its id is the cookie's value."""
        account = Account(OfficerId(f"demo-{role.value}"), role.value, "Nguyễn Văn Bình", role)
        session = f"session-{role.value}"
        self.accounts.sessions[session] = SignedIn(account, session, "csrf", NOW + timedelta(hours=8))
        return session
