"""PURE: a dossier of the book as its forms print it, and as a look-up tells it."""

from collections.abc import Callable
from datetime import datetime

from queue_server.codes.masking import mask_name
from queue_server.domain.hours import Hours
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words
from queue_server.dossiers.book_due import moved_by
from queue_server.dossiers.book_movements import CITIZEN, DESK, BookState, Movement, counted, fold
from queue_server.dossiers.book_ports import Kept
from queue_server.dossiers.book_reception import Private
from queue_server.dossiers.book_record import BookRecord, FormNumber, Handover, Supplement
from queue_server.dossiers.book_table import STATUS, Kind
from queue_server.dossiers.dossier import Dossier, Status, Step, SupplementRequest, When
from queue_server.dossiers.timeliness import Standing, timeliness

AT_DESK = Words("Tiếp nhận tại Bộ phận Một cửa", "Received at the desk")
AT_UNIT = Words("Giải quyết", "In work")
BACK = Words("Bộ phận Một cửa nhận kết quả", "Result with the desk")

Names = Callable[[str], str]
"""An account's opaque id → the officer's name, empty when the account is gone."""


def record_of(kept: Kept, config: OfficeConfig, names: Names) -> BookRecord:
    """Everything the forms print."""
    holding = counted(kept.movements)
    state = fold(kept.movements)
    private = kept.private or Private()
    ends = _last(holding, Kind.REFUSED, Kind.WITHDRAWN)
    returned, forwarded = _last(holding, Kind.RESULT_RETURNED), _first(holding, Kind.FORWARDED)
    desk, back = config.forms.unit_short, _last(holding, Kind.CAME_BACK)
    others = [h.to_unit for h in holding if h.kind is Kind.FORWARDED and h.to_unit != kept.deciding_unit]
    return BookRecord(
        id=kept.id,
        code=kept.code,
        status=STATUS[state.stage],
        receipt=kept.receipt,
        control=kept.control,
        place=kept.place,
        applicant=private.applicant,
        procedure_code=kept.procedure_code,
        procedure=kept.procedure,
        request=private.request or kept.procedure.vi,
        papers=private.papers,
        sets=kept.sets,
        legal_days=kept.legal_days,
        received_at=kept.received_at,
        counts_from=kept.counts_from,
        due_at=kept.due_at,
        expected_at=expected_at(kept, state, config.hours),
        channel=kept.channel,
        result_method=kept.result_method,
        result_place=_place(kept, private, config),
        receiving_unit=kept.receiving_unit,
        deciding_unit=kept.deciding_unit,
        cooperating_unit=", ".join(dict.fromkeys(others)),
        receiver=names(kept.movements[0].by),
        fee=state.fee,
        fee_paid_at=state.fee_paid_at,
        supplements=_supplements(kept, holding, config, names),
        handovers=_handovers(kept, holding, desk, config.hours, names),
        forwarded_at=forwarded.at if forwarded else None,
        back_at=back.at if back else None,
        returned_at=returned.at if returned else None,
        stopped_at=ends.at if ends else None,
        stop_reason=ends.said.reason if ends else "",
        note=private.note,
        forgotten=kept.private is None,
    )


def expected_at(kept: Kept, state: BookState, hours: Hours) -> datetime:
    """The due instant after what supplements took; an open one moves nothing yet."""
    if not state.paused:
        return kept.due_at
    supplied = _last(counted(kept.movements), Kind.SUPPLIED)
    return moved_by(hours, kept.due_at, state.paused, supplied.at if supplied else kept.due_at)


def dossier_of(kept: Kept, config: OfficeConfig) -> Dossier:
    """The dossier as a look-up tells it: the name masked, moments local."""
    hours = config.hours
    holding = counted(kept.movements)
    state = fold(kept.movements)
    private = kept.private or Private()

    def when(at: datetime | None) -> When | None:
        return When.of(hours.local(at).replace(tzinfo=None)) if at else None

    def last(*kinds: Kind) -> When | None:
        found = _last(holding, *kinds)
        return when(found.at) if found else None

    forwarded, expected = _first(holding, Kind.FORWARDED), expected_at(kept, state, hours)
    supplements = tuple(
        SupplementRequest("; ".join(one.items), when(one.asked_at), when(one.supplied_at))
        for one in _supplements(kept, holding, config, lambda _id: "")
    )
    shown = private.applicant.organisation or private.applicant.name
    return Dossier(
        code=kept.code,
        status=STATUS[state.stage],
        procedure=kept.procedure.vi,
        applicant=mask_name(shown),
        procedure_code=kept.procedure_code,
        field=kept.place.field,
        receiving_office=kept.receiving_unit,
        deciding_unit=kept.deciding_unit,
        received=when(kept.received_at),
        due=when(kept.due_at),
        due_now=when(expected) if expected != kept.due_at else None,
        forwarded=when(forwarded.at) if forwarded else None,
        done=last(Kind.RESULT_READY),
        returned=last(Kind.RESULT_RETURNED),
        stopped=last(Kind.REFUSED, Kind.WITHDRAWN),
        channel=kept.channel,
        result_place=private.result_place,
        result_method=kept.result_method,
        fee_due=state.fee_due if state.fee is not None else None,
        legal_days=kept.legal_days,
        contact=config.dossiers.contact if supplements or state.fee_due else "",
        supplements=supplements,
        steps=_steps(kept, holding, when),
    )


