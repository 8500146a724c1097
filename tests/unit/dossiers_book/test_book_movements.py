"""Every pair of stage and movement, what each asks for, what it leaves behind, and taking back."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from fakes.dossier_book import FRIDAY, asked
from hypothesis import given
from hypothesis import strategies as st

from queue_server.dossiers.book_movements import (
    CITIZEN,
    DESK,
    Asked,
    BookState,
    Movement,
    No,
    Said,
    counted,
    decide,
    fold,
)
from queue_server.dossiers.book_table import ENDED, SHORT_CUTS, STATUS, TABLE, WAITING, Kind, Stage, possible
from queue_server.dossiers.dossier import Status

FIRST = Movement(1, Kind.RECEIVED, FRIDAY, "lan", CITIZEN, DESK)
WAYS: dict[Stage, tuple[Kind, ...]] = {
    Stage.AT_DESK: (),
    Stage.AT_UNIT: (Kind.FORWARDED,),
    Stage.BACK: (Kind.FORWARDED, Kind.CAME_BACK),
    Stage.SUPPLEMENT: (Kind.SUPPLEMENT_ASKED,),
    Stage.FEE: (Kind.FEE_SET,),
    Stage.WITHDRAWAL: (Kind.WITHDRAWAL_ASKED,),
    Stage.READY: (Kind.RESULT_READY,),
    Stage.RETURNED: (Kind.RESULT_READY, Kind.RESULT_RETURNED),
    Stage.NOT_ACCEPTED: (Kind.REFUSED,),
    Stage.STOPPED: (Kind.FORWARDED, Kind.REFUSED),
}


def book(*kinds: Kind, fee: int | None = None) -> list[Movement]:
    """A dossier that has been through these, a day between each."""
    movements = [replace(FIRST, amount=fee)]
    for kind in kinds:
        movements += _made(movements, asked(kind, len(movements)))
    return movements


def _made(movements: list[Movement], wish: Asked) -> tuple[Movement, ...]:
    at = movements[-1].at + timedelta(days=1)
    made = decide(fold(movements), wish, "lan", at)
    assert isinstance(made, tuple), (wish, made)
    return made


def state(*kinds: Kind, fee: int | None = None) -> BookState:
    return fold(book(*kinds, fee=fee))


MOVING = [k for k in Kind if k not in (Kind.CORRECTED, Kind.UNDONE)]


@pytest.mark.parametrize("kind", MOVING)
@pytest.mark.parametrize("stage", Stage)
def test_a_pair_is_done_as_the_table_says_or_refused(stage: Stage, kind: Kind) -> None:
    before = state(*WAYS[stage])
    assert before.stage is stage
    wish = asked(kind, before.last.seq)
    if kind is Kind.FORWARDED:
        wish = asked(kind, before.last.seq, unit="Công an xã")
    if kind is Kind.FEE_PAID:
        before = replace(before, fee=before.fee or 1000)
    made = decide(before, wish, "lan", FRIDAY + timedelta(days=9))
    if kind in possible(stage):
        assert isinstance(made, tuple)
        assert tuple(m.kind for m in made) == SHORT_CUTS.get((stage, kind), (kind,))
        assert [m.seq for m in made] == [before.last.seq + 1 + n for n in range(len(made))]
    else:
        assert made is No.NOT_NOW


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_has_its_national_status_and_a_way_in(stage: Stage) -> None:
    assert state(*WAYS[stage]).stage is stage and stage in TABLE
    assert STATUS[stage] is not Status.OTHER


def test_the_book_knows_nine_of_the_ten_statuses_and_never_the_one_before_reception() -> None:
    assert set(STATUS.values()) == set(Status) - {Status.OTHER, Status.REGISTERED}


def test_refusing_before_it_was_forwarded_is_not_accepted_and_after_it_is_stopped() -> None:
    assert STATUS[state(Kind.REFUSED).stage] is Status.NOT_ACCEPTED
    assert STATUS[state(Kind.FORWARDED, Kind.REFUSED).stage] is Status.STOPPED


def test_a_result_ready_at_the_unit_comes_back_first() -> None:
    made = _made(book(Kind.FORWARDED), asked(Kind.RESULT_READY, 2))
    assert [(m.kind, m.from_unit, m.to_unit) for m in made] == [
        (Kind.CAME_BACK, "Phòng Kinh tế", DESK),
        (Kind.RESULT_READY, DESK, DESK),
    ]


def test_a_result_handed_over_on_the_spot_is_ready_first() -> None:
    made = _made(book(), asked(Kind.RESULT_RETURNED, 1))
    assert [m.kind for m in made] == [Kind.RESULT_READY, Kind.RESULT_RETURNED]
    assert made[1].to_unit == CITIZEN


def test_a_movement_says_where_from_and_where_to() -> None:
    movements = book(Kind.FORWARDED)
    (on,) = _made(movements, asked(Kind.FORWARDED, 2, unit="Công an xã"))
    assert (movements[1].from_unit, movements[1].to_unit) == (DESK, "Phòng Kinh tế")
    assert (on.from_unit, on.to_unit) == ("Phòng Kinh tế", "Công an xã")
    assert fold([*movements, on]).unit == "Công an xã"


@pytest.mark.parametrize("waits", sorted(WAITING))
@pytest.mark.parametrize("before", [Stage.AT_DESK, Stage.AT_UNIT, Stage.BACK])
def test_after_waiting_it_is_where_it_was(before: Stage, waits: Stage) -> None:
    into, out = {
        Stage.SUPPLEMENT: (Kind.SUPPLEMENT_ASKED, Kind.SUPPLIED),
        Stage.FEE: (Kind.FEE_SET, Kind.FEE_PAID),
        Stage.WITHDRAWAL: (Kind.WITHDRAWAL_ASKED, Kind.WITHDRAWAL_DROPPED),
    }[waits]
    waiting, after = state(*WAYS[before], into), state(*WAYS[before], into, out)
    assert waiting.stage is waits and after.stage is before and after.before == ()


def test_a_withdrawal_asked_for_during_a_supplement_leads_back_to_it() -> None:
    ways = (Kind.FORWARDED, Kind.SUPPLEMENT_ASKED, Kind.WITHDRAWAL_ASKED, Kind.WITHDRAWAL_DROPPED)
    assert state(*ways).stage is Stage.SUPPLEMENT
    assert state(*ways, Kind.SUPPLIED).stage is Stage.AT_UNIT


def test_the_time_of_supplements_adds_up_and_an_open_one_is_not_in_it() -> None:
    twice = (Kind.SUPPLEMENT_ASKED, Kind.SUPPLIED, Kind.SUPPLEMENT_ASKED)
    open_ = state(*twice)
    assert (open_.paused, open_.supplements) == (timedelta(days=1), 2) and open_.asked_at is not None
    done = state(*twice, Kind.SUPPLIED)
    assert (done.paused, done.asked_at) == (timedelta(days=2), None)


def test_a_fee_set_at_reception_moves_nothing_but_is_due_before_the_result_is_handed_over() -> None:
    ready = state(Kind.RESULT_READY, fee=8000)
    assert (ready.stage, ready.fee_due) == (Stage.READY, 8000)
    assert decide(ready, asked(Kind.RESULT_RETURNED, 2), "lan", FRIDAY) is No.FEE_UNPAID
    assert state(Kind.RESULT_READY, Kind.FEE_PAID, Kind.RESULT_RETURNED, fee=8000).stage is Stage.RETURNED


def test_a_second_fee_adds_to_one_that_is_not_paid_and_replaces_one_that_is() -> None:
    assert state(Kind.FEE_SET, fee=8000).fee_due == 58_000
    assert state(Kind.FEE_PAID, Kind.FEE_SET, fee=8000).fee_due == 50_000


def test_nothing_is_paid_twice() -> None:
    paid = state(Kind.FEE_PAID, fee=8000)
    assert decide(paid, asked(Kind.FEE_PAID, 2), "lan", FRIDAY) is No.NOTHING_TO_PAY


@pytest.mark.parametrize(
    ("wish", "no"),
    [
        (Asked(Kind.REFUSED, 1, said=Said("  ")), No.REASON_WANTED),
        (Asked(Kind.CORRECTED, 1), No.REASON_WANTED),
        (Asked(Kind.SUPPLEMENT_ASKED, 1, said=Said(items=(" ", ""))), No.ITEMS_WANTED),
        (Asked(Kind.FORWARDED, 1), No.UNIT_WANTED),
        (Asked(Kind.FORWARDED, 1, DESK), No.UNIT_WANTED),
        (Asked(Kind.FEE_SET, 1), No.AMOUNT_WANTED),
        (Asked(Kind.FEE_SET, 1, amount=-5), No.AMOUNT_WANTED),
        (Asked(Kind.FEE_SET, 1, amount=10**11), No.AMOUNT_WANTED),
        (Asked(Kind.FEE_PAID, 1), No.NOTHING_TO_PAY),
        (Asked(Kind.UNDONE, 1, said=Said("nhầm")), No.NOTHING_TO_UNDO),
        (Asked(Kind.RESULT_READY, 0), No.MOVED_SINCE),
        (Asked(Kind.REFUSED, 1, said=Said("x" * 501)), No.TOO_LONG),
        (Asked(Kind.SUPPLEMENT_ASKED, 1, said=Said(items=("x",) * 13)), No.TOO_LONG),
        (Asked(Kind.RECEIVED, 1), No.NOT_NOW),
    ],
)
def test_what_is_missing_is_asked_for(wish: Asked, no: No) -> None:
    assert decide(state(), wish, "lan", FRIDAY) is no


def test_a_moment_never_runs_backwards() -> None:
    movements = book(Kind.FORWARDED)
    made = decide(fold(movements), asked(Kind.CAME_BACK, 2), "lan", FRIDAY - timedelta(days=5))
    assert isinstance(made, tuple) and made[0].at == movements[-1].at


def test_the_last_movement_is_taken_back_and_both_stay_in_the_book() -> None:
    movements = book(Kind.FORWARDED, Kind.SUPPLEMENT_ASKED)
    (back,) = _made(movements, asked(Kind.UNDONE, 3, reason="Bấm nhầm"))
    after = fold([*movements, back])
    assert (back.undoes, after.stage, after.supplements) == (3, Stage.AT_UNIT, 0)
    assert (after.last.seq, after.undoable) == (4, 2)
    assert [m.seq for m in counted([*movements, back])] == [1, 2]


def test_reception_itself_is_never_taken_back() -> None:
    movements = book(Kind.FORWARDED)
    movements += _made(movements, asked(Kind.UNDONE, 2))
    assert fold(movements).undoable is None


def test_an_ending_can_be_taken_back() -> None:
    movements = book(Kind.FORWARDED, Kind.REFUSED)
    movements += _made(movements, asked(Kind.UNDONE, 3))
    assert fold(movements).stage is Stage.AT_UNIT and not fold(movements).ended


def test_a_correction_moves_nothing_at_any_stage() -> None:
    for stage, ways in WAYS.items():
        movements = book(*ways)
        movements += _made(movements, asked(Kind.CORRECTED, len(movements)))
        after = fold(movements)
        assert (after.stage, after.last.kind) == (stage, Kind.CORRECTED)
        assert after.undoable == (len(movements) - 1 if ways else None)


@given(st.lists(st.sampled_from(Kind), max_size=30), st.sampled_from([None, 8000]))
def test_whatever_is_asked_the_book_stays_whole(kinds: list[Kind], fee: int | None) -> None:
    movements = [replace(FIRST, amount=fee)]
    for kind in kinds:
        before = fold(movements)
        made = decide(before, asked(kind, before.last.seq, amount=7), "lan", FRIDAY)
        if isinstance(made, No):
            continue
        movements += made
        after = fold(movements)
        assert [m.seq for m in movements] == list(range(1, len(movements) + 1))
        assert after.last == movements[-1]
        assert all(a.at <= b.at for a, b in pairwise(movements))
        assert (after.stage in WAITING) <= bool(after.before)
        assert not (after.stage is Stage.RETURNED and after.fee_due)
        if kind is Kind.UNDONE:
            taken = next(m for m in movements if m.seq == made[0].undoes)
            assert taken.seq not in {m.seq for m in counted(movements)}
    assert fold(movements).ended == (fold(movements).stage in ENDED)
