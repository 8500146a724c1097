"""A dossier of the book as its forms, its register line and a look-up have it."""

from datetime import timedelta

from fakes.dossier_book import FRIDAY, ID_NUMBER, NAME, PHONE, asked, config, form

from queue_server.dossiers.book_movements import CITIZEN, DESK, Movement, decide, fold
from queue_server.dossiers.book_ports import Kept
from queue_server.dossiers.book_reception import Reception, reception
from queue_server.dossiers.book_record import FormNumber, RegisterPlace
from queue_server.dossiers.book_register import COLUMNS, FORGOTTEN, row_of, table
from queue_server.dossiers.book_show import dossier_of, record_of
from queue_server.dossiers.book_table import Kind
from queue_server.dossiers.dossier import Status
from queue_server.dossiers.statuses import citizen
from queue_server.dossiers.timeliness import Standing, timeliness

CONFIG = config()
HOURS = CONFIG.hours


def names(id_: str) -> str:
    return {"lan": "Trần Thị Lan"}.get(id_, "")


def kept(*kinds: Kind, step: timedelta = timedelta(days=1), private: bool = True, **changes: object) -> Kept:
    """A dossier of three working days, received on Friday, with a movement every `step`."""
    made = reception(CONFIG, form(**changes), "lan", FRIDAY)  # type: ignore[arg-type]
    assert isinstance(made, Reception)
    movements = [Movement(1, Kind.RECEIVED, FRIDAY, "lan", CITIZEN, DESK, amount=made.fee)]
    for kind in kinds:
        state = fold(movements)
        found = decide(state, asked(kind, state.last.seq), "lan", state.last.at + step)
        assert isinstance(found, tuple), found
        movements += found
    numbered = tuple(
        Movement(m.seq, m.kind, m.at, m.by, m.from_unit, m.to_unit, 7, m.amount, m.undoes, m.said)
        if m.kind is Kind.SUPPLEMENT_ASKED
        else m
        for m in movements
    )
    return Kept(
        "d1", "H99.16-261120-0001", FormNumber(12, 2026, "TNHS"), FormNumber(12, 2026, "KSGQHS"), "HDHS",
        RegisterPlace("Hộ tịch", 2026, 1, 12), made.procedure.code, made.procedure.name,
        made.procedure.legal_days, made.received_at, made.counts_from, made.due_at, made.sets, made.channel,
        made.result_method, made.receiving_unit, made.deciding_unit,
        made.private if private else None, numbered,
    )  # fmt: skip


def test_the_record_has_every_field_of_the_receipt() -> None:
    record = record_of(kept(fee=8000), CONFIG, names)
    assert (str(record.receipt), str(record.control), record.place.line) == ("12/TNHS", "12/KSGQHS", 12)
    assert (record.applicant.name, record.applicant.phone) == (NAME, PHONE)
    assert (record.sets, record.legal_days, record.receiver) == (1, 3, "Trần Thị Lan")
    assert record.papers[0].name == "Tờ khai" and record.request == record.procedure.vi
    assert record.result_place == CONFIG.forms.unit
    assert (record.fee, record.fee_due, record.expected_at) == (8000, 8000, record.due_at)


def test_the_place_of_a_result_by_post_is_the_applicants_address() -> None:
    assert record_of(kept(result_method="post"), CONFIG, names).result_place.endswith("Thôn 3, xã Thanh Bình")
    own = record_of(kept(result_method="post", result_place="Thôn 5"), CONFIG, names)
    assert own.result_place == "Thôn 5"


def test_hand_overs_go_from_the_desk_to_the_units_and_back_with_their_standing() -> None:
    record = record_of(kept(Kind.FORWARDED, Kind.CAME_BACK), CONFIG, names)
    there, back = record.handovers
    desk = CONFIG.forms.unit_short
    assert (there.from_unit, there.to_unit, there.giver) == (desk, "Phòng Kinh tế", "Trần Thị Lan")
    assert (there.standing, back.standing) == (None, Standing.EARLY)
    assert (back.from_unit, back.to_unit, back.taker) == ("Phòng Kinh tế", desk, "Trần Thị Lan")
    assert record.cooperating_unit == "Phòng Kinh tế" and record.back_at == back.given_at


def test_a_dossier_back_after_its_day_is_late() -> None:
    record = record_of(kept(Kind.FORWARDED, Kind.CAME_BACK, step=timedelta(days=4)), CONFIG, names)
    assert record.handovers[1].standing is Standing.LATE


