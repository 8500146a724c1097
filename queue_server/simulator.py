"""`motcua simulate`: plays a planned day against a running office, through the public contract alone."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Protocol

import numpy as np
from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from queue_server.clock import new_id
from queue_server.contract.replies import Reply
from queue_server.contract.states import CounterState, OfficeState
from queue_server.contract.topics import Topics
from queue_server.domain.office_config import OfficeConfig
from queue_server.link.client import PahoLink
from queue_server.link.ports import Address, Credentials, Link, Received
from queue_server.link.requests import NoReply, Requester
from queue_server.simulate.day import PlannedDay, plan_day
from queue_server.simulate.place import Place, SimulatedCounter, place_of, service_of
from queue_server.simulate.player import Player
from queue_server.simulate.talk import Ask, Counts, Heard

REPLY_WITHIN = timedelta(seconds=10)
OFFICE_WITHIN_S = 10.0
MOST_SILENT = 3
"""So many requests in a row without a reply end the simulation."""


class NoOffice(Exception):
    """Nobody answers for this office: check the address and that `motcua up` runs, then try again."""

    code = "no_office"

    def __init__(self, why: str) -> None:
        super().__init__(f"{why} Check that the office runs (motcua up), then try again.")


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a day. `mean_wait_s` is in the day's own seconds (the real ones times the speed)."""

    planned: int
    issued: int
    served: int
    no_show: int
    came_back: int
    transferred: int
    refused: int
    mean_wait_s: float | None
    finished: bool
    """False when it was broken off."""


class Pace(Protocol):
    """The day's clock: seconds since its beginning, and how to wait."""

    def now(self) -> float: ...

    def wait(self, seconds: float) -> None: ...


class RealPace:
    """`speed` seconds of the day in one real second; waiting can be interrupted with Ctrl-C."""

    def __init__(self, speed: float) -> None:
        self._speed, self._began, self._never = speed, monotonic(), threading.Event()

    def now(self) -> float:
        return (monotonic() - self._began) * self._speed

    def wait(self, seconds: float) -> None:
        self._never.wait(max(seconds, 0.0) / self._speed)


def run(
    address: Address,
    credentials: Credentials,
    office_id: str,
    *,
    speed: float,
    seed: int,
    visits: int,
    console: Console,
    config: OfficeConfig | None = None,
) -> Summary:
    """Play `visits` visits at `speed` with the `operator` account; the same seed is the same day.

    With the office file at hand (`config`) service times and sessions are its own. Raises NoOffice. Ctrl-C
    signs the simulated officers off and returns what came of it so far.
    """
    topics = Topics(office_id)
    link = PahoLink(address, f"{credentials.user}-{new_id()}", credentials)
    operator = Operator(link, topics, credentials.user)
    link.start()
    try:
        place = operator.place(OFFICE_WITHIN_S)
        if config is not None:
            place = place_of(config)
        day = plan_day(place, np.random.default_rng(seed), visits)
        return play(day, operator.ask, RealPace(speed), speed, console)
    finally:
        link.stop(timedelta(seconds=1))


class Operator:
    """Asks over a link with one account, and reads of the office what the contract publishes."""

    def __init__(self, link: Link, topics: Topics, user: str) -> None:
        self._topics, self._user = topics, user
        self._office: OfficeState | None = None
        self._counters: dict[str, CounterState] = {}
        self._known = threading.Condition()
        self._requester = Requester(link, topics.reply(user), _id_of)
        link.subscribe(topics.office_state, self._read_office)
        link.subscribe(topics.all_counters, self._read_counter)

    def ask(self, ask: Ask) -> Heard:
        """The answer; a request nobody answers is a refusal with the code `no_reply`."""
        id_ = new_id()
        body = json.dumps({**ask.fields, "id": id_}, ensure_ascii=False).encode()
        try:
            answer = self._requester.ask(self._topics.request(self._user, ask.verb), body, id_, REPLY_WITHIN)
        except NoReply as silence:
            return Heard(False, code=silence.code)
        return heard(Reply.model_validate_json(answer))

    def place(self, within_s: float) -> Place:
        """The office as it describes itself; raises NoOffice when it does not within `within_s`."""

        def there() -> bool:
            return self._office is not None and len(self._counters) >= len(self._office.counters)

        with self._known:
            if not self._known.wait_for(there, within_s) or self._office is None:
                raise NoOffice(f"The office {self._topics.office!r} says nothing of itself.")
            office = self._office
            return Place(
                tuple(service_of(s.id, s.pictogram) for s in office.services),
                tuple(SimulatedCounter(c.id, self._counters[c.id].services) for c in office.counters),
                tuple(group.id for group in office.priority_groups),
            )

    def _read_office(self, received: Received) -> None:
        try:
            found = OfficeState.model_validate_json(received.payload)
        except ValidationError:
            return
        with self._known:
            self._office = found
            self._known.notify_all()

    def _read_counter(self, received: Received) -> None:
        try:
            found = CounterState.model_validate_json(received.payload)
        except ValidationError:
            return
        with self._known:
            self._counters[found.counter] = found
            self._known.notify_all()


