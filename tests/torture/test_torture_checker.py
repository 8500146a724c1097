"""The judge of the torture is judged: each kind of violation is planted and must be named."""

import copy
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.torture.checker import FIELDS, _text, check
from tests.torture.evidence import Evidence

BEGAN = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def _row(seq: int, type_: str, command: str, data: dict[str, Any]) -> dict[str, Any]:
    at = (BEGAN + timedelta(seconds=seq)).isoformat(timespec="microseconds").replace("+00:00", "Z")
    return {
        "seq": seq, "id": f"e{seq}", "type": type_, "version": 1, "at": at, "data": data,
        "command_id": command, "by_role": "device", "by_id": "k", "by_where": "mqtt", "boot_id": "b",
        "monotonic": float(seq), "hash": "",
    }  # fmt: skip


def _sealed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    previous = ""
    for row in rows:
        fields = [row[name] for name in FIELDS]
        fields[5] = _text(row["data"])
        previous = row["hash"] = hashlib.sha256(_text([previous, *fields]).encode()).hexdigest()
    return rows


def _issued(ticket: str, number: str) -> dict[str, Any]:
    return {"ticket": ticket, "number": number, "issued_at": "2026-11-20T01:00:00.000000Z"}


def _yes(id_: str, verb: str, **more: Any) -> list[dict[str, Any]]:
    reply = {"id": id_, "ok": True, "at": "2026-11-20T01:00:00Z", **more}
    return [
        {"do": "ask", "user": "k", "id": id_, "verb": verb},
        {"do": "reply", "user": "k", "id": id_, "reply": reply},
    ]


def honest() -> Evidence:
    """Two tickets; one called, served, its slip printed; a panel that showed the truth."""
    rows = [
        _row(1, "office.configured", "s.1", {"config": {"counters": [{"id": "q1"}, {"id": "q2"}]}}),
        _row(2, "day.opened", "s.1", {"day": "2026-11-20"}),
        *(_row(2 + n, "counter.opened", f"k.o{n}", {"counter": f"q{n}"}) for n in (1, 2)),
        _row(5, "ticket.issued", "k.i1", _issued("t1", "A001")),
        _row(6, "ticket.issued", "k.i2", _issued("t2", "A002")),
        _row(7, "slip.outcome", "k.s1", {"ticket": "t1", "job": "j1", "outcome": "printed"}),
        _row(8, "ticket.called", "k.c1", {"ticket": "t1", "counter": "q1"}),
        _row(9, "ticket.started", "k.b1", {"ticket": "t1", "counter": "q1"}),
        _row(10, "ticket.ended", "k.e1", {"ticket": "t1", "counter": "q1", "next_service": None}),
        _row(11, "ticket.called", "k.c2", {"ticket": "t2", "counter": "q1"}),
    ]
    clients = [
        *_yes("i1", "issue", issued={"ticket": {"ticket": "t1", "number": "A001"}}),
        *_yes("i2", "issue", issued={"ticket": {"ticket": "t2", "number": "A002"}}),
        *_yes("c1", "call-next"),
    ]
    shown = [
        _shown(4, "q1", "idle", ""),
        _shown(4, "q2", "idle", ""),
        _shown(8, "q1", "calling", "A001"),
        _shown(11, "q1", "calling", "A002"),
    ]
    return Evidence(_sealed(rows), clients, shown, shown[1:], frozenset({"j1"}))


def _shown(version: int, counter: str, state: str, number: str) -> dict[str, Any]:
    told = {"version": version, "counter": counter, "state": state, "number": number}
    return {"do": "state", "topic": f"counter/{counter}/state", "state": told}


def test_an_honest_round_is_found_without_fault() -> None:
    assert check(honest()) == []


def _add(type_: str, **data: Any) -> Callable[[Evidence], None]:
    def plant(found: Evidence) -> None:
        found.journal.append(_row(len(found.journal) + 1, type_, "k.x", data))
        _sealed(found.journal)
        found.panel, found.fresh = [], []

    return plant


def _lost_act(found: Evidence) -> None:
    found.clients += _yes("never", "start")


def _lost_ticket(found: Evidence) -> None:
    found.clients += _yes("i1x", "issue", issued={"ticket": {"ticket": "t9", "number": "A009"}})


def _other_number(found: Evidence) -> None:
    found.clients[1]["reply"]["issued"]["ticket"]["number"] = "A007"


def _two_answers(found: Evidence) -> None:
    again = copy.deepcopy(found.clients[1])
    again["reply"]["at"] = "2026-11-20T02:00:00Z"
    found.clients.append(again)


def _refused_but_done(found: Evidence) -> None:
    found.clients[5]["reply"] |= {"ok": False, "refusal": {"code": "nobody_waiting"}}