def _place(kept: Kept, private: Private, config: OfficeConfig) -> str:
    """Where the result is collected, in words: as written, else what the method says."""
    if private.result_place or kept.private is None:
        return private.result_place
    usual = {
        "counter": config.forms.unit,
        "post": f"Qua bưu chính: {private.applicant.address}",
        "online": "Cổng Dịch vụ công",
    }
    return usual.get(kept.result_method, "")


def _supplements(
    kept: Kept, holding: list[Movement], config: OfficeConfig, names: Names
) -> tuple[Supplement, ...]:
    found: list[Supplement] = []
    answers = iter([m for m in holding if m.kind is Kind.SUPPLIED])
    for asked in (m for m in holding if m.kind is Kind.SUPPLEMENT_ASKED):
        answer = next((m for m in answers), None)
        number = FormNumber(asked.number or 0, config.hours.day_of(asked.at).year, kept.guidance_suffix)
        found.append(
            Supplement(
                number=number,
                asked_at=asked.at,
                items=asked.said.items,
                contact=asked.said.contact or config.dossiers.contact,
                contact_phone=asked.said.contact_phone,
                guide=names(asked.by),
                supplied_at=answer.at if answer else None,
            )
        )
    return tuple(found)


def _handovers(
    kept: Kept, holding: list[Movement], desk: str, hours: Hours, names: Names
) -> tuple[Handover, ...]:
    """From the desk to the units and back. The taker says how it stood: known when it is back at the desk."""
    made: list[Handover] = []
    for one in holding:
        if one.kind not in (Kind.FORWARDED, Kind.CAME_BACK):
            continue
        back = one.kind is Kind.CAME_BACK
        made.append(
            Handover(
                from_unit=desk if one.from_unit == DESK else one.from_unit,
                to_unit=desk if one.to_unit == DESK else one.to_unit,
                given_at=one.at,
                giver=names(one.by) if one.from_unit == DESK else "",
                taker=names(one.by) if back else "",
                standing=_back_standing(kept, holding, one.at, hours) if back else None,
                note=one.said.reason,
            )
        )
    return tuple(made)


def _back_standing(kept: Kept, holding: list[Movement], at: datetime, hours: Hours) -> Standing:
    """EARLY, ON_TIME or LATE had the work ended at that moment."""

    def when(moment: datetime) -> When:
        return When.of(hours.local(moment).replace(tzinfo=None))

    asked = [m for m in holding if m.kind is Kind.SUPPLEMENT_ASKED and m.at <= at]
    supplied = [m for m in holding if m.kind is Kind.SUPPLIED and m.at <= at]
    pauses = tuple(
        SupplementRequest("", when(a.at), when(supplied[n].at) if n < len(supplied) else None)
        for n, a in enumerate(asked)
    )
    stood = Dossier(
        kept.code, Status.RESULT_READY, "", "", due=when(kept.due_at), done=when(at), supplements=pauses
    )
    return timeliness(stood, when(at)).standing


def _steps(
    kept: Kept, holding: list[Movement], when: Callable[[datetime | None], When | None]
) -> tuple[Step, ...]:
    """Its stays, from one unit to the next."""
    stays: list[tuple[Words, str, datetime]] = [(AT_DESK, kept.receiving_unit, kept.received_at)]
    end: datetime | None = None
    for one in holding:
        if one.kind is Kind.FORWARDED:
            stays.append((AT_UNIT, one.to_unit, one.at))
        elif one.kind is Kind.CAME_BACK:
            stays.append((BACK, kept.receiving_unit, one.at))
        elif one.to_unit == CITIZEN and one.kind in (Kind.REFUSED, Kind.WITHDRAWN, Kind.RESULT_RETURNED):
            end = one.at
    ends = [begun for _, _, begun in stays[1:]] + [end]
    return tuple(
        Step(words, unit, when(begun), when(ended))
        for (words, unit, begun), ended in zip(stays, ends, strict=True)
    )


def _last(holding: list[Movement], *kinds: Kind) -> Movement | None:
    return next((m for m in reversed(holding) if m.kind in kinds), None)


def _first(holding: list[Movement], kind: Kind) -> Movement | None:
    return next((m for m in holding if m.kind is kind), None)
