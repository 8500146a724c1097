"""The desk: a look-up's reply, repeats answered from memory, failures answered and not told in logs."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import structlog
from fakes.dossiers import CODE, ID_NUMBER, KEY, NAME, PHONE, FakeSource, FakeTries, day, dossier
from fakes.fake_clock import FakeClock

from assets.files import office_path
from queue_server.contract.replies import Reply
from queue_server.contract.requests import DossierLookup
from queue_server.domain.office import Office
from queue_server.domain.words import Words
from queue_server.dossiers.dossier import Dossier, Status, Step, SupplementRequest
from queue_server.dossiers.guard import Guard, Limits
from queue_server.dossiers.lookup import Lookup
from queue_server.dossiers.ports import DossierSource, Found
from queue_server.dossiers.sources import Sources
from queue_server.mqtt.dossier_desk import MOST_WAITING, REMEMBERED, LookupDesk
from queue_server.office_file.load import load_office

DEADLINE_S = 30.0
AT_DESK = {"result_place": "Quầy 3", "result_method": "counter"}
CONFIG = load_office(office_path("commune"))
ASKED = (SupplementRequest("Bản sao Giấy khai sinh", day(18)),)


class Running:
    def __init__(self, *dossiers: Dossier, limits: Limits | None = None, **source: Any) -> None:
        self.clock, self.source = FakeClock(), FakeSource(*dossiers, **source)
        self.told: list[str] = []
        self.locked: list[str] = []
        self._sources: dict[str, DossierSource] = {"register": self.source}
        self.lookup = Lookup(
            Sources(self._sources), FakeTries(), Guard(limits), KEY, self.told.append, self.locked.append
        )
        self.config = CONFIG
        self.desk = LookupDesk(self.lookup, lambda: replace(Office(), config=self.config), self.clock)
        self.desk.start()

    def add(self, source: DossierSource, first: bool = False) -> None:
        """One more source, asked last or first."""
        self._sources["provincial"] = source
        names = ("provincial", "register") if first else ("register", "provincial")
        self.config = replace(CONFIG, dossiers=replace(CONFIG.dossiers, sources=names))

    def raw(self, id_: str = "r1", client: str = "k1", **fields: Any) -> bytes:
        answer: Future[bytes] = Future()
        self.desk.ask(client, DossierLookup(id=id_, **{"code": CODE, **fields}), answer.set_result)
        return answer.result(DEADLINE_S)

    def ask(self, id_: str = "r1", client: str = "k1", **fields: Any) -> Reply:
        return Reply.model_validate_json(self.raw(id_, client, **fields))


@pytest.fixture
def desks() -> Iterator[list[Running]]:
    made: list[Running] = []
    yield made
    for one in made:
        one.desk.stop()


def start(desks: list[Running], *dossiers: Dossier, **options: Any) -> Running:
    desks.append(Running(*dossiers, **options))
    return desks[-1]


def test_a_ready_result_with_everything_the_screen_shows(desks: list[Running]) -> None:
    running = start(desks, dossier(status=Status.RESULT_READY, done=day(19, "10:20"), **AT_DESK))
    reply = running.ask(code=f"https://dvc.example/?ma_ho_so={CODE.lower()}")
    assert reply.ok and reply.looked and reply.looked.outcome == "found"
    view = reply.looked.dossier
    assert view is not None and view.code == CODE and view.status == 9
    assert (view.chip.tone, view.chip.words.vi) == ("green", "Đã có kết quả")
    assert view.procedure == "Cấp Giấy xác nhận tình trạng hôn nhân"
    assert (view.received_on, view.received_time, view.due_on) == (
        date(2026, 11, 17),
        "09:12",
        date(2026, 11, 20),
    )
    assert (view.timeliness.state, view.timeliness.days) == ("early", 1)
    assert view.timeliness.words.vi == "Trước hạn 1 ngày" and view.overdue is None
    assert view.next_step.vi == "Mang theo giấy hẹn và thẻ Căn cước."
    assert view.offer is not None and (view.offer.why, view.offer.service) == ("collect", "nhan-ket-qua")
    assert view.offer.label.vi == "Lấy số nhận kết quả"
    assert [step.state for step in view.steps] == ["done", "done", "here", "to_come"]
    assert (view.steps[2].on, view.steps[2].time) == (date(2026, 11, 19), "10:20")
    assert view.source.vi == "Sổ thử" and view.age_minutes == 0
    assert reply.looked.factor == "not_needed" and reply.looked.protected is None


def test_an_overdue_dossier_shows_its_chip_and_the_office_s_apology(desks: list[Running]) -> None:
    running = start(desks, dossier(due=day(18)))
    looked = running.ask().looked
    assert looked and looked.dossier and looked.dossier.overdue and looked.dossier.apology
    assert looked.dossier.overdue.words.vi == "Quá hạn 2 ngày" and looked.dossier.overdue.tone == "red"
    assert looked.dossier.apology.vi.endswith("Liên hệ: quầy Hướng dẫn.")
    assert looked.dossier.next_step.vi.startswith("Hồ sơ đã quá ngày hẹn 18/11/2026")
    assert looked.dossier.offer is None


def test_a_due_day_that_supplements_moved_is_told_with_the_day_on_the_receipt(desks: list[Running]) -> None:
    running = start(desks, dossier(due=day(20), due_now=day(23, "17:00")), dossier(code="X-1", due=day(20)))
    moved = running.ask().looked
    assert moved and moved.dossier
    view = moved.dossier
    assert (view.due_on, view.due_time, view.promised_on) == (date(2026, 11, 23), "17:00", date(2026, 11, 20))
    assert view.next_step.vi == "Chưa cần đến, hẹn trả 23/11/2026."
    other = running.ask("r2", code="X-1").looked
    assert other and other.dossier and other.dossier.promised_on is None


@pytest.mark.parametrize("words", ["", "77", "Chờ liên thông " * 120, "\u202echờ\x07", "𝕏" * 2000])
def test_a_status_and_steps_that_nobody_knows_are_shown_and_never_fail(
    desks: list[Running], words: str
) -> None:
    steps = (Step(Words(words), words, day(17)),)
    odd = dossier(
        status=Status.OTHER, status_words=words, steps=steps, applicant="N" * 2000, contact=words, due=day(18)
    )
    looked = start(desks, odd).ask().looked
    assert looked and looked.outcome == "found" and looked.dossier and looked.dossier.status == 0
    assert looked.dossier.chip.words.vi and len(looked.dossier.chip.words.vi) <= 80


@pytest.mark.parametrize("method", ["post", "online", ""])
def test_where_a_result_is_sent_is_never_told_to_the_code_alone(desks: list[Running], method: str) -> None:
    made = dossier(status=Status.RETURNED, result_place="Thôn 3, xã Thanh Bình", result_method=method)
    assert "Thôn 3".encode() not in start(desks, made).raw()


def test_a_supplement_is_handed_in_at_the_procedure_s_own_service(desks: list[Running]) -> None:
    made = dossier(status=Status.SUPPLEMENT_ASKED, procedure_code="2.000815.000.00.00.H55", supplements=ASKED)
    by_name = dossier(code="X-1", status=Status.SUPPLEMENT_ASKED, procedure_code="", field="đất đai")
    running = start(desks, made, by_name)
    looked = running.ask().looked
    assert looked and looked.dossier and looked.dossier.offer
    assert (looked.dossier.offer.why, looked.dossier.offer.service) == ("supplement", "chung-thuc")
    other = running.ask("r2", code="X-1").looked
    assert other and other.dossier and other.dossier.offer and other.dossier.offer.service == "dat-dai"


def test_without_a_due_date_the_procedure_s_legal_days_are_counted(desks: list[Running]) -> None:
    running = start(desks, dossier(due=None, legal_days=2))
    looked = running.ask().looked
    assert looked and looked.dossier and looked.dossier.timeliness.state == "overdue"
    assert looked.dossier.timeliness.days == 1


def test_what_is_protected_comes_with_the_factor_only(desks: list[Running]) -> None:
    made = dossier(status=Status.SUPPLEMENT_ASKED, supplements=ASKED, fee_due=8000, contact="Quầy 1")
    running = start(desks, made, ids=[ID_NUMBER])
    closed = running.raw()
    assert (
        b"Gi\xe1\xba\xa5y khai sinh" not in closed
        and b"8000" not in closed
        and b"Qu\xe1\xba\xa7y 1" not in closed
    )
    reply = Reply.model_validate_json(closed)
    assert reply.looked and reply.looked.factor == "wanted" and reply.looked.tries_left == 3
    wrong = running.ask("r2", second_factor="0000").looked
    assert wrong and (wrong.factor, wrong.tries_left, wrong.protected) == ("wrong", 2, None)
    opened = running.ask("r3", second_factor=ID_NUMBER).looked
    assert opened and opened.protected and opened.factor == "right"
    assert opened.protected.supplements[0].reason == "Bản sao Giấy khai sinh"
    assert (opened.protected.fee_due, opened.protected.contact) == (8000, "Quầy 1")


def test_a_repeated_id_gets_the_first_reply_for_a_minute_and_costs_no_try(desks: list[Running]) -> None:
    running = start(desks, dossier(supplements=ASKED))
    first = running.raw(second_factor="0000")
    assert running.raw(second_factor="0000") == first and running.source.asked == [CODE]
    assert running.ask("r1", client="k2").looked is not None and len(running.source.asked) == 2
    running.clock.advance(REMEMBERED)
    assert running.raw() != first and len(running.source.asked) == 3


def test_too_many_look_ups_are_told_how_long_to_wait(desks: list[Running]) -> None:
    running = start(desks, dossier(), limits=Limits(per_client=1))
    assert running.ask("r1").ok
    slower = running.ask("r2")
    assert slower.refusal and slower.refusal.code == "too_often" and slower.refusal.detail == {"wait_s": "60"}
    running.clock.advance(timedelta(seconds=60))
    assert running.ask("r2").ok


def test_a_dossier_elsewhere_and_one_nobody_has(desks: list[Running]) -> None:
    running = start(desks)
    there = running.ask("r1", code="H99.17-261117-0001").looked
    assert there and there.outcome == "elsewhere" and there.other_office
    assert there.other_office.vi == "Một cửa xã Hoà An"
    nowhere = running.ask("r2").looked
    assert nowhere and nowhere.outcome == "not_found" and nowhere.dossier is None
    running.source.away = True
    away = running.ask("r3").looked
    assert away and away.outcome == "unavailable"


def test_an_expired_look_up_and_an_office_without_sources_are_refused(desks: list[Running]) -> None:
    running = start(desks, dossier())
    late = running.ask(expires_at=running.clock.now() - timedelta(seconds=1))
    assert late.refusal and late.refusal.code == "too_late"
    running.config = replace(CONFIG, dossiers=replace(CONFIG.dossiers, sources=()))
    off = running.ask("r2")
    assert off.refusal and off.refusal.code == "not_configured"


def test_a_failing_source_is_answered_and_neither_code_nor_name_is_logged(
    desks: list[Running], monkeypatch: pytest.MonkeyPatch
) -> None:
    running = start(desks, dossier(supplements=ASKED))
    running.ask("r0", second_factor=PHONE[-4:])

    def breaks(code: str) -> None:
        raise RuntimeError(f"row of {code} {NAME} {ID_NUMBER}")

    monkeypatch.setattr(running.source, "find", breaks)
    with structlog.testing.capture_logs() as logs:
        reply = running.ask(second_factor=ID_NUMBER)
    assert reply.refusal and reply.refusal.code == "storage_failed"
    said = json.dumps(logs, ensure_ascii=False)
    assert "lookup_failed" in said and not any(x in said for x in (CODE, NAME, ID_NUMBER, ID_NUMBER[-4:]))


def test_a_desk_that_was_never_started_stops_and_one_that_is_full_says_so(desks: list[Running]) -> None:
    running = start(desks, dossier())
    still = LookupDesk(running.lookup, lambda: Office(), running.clock)
    answers: list[bytes] = []
    for number in range(MOST_WAITING + 1):
        still.ask("k1", DossierLookup(id=f"r{number}", code=CODE), answers.append)
    (full,) = answers
    reply = Reply.model_validate_json(full)
    assert reply.id == f"r{MOST_WAITING}" and reply.refusal and reply.refusal.code == "too_often"
    still.stop()


def test_every_status_and_odd_data_makes_a_reply(desks: list[Running]) -> None:
    long = "ế" * 2000
    odd = [
        dossier(code=f"X-{int(s)}", status=s, status_words="Chờ liên thông", due=None, received=None,
                procedure=long, field=long, deciding_unit=long, result_place=long)
        for s in Status
    ]  # fmt: skip
    running = start(desks, *odd, limits=Limits(per_client=100, neighbours=100))
    for number, one in enumerate(odd):
        looked = running.ask(f"r{number}", code=one.code).looked
        assert looked and looked.dossier and looked.dossier.status == int(one.status)
    other = running.ask("last", code="X-0").looked
    assert other and other.dossier and other.dossier.chip.words.vi == "Chờ liên thông"


class Held(FakeSource):
    """A source that answers when it is let go."""

    def __init__(self, *dossiers: Dossier) -> None:
        super().__init__(*dossiers)
        self.reached, self.go = threading.Semaphore(0), threading.Event()

    def find(self, code: str) -> Found | None:
        self.reached.release()
        assert self.go.wait(DEADLINE_S)
        return super().find(code)


def test_a_slow_source_delays_only_who_asked_for_it(desks: list[Running]) -> None:
    running, slow = start(desks, dossier()), Held(dossier(code="X-1"))
    running.add(slow)
    late: Future[bytes] = Future()
    running.desk.ask("k2", DossierLookup(id="late", code="X-1"), late.set_result)
    assert slow.reached.acquire(timeout=DEADLINE_S)
    assert running.ask("r1").looked is not None and not late.done()
    slow.go.set()
    assert Reply.model_validate_json(late.result(DEADLINE_S)).looked is not None


def test_a_request_repeated_while_it_is_answered_gets_the_same_answer_and_costs_no_second_try(
    desks: list[Running],
) -> None:
    running, slow = start(desks), Held(dossier(supplements=ASKED))
    running.add(slow)
    answers: list[Future[bytes]] = [Future() for _ in range(3)]
    for answer in answers:
        running.desk.ask("k1", DossierLookup(id="r1", code=CODE, second_factor="0000"), answer.set_result)
    assert slow.reached.acquire(timeout=DEADLINE_S)
    slow.go.set()
    replies = {answer.result(DEADLINE_S) for answer in answers}
    assert len(replies) == 1 and slow.asked == [CODE]
    looked = Reply.model_validate_json(replies.pop()).looked
    assert looked and looked.tries_left == 2


def test_many_kiosks_at_once_have_three_tries_between_them(desks: list[Running]) -> None:
    running = start(desks, dossier(supplements=ASKED), limits=Limits(per_code=100))
    answers: list[Future[bytes]] = [Future() for _ in range(24)]
    for number, answer in enumerate(answers):
        request = DossierLookup(id="r1", code=CODE, second_factor=f"{number:04d}")
        running.desk.ask(f"k{number}", request, answer.set_result)
    looked = [Reply.model_validate_json(answer.result(DEADLINE_S)).looked for answer in answers]
    factors = [one.factor for one in looked if one]
    assert factors.count("wrong") == 2 and factors.count("locked") == 22
    assert len(running.locked) == 1


def test_who_could_not_be_asked_is_named(desks: list[Running]) -> None:
    running, away = start(desks, dossier()), FakeSource()
    running.add(away, first=True)
    away.away = True
    found = running.ask("r1").looked
    assert found and found.outcome == "found" and [one.vi for one in found.unreachable] == ["Sổ thử"]
    gone = running.ask("r2", code="X-9").looked
    assert gone and gone.outcome == "unavailable" and len(gone.unreachable) == 1
