"""What was told against what came true, and ranges that learn from it."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
from fakes.office_day import C1, C2, HOURS, OPENING, OfficeDay
from fakes.small_office import CIVIL, LAND

from queue_server.domain import commands as c
from queue_server.domain.ticket import ParkedBy, Told
from queue_server.waits.conformal import COVERED, KEPT, Range, Rolling, keys_of
from queue_server.waits.figures import VisitRecord
from queue_server.waits.measure import measure
from queue_server.waits.observed import Observed, last_hour
from queue_server.waits.quality import Quality, coverage, day_quality, heard


def told_visit(told: Told | None, minutes: float) -> VisitRecord:
    day = OfficeDay()
    day.issue(told=told)
    day.wait(minutes * 60)
    day.serve()
    return measure(day.journal)[0]


def test_coverage_promises_and_errors_are_of_those_told_something() -> None:
    visits = [
        told_visit(Told(5, 10, 15, 12), 12),
        told_visit(Told(5, 10, 15, 12), 15.1),
        told_visit(Told(5, 10, 15, 12), 4),
        told_visit(None, 30),
    ]
    found = coverage(visits)
    assert (found.n, found.coverage, found.promise_kept) == (3, 1 / 3, 2 / 3)
    assert found.mae_min is not None and abs(found.mae_min - (2 + 5.1 + 6) / 3) < 1e-9
    assert found.bias_min is not None and abs(found.bias_min - (-2 - 5.1 + 6) / 3) < 1e-9
    assert found.p90_error_min == 6


def test_a_days_quality_is_given_for_the_office_and_by_service() -> None:
    day = OfficeDay()
    for service, told in ((CIVIL, Told(0, 5, 9, 8)), (LAND, Told(0, 1, 2, 2)), (CIVIL, None)):
        day.issue(service, told=told)
    for counter in (C1, C2, C1):
        day.wait(240)
        day.serve(counter, walk=0, service=60)
    waiting = day.issue(LAND, told=Told(1, 2, 3, 3))
    found = day_quality(OPENING.date(), measure(day.journal))
    assert waiting and (found.office.n, found.office.told) == (2, 3)
    assert {s: (q.n, q.told, q.promise_kept) for s, q in found.services.items()} == {
        CIVIL: (1, 1, 1.0),
        LAND: (1, 2, 0.0),
    }
    assert found.services[CIVIL].bias_min == 5 - 4
    assert found.services[LAND].bias_min == 1 - 14
    assert found.office.mae_min == (1 + 13) / 2


def test_nothing_told_is_no_quality() -> None:
    assert coverage([told_visit(None, 3)]) == Quality(0)


def test_a_citizen_who_asked_to_be_parked_says_nothing_of_the_prediction() -> None:
    day = OfficeDay()
    ticket = day.issue(told=Told(1, 2, 3, 3))
    day.do(c.ParkTicket, ticket=ticket, parked_by=ParkedBy.CITIZEN)
    day.wait(600)
    day.do(c.UnparkTicket, ticket=ticket)
    day.serve()
    assert coverage(measure(day.journal)).n == 0


def test_ranges_too_narrow_widen_until_four_in_five_hold() -> None:
    rng = np.random.default_rng(3)
    base = told_visit(Told(9, 10, 11, 10), 10)
    factors, held, kept = Rolling(), [], []
    for n in range(1500):
        shown = factors.told(Range(9, 10, 10.2, 11), keys_of("", base.service, 0))
        wait = float(np.clip(rng.normal(10, 2.0), 0, 30))
        told = (round(shown.low), 10, round(shown.high), round(shown.promise))
        issued = OPENING + timedelta(minutes=30 * n)
        leg = replace(base.legs[0], first_called_at=issued + timedelta(minutes=wait))
        visit = replace(base, issued_at=issued, told=told, told_by="mc1", legs=(leg,))
        heard(factors, [visit], "mc1")
        held.append(told[0] <= wait <= told[2])
        kept.append(wait <= told[3])
    assert abs(np.mean(held[500:]) - COVERED) < 0.04
    assert abs(np.mean(kept[500:]) - KEPT) < 0.04


def test_each_estimator_learns_from_what_it_told_itself() -> None:
    wrong = [replace(told_visit(Told(1, 2, 3, 3), 30), told_by=by) for by in ("mc1", "gb1", "")]
    assert heard(Rolling(), wrong, "mc1") == heard(Rolling(), wrong[:1], "mc1") != Rolling()
    assert heard(Rolling(), wrong[1:], "mc1") == Rolling()


def test_a_range_learns_for_its_service_and_for_how_many_were_ahead() -> None:
    day = OfficeDay()
    for _ in range(3):
        day.issue(told=Told(1, 2, 3, 3, "mc1"))
        day.wait(1)
    for _ in range(3):
        day.wait(600)
        day.serve()
    factors = heard(Rolling(), measure(day.journal), "mc1")
    assert {key for key in factors.widths if key.startswith("service")} == {
        f"service {CIVIL} 0",
        f"service {CIVIL} 1",
    }


def test_service_times_no_shows_and_arrivals_are_learnt() -> None:
    day = OfficeDay()
    for _ in range(3):
        day.issue()
        day.serve(walk=20, service=280)
    day.issue()
    day.do(c.CallNext, counter=C1)
    day.wait(120)
    day.do(c.NoShow, counter=C1)
    visits = measure(day.journal)
    seen = Observed().add(visits, HOURS)
    service = visits[0].service
    assert list(seen.taken_s[service]) == [300, 300, 300]
    assert seen.no_show(service) == (1 + 0.05 * 20) / 24
    assert seen.no_show_hold_s() == (120 + 90 * 5) / 6
    assert seen.per_hour(service, visits[0].service_class, 7) == 4
    assert last_hour(visits, day.at)[(service, visits[0].service_class)] == 4
    assert seen.copy().add(visits, HOURS).calls[service] == 8 and seen.calls[service] == 4