def test_a_supplement_has_its_number_its_papers_and_whom_to_ask() -> None:
    record = record_of(kept(Kind.SUPPLEMENT_ASKED, Kind.SUPPLIED), CONFIG, names)
    (one,) = record.supplements
    assert (str(one.number), one.items, one.contact) == ("7/HDHS", ("Bản sao Giấy khai sinh",), "Quầy 2")
    assert one.guide == "Trần Thị Lan" and one.supplied_at is not None
    assert record.expected_at - record.due_at == timedelta(days=1)


def test_after_a_supplement_a_look_up_tells_the_day_it_is_due_now() -> None:
    found = dossier_of(kept(Kind.SUPPLEMENT_ASKED, Kind.SUPPLIED, step=timedelta(days=3)), CONFIG)
    assert found.due and found.due_now and found.told_due == found.due_now
    assert (f"{found.due.day:%d/%m}", f"{found.due_now.day:%d/%m}") == ("25/11", "27/11")
    assert "27/11/2026" in citizen(found).next_step.vi
    waiting = dossier_of(kept(Kind.SUPPLEMENT_ASKED), CONFIG)
    assert waiting.due_now is None and waiting.told_due == waiting.due


def test_what_was_taken_back_is_on_no_form() -> None:
    record = record_of(kept(Kind.SUPPLEMENT_ASKED, Kind.UNDONE), CONFIG, names)
    assert record.supplements == () and record.status is Status.ACCEPTED


def test_a_look_up_masks_the_name_and_knows_no_number() -> None:
    found = dossier_of(kept(Kind.FORWARDED, Kind.SUPPLEMENT_ASKED), CONFIG)
    assert found.applicant == "N**** T** H**** G****" and found.status is Status.SUPPLEMENT_ASKED
    assert NAME not in repr(found) and ID_NUMBER not in repr(found) and PHONE not in repr(found)
    assert [s.unit for s in found.steps] == [CONFIG.name.vi, "Phòng Kinh tế"]
    assert found.contact == "Quầy 2" and found.has_protected


def test_a_look_up_and_the_rule_agree_on_a_paused_dossier() -> None:
    found = dossier_of(kept(Kind.SUPPLEMENT_ASKED), CONFIG)
    assert found.received is not None
    assert timeliness(found, found.received).standing is Standing.PAUSED


def test_a_finished_dossier_says_when_each_thing_was() -> None:
    found = dossier_of(kept(Kind.FORWARDED, Kind.CAME_BACK, Kind.RESULT_READY, Kind.RESULT_RETURNED), CONFIG)
    assert found.forwarded and found.done and found.returned and found.stopped is None
    assert found.done.day < found.returned.day and found.steps[-1].ended == found.returned


def test_a_refused_dossier_is_stopped_and_its_reason_is_in_the_register() -> None:
    one = kept(Kind.REFUSED)
    assert dossier_of(one, CONFIG).stopped is not None
    assert "Không đủ điều kiện" in row_of(record_of(one, CONFIG, names), HOURS)[13]


def test_a_register_line_has_the_fourteen_columns() -> None:
    ways = (Kind.FORWARDED, Kind.SUPPLEMENT_ASKED, Kind.SUPPLIED, Kind.CAME_BACK, Kind.RESULT_RETURNED)
    row = row_of(record_of(kept(*ways), CONFIG, names), HOURS)
    assert len(row) == len(COLUMNS) == 14
    assert row[:4] == ("12", "H99.16-261120-0001", "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân", "1")
    assert row[4:7] == (NAME, f"Thôn 3, xã Thanh Bình, {PHONE}", "Ủy ban nhân dân xã Thanh Bình")
    assert row[7:13] == ("20/11/2026", "25/11/2026", "21/11/2026", "24/11/2026", "25/11/2026", "")
    assert row[13] == "Bổ sung 7/HDHS ngày 22/11/2026, nộp 23/11/2026"


def test_a_forgotten_dossier_keeps_its_line_without_a_name() -> None:
    record = record_of(kept(private=False), CONFIG, names)
    header, row = table([record], HOURS)
    assert header == COLUMNS and row[4] == FORGOTTEN and row[5] == "" and row[0] == "12"
    assert record.forgotten and dossier_of(kept(private=False), CONFIG).applicant == ""