def _row_changed(found: Evidence) -> None:
    found.journal[4]["data"]["kiosk"] = "another"


def _row_missing(found: Evidence) -> None:
    del found.journal[6]


def _time_back(found: Evidence) -> None:
    found.journal[-1]["at"] = "2026-11-20T00:00:00.000000Z"
    _sealed(found.journal)


def _verify_says_no(found: Evidence) -> None:
    found.verify = "event 3: hash"


def _unknown_slip(found: Evidence) -> None:
    found.slips |= {"j7"}


def _slip_not_there(found: Evidence) -> None:
    found.slips = frozenset()


def _seen(ticket: str, number: str) -> Callable[[Evidence], None]:
    line = {"do": "seen", "user": "glass", "ticket": ticket, "number": number}
    return lambda found: found.clients.append(line)


def _wrong_display(found: Evidence) -> None:
    found.panel.insert(2, _shown(9, "q1", "serving", "A002"))


def _left_behind(found: Evidence) -> None:
    found.panel.append(_shown(8, "q1", "calling", "A001"))


def _blank_display(found: Evidence) -> None:
    found.fresh = found.fresh[1:]


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (_lost_act, "lost: k start never"),
        (_lost_ticket, "lost: k issue i1x"),
        (_other_number, "lost: A007"),
        (_two_answers, "answers: "),
        (_refused_but_done, "refused but done: k call-next c1"),
        (_add("ticket.issued", **_issued("t3", "A001")), "number: "),
        (_add("ticket.issued", **_issued("t1", "A003")), "number: "),
        (_add("ticket.called", ticket="t2", counter="q2"), "two counters: "),
        (_add("ticket.called", ticket="t1", counter="q2"), "state: "),
        (_add("ticket.called", ticket="t9", counter="q2"), "unknown: "),
        (_add("ticket.started", ticket="t2", counter="q2"), "counter: "),
        (_add("slip.outcome", ticket="t1", job="j1", outcome="printed"), "slip: job j1 has 2"),
        (_add("slip.outcome", ticket="t8", job="j8", outcome="unconfirmed"), "slip: "),
        (_row_changed, "chain: row 5"),
        (_row_missing, "hole: row 7"),
        (_time_back, "time: row 11"),
        (_verify_says_no, "chain: motcua"),
        (_unknown_slip, "slip: job j7 came out"),
        (_seen("t9", "A009"), "lost: A009 was seen at glass"),
        (_seen("t1", "A002"), "lost: A002 was seen at glass"),
        (_add("ticket.alias_given", ticket="t2", alias="A001", issued_at=None), "number: "),
        (_add("ticket.issued", **_issued("t3", "A001"), late=True), "number: "),
        (_slip_not_there, "slip: job j1 is said to be printed"),
        (_wrong_display, "display: q1 showed"),
        (_left_behind, "display: the panel is left with q1"),
        (_blank_display, "display: a fresh panel was shown nothing of q2"),
    ],
)
def test_every_planted_violation_is_named(plant: Callable[[Evidence], None], said: str) -> None:
    found = honest()
    plant(found)
    assert any(problem.startswith(said) for problem in check(found)), check(found)


def test_a_wait_that_ends_before_it_began_is_named() -> None:
    found = honest()
    found.journal[5]["data"]["issued_at"] = "2026-11-20T09:00:00.000000Z"
    _sealed(found.journal)
    assert any(problem.startswith("wait: ") for problem in check(found))


def test_a_slip_that_failed_and_came_out_is_named() -> None:
    found = honest()
    found.journal[6]["data"]["outcome"] = "failed"
    _sealed(found.journal)
    assert any("said to have failed" in problem for problem in check(found))


def test_a_counter_that_calls_two_is_named() -> None:
    found = honest()
    del found.journal[9]
    found.journal[9]["seq"] = 10
    _sealed(found.journal)
    assert any(problem.startswith("two tickets: ") for problem in check(found))


def test_a_paper_that_came_home_is_found_under_either_number() -> None:
    found = honest()
    _add("ticket.alias_given", ticket="t2", alias="Z901", issued_at=None)(found)
    for ticket, number in (("t1", "A001"), ("t2", "A002"), ("a-paper", "Z901")):
        _seen(ticket, number)(found)
    assert check(found) == []


def test_a_number_of_another_day_may_come_home_today() -> None:
    found = honest()
    late = {**_issued("t3", "A001"), "issued_at": "2026-11-19T01:00:00.000000Z", "late": True}
    _add("ticket.issued", **late)(found)
    _add("ticket.served_in_outage", ticket="t3", known=False)(found)
    assert check(found) == []
