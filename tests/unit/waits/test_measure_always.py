"""What holds of every day: waits agree with the domain's, and nothing but the office's acts changes them."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fakes.office_day import C1, C2, OfficeDay
from fakes.random_days import DAYS, Act, play
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queue_server.domain import commands as c
from queue_server.domain.visit_wait import leg_wait
from queue_server.engine.ports import Recorded
from queue_server.storage.codec import instant_text, to_json
from queue_server.waits.figures import Outcome
from queue_server.waits.measure import VisitBook, measure


def played(acts: Sequence[Act]) -> OfficeDay:
    day = OfficeDay()
    for act in acts:
        play(day, act)
    return day


@given(DAYS)
def test_waits_agree_with_the_domains_own(acts: list[Act]) -> None:
    day = OfficeDay()
    for act in acts:
        play(day, act)
    for visit in measure(day.journal):
        ticket = day.office.tickets[visit.ticket]
        waits = [leg_wait(leg, ticket.appointment_at) for leg in ticket.legs]
        assert [leg.wait_s for leg in visit.legs] == [
            (w and w.total_seconds()) or (0 if w is not None else None) for w in waits
        ]
        assert [leg.service for leg in visit.legs] == [leg.target.service for leg in ticket.legs]
        assert [leg.ended_at for leg in visit.legs] == [leg.ended_at for leg in ticket.legs]


@given(DAYS, st.data())
def test_acts_taken_back_recalls_and_restarts_change_no_wait(acts: list[Act], data: st.DataObject) -> None:
    """Taking back is a counter's last act: days that undo by themselves are disturbed by restarts only."""
    nuisances = ["", "recall", "restart", "taken back"]
    if any(act.what == "undo" for act in acts):
        nuisances = ["", "restart"]
    plain = OfficeDay()
    disturbed = plain.twin()
    for act in acts:
        played_plain = play(plain, act)
        assert play(disturbed, act) == played_plain
        if act.what == "undo":
            continue
        nuisance = data.draw(st.sampled_from(nuisances))
        if nuisance == "recall":
            for counter in (C1, C2):
                if disturbed.do(c.Recall, counter=counter):
                    plain.do(c.Recall, counter=counter)
        elif nuisance == "restart":
            disturbed.do(c.StartEngine, boot_id="again")
        elif nuisance == "taken back":
            for what in (c.CallNext, c.StartService, c.EndService, c.NoShow, c.AwaitResult):
                if disturbed.do(what, counter=C1):
                    assert disturbed.do(c.Undo, counter=C1)
    a, b = measure(plain.journal), measure(disturbed.journal)
    ids = {y.ticket: x.ticket for x, y in zip(a, b, strict=True)}
    assert a == tuple(replace(visit, ticket=ids[visit.ticket]) for visit in b)


@given(DAYS)
def test_hearing_the_journal_in_pieces_is_hearing_it_whole(acts: list[Act]) -> None:
    day = played(acts)
    book = VisitBook()
    for recorded in day.journal:
        book.hear(recorded)
        book.all()
    assert book.all() == measure(day.journal)


@given(DAYS)
def test_served_visits_have_every_leg_called_and_nothing_is_negative(acts: list[Act]) -> None:
    for visit in measure(played(acts).journal):
        if visit.outcome is Outcome.SERVED:
            assert all(leg.wait_s is not None for leg in visit.legs)
            assert visit.legs[-1].started_at is not None
            assert visit.waited_s == visit.wait_s
        for leg in visit.legs:
            for seconds in (leg.wait_s, leg.open_wait_s, leg.walk_s, leg.service_s):
                assert seconds is None or seconds >= 0
            if leg.open_wait_s is not None and leg.wait_s is not None:
                assert leg.open_wait_s <= leg.wait_s + 1e-6


def exported(journal: Sequence[Recorded], to: Path) -> Path:
    with to.open("w", encoding="utf-8") as file:
        for r in journal:
            row = {
                "seq": r.seq,
                "type": r.event.TYPE,
                "at": instant_text(r.at),
                "data": json.loads(to_json(r.event)),
                "command_id": r.command_id,
            }
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return to


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exported")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DAYS, min_size=1, max_size=3).map(lambda days: [act for day in days for act in day]))
def test_an_independent_script_recomputes_the_mean_from_an_export(folder: Path, acts: list[Act]) -> None:
    day = played(acts)
    day.wait(timedelta(hours=18).total_seconds())
    day.do(c.Tick)
    script = Path(__file__).with_name("recompute_waits.py")
    command = [sys.executable, "-I", str(script), str(exported(day.journal, folder / "journal.jsonl"))]
    found = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    waits = [v.wait_s or 0.0 for v in measure(day.journal) if v.outcome is Outcome.SERVED]
    assert found["n"] == len(waits)
    if waits:
        assert abs(found["mean"] - sum(waits) / len(waits)) < 1e-6