def heard(reply: Reply) -> Heard:
    """What a reply says to the player."""
    if not reply.ok:
        return Heard(False, reply.at, code=reply.refusal.code if reply.refusal else "refused")
    ticket = reply.issued.ticket if reply.issued else reply.acted.ticket if reply.acted else None
    if ticket is None:
        return Heard(True, reply.at)
    return Heard(True, reply.at, ticket.ticket, ticket.service, ticket.issued_at)


def play(day: PlannedDay, ask: Callable[[Ask], Heard], pace: Pace, speed: float, console: Console) -> Summary:
    """Play a planned day with a progress bar, sign everybody off, print and return the summary."""
    player = Player(day)
    began, finished = (player.next_at() or 0.0), False
    with _progress(console) as progress:
        bar = progress.add_task("Mô phỏng · Simulating", total=len(day.visits), served=0, waiting=0)
        try:
            finished = _play(player, ask, pace, began, lambda: _show(progress, bar, player))
        except KeyboardInterrupt:
            console.print("Dừng mô phỏng, đăng xuất các quầy… · Stopping, signing off…")
        finally:
            _sign_off(player, ask)
        if not finished and player.counts.refused.get(NoReply.code):
            console.print("Văn phòng không trả lời nữa. · The office does not answer any more.")
    summary = _summary(player, speed, finished)
    console.print(table_of(summary))
    return summary


def _sign_off(player: Player, ask: Callable[[Ask], Heard]) -> None:
    """Every simulated officer goes home; an office that does not answer is not asked again."""
    for last in player.goodbye():
        if ask(last).code == NoReply.code:
            return


def _play(
    player: Player, ask: Callable[[Ask], Heard], pace: Pace, began: float, show: Callable[[], None]
) -> bool:
    """Until the day is over (True) or nobody answers any more (False)."""
    silent = 0
    while (due := player.next_at()) is not None:
        pace.wait(due - began - pace.now())
        request = player.step()
        if request is None:
            continue
        answer = ask(request)
        silent = silent + 1 if answer.code == NoReply.code else 0
        player.answered(began + pace.now(), answer)
        show()
        if silent >= MOST_SILENT:
            return False
    return True


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("phục vụ {task.fields[served]} · đang chờ {task.fields[waiting]}"),
        TimeElapsedColumn(),
        console=console,
    )


def _show(progress: Progress, bar: object, player: Player) -> None:
    counts = player.counts
    refused = counts.refused_issues
    progress.update(
        bar,  # type: ignore[arg-type]
        completed=counts.issued + refused,
        served=counts.served,
        waiting=player.waiting,
    )


def _summary(player: Player, speed: float, finished: bool) -> Summary:
    counts: Counts = player.counts
    waits = [wait for ticket, wait in counts.waits_s.items() if ticket in counts.served_tickets]
    return Summary(
        planned=player.planned,
        issued=counts.issued,
        served=counts.served,
        no_show=counts.no_show,
        came_back=counts.came_back,
        transferred=counts.transferred,
        refused=sum(counts.refused.values()),
        mean_wait_s=sum(waits) / len(waits) * speed if waits else None,
        finished=finished,
    )


def table_of(summary: Summary) -> Table:
    """The summary as it is printed."""
    mean = "–" if summary.mean_wait_s is None else f"{summary.mean_wait_s / 60:.1f}"
    table = Table(show_header=False)
    for words, value in (
        ("Số đã cấp · Issued", f"{summary.issued} / {summary.planned}"),
        ("Đã phục vụ · Served", str(summary.served)),
        ("Vắng mặt · No-show", str(summary.no_show)),
        ("Quay lại · Came back", str(summary.came_back)),
        ("Chuyển quầy · Transferred", str(summary.transferred)),
        ("Bị từ chối · Refused", str(summary.refused)),
        ("Chờ trung bình (phút) · Mean wait (min)", mean),
    ):
        table.add_row(words, value)
    return table


def _id_of(payload: bytes) -> str | None:
    try:
        found = json.loads(payload).get("id")
    except (ValueError, AttributeError):
        return None
    return found if isinstance(found, str) else None
