"""What may be told of a dossier, to whom, and how often."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.dossiers import CODE, ID_NUMBER, KEY, NOW, PHONE, FakeSource, FakeTries, day, dossier

from queue_server.domain.office_dossiers import DossierRules, OtherOffice
from queue_server.domain.words import Words
from queue_server.dossiers.dossier import Dossier, Status, SupplementRequest
from queue_server.dossiers.guard import Guard, Limits
from queue_server.dossiers.lookup import Answer, Ask, Lookup, Slower, codes_in, other_office
from queue_server.dossiers.sources import Sources

ASKED = (SupplementRequest("Bản sao Giấy khai sinh", day(18)),)
SUPPLEMENT = dossier(status=Status.SUPPLEMENT_ASKED, supplements=ASKED)
RULES = DossierRules(
    sources=("register",),
    other_offices=(
        OtherOffice("H99", Words("Một cửa tỉnh")),
        OtherOffice("H99.17", Words("Một cửa xã Hoà An")),
    ),
)


class Desk:
    def __init__(self, *sources: FakeSource, limits: Limits | None = None) -> None:
        self.tries, self.told, self.now = FakeTries(), [], NOW
        named = {f"s{number}": source for number, source in enumerate(sources)}
        self.rules = replace(RULES, sources=tuple(named))
        self.lookup = Lookup(Sources(named), self.tries, Guard(limits), KEY, self.told.append)

    told: list[str]

    def ask(self, text: str = CODE, factor: str | None = None, client: str = "k1") -> Answer:
        answer = self.lookup.look(Ask(client, text, factor), self.rules, self.now)
        assert isinstance(answer, Answer)
        return answer

    def slowed(self, text: str = CODE, client: str = "k1") -> timedelta | None:
        answer = self.lookup.look(Ask(client, text), self.rules, self.now)
        return answer.wait if isinstance(answer, Slower) else None


def test_sources_are_asked_in_order_until_one_has_it() -> None:
    first, second, third = FakeSource(), FakeSource(dossier()), FakeSource(dossier())
    answer = Desk(first, second, third).ask(" h99.16-261117 - 0023 ")
    assert answer.found and answer.found.dossier.code == CODE
    assert (first.asked, second.asked, third.asked) == ([CODE], [CODE], [])


def test_the_office_file_s_order_holds() -> None:
    desk = Desk(FakeSource(dossier(procedure="A")), FakeSource(dossier(procedure="B")))
    desk.rules = replace(desk.rules, sources=("s1", "s0"))
    answer = desk.ask()
    assert answer.found and answer.found.dossier.procedure == "B"


def test_a_source_that_is_away_is_passed_over_and_told_when_nobody_has_it() -> None:
    away, other = FakeSource(dossier()), FakeSource(dossier())
    away.away = True
    assert Desk(away, other).ask().outcome == "found"
    assert Desk(away, FakeSource()).ask("G22.99-261117-0001").outcome == "unavailable"
    assert Desk(FakeSource()).ask("G22.99-261117-0001").outcome == "not_found"


def test_a_dossier_of_another_place_is_said_to_be_there() -> None:
    answer = Desk(FakeSource()).ask("H99.17-261117-0001")
    assert answer.outcome == "elsewhere" and answer.other_office == Words("Một cửa xã Hoà An")
    assert other_office("H99.18-261117-0001", RULES) == Words("Một cửa tỉnh")
    assert other_office("H991-261117-0001", RULES) is None


@pytest.mark.parametrize("text", ["", "xin chào", ID_NUMBER, f"{ID_NUMBER}.KQ.G15.000031", "MOTCUA:x:y"])
def test_what_is_no_code_is_never_searched(text: str) -> None:
    source = FakeSource(dossier())
    assert Desk(source).ask(text).outcome == "not_found" and source.asked == []


def test_an_unknown_shape_is_searched_as_typed() -> None:
    assert codes_in("tn-77/2026", RULES) == ("TN-77/2026",)
    odd = dossier(code="TN-77/2026")
    assert Desk(FakeSource(odd)).ask("TN - 77/2026").outcome == "found"


@pytest.mark.parametrize("typed", ["h99.16-261117-oo23", "h99162611170023", "H99 16 261117 0023"])
def test_a_code_typed_in_haste_is_found_in_any_source(typed: str) -> None:
    nothing, source = FakeSource(), FakeSource(dossier())
    answer = Desk(nothing, source).ask(typed)
    assert answer.found and answer.found.dossier.code == CODE
    assert nothing.asked[0] == CODE


def test_a_code_without_its_signs_is_known_to_be_of_another_place() -> None:
    assert Desk(FakeSource()).ask("h99172611170001").other_office == Words("Một cửa xã Hoà An")


def test_what_a_text_may_stand_for_is_limited_as_one_code() -> None:
    desk = Desk(FakeSource(dossier()), limits=Limits(per_code=2))
    desk.ask("h99162611170023")
    desk.ask(CODE)
    assert desk.slowed("H99.16-261117-OO23") is not None


def test_nothing_protected_needs_no_factor() -> None:
    assert Desk(FakeSource(dossier())).ask(factor="0000").factor == "not_needed"


def test_the_code_alone_does_not_open_what_is_protected() -> None:
    answer = Desk(FakeSource(SUPPLEMENT)).ask()
    assert (answer.factor, answer.tries_left) == ("wanted", 3)


@pytest.mark.parametrize("factor", [PHONE[-4:], ID_NUMBER[-4:], ID_NUMBER])
def test_the_last_four_of_phone_or_id_or_the_whole_id_open_it(factor: str) -> None:
    answer = Desk(FakeSource(SUPPLEMENT, ids=[ID_NUMBER])).ask(factor=factor)
    assert answer.factor == "right"


def test_three_wrong_tries_over_all_kiosks_lock_it_also_for_the_right_one() -> None:
    desk = Desk(FakeSource(SUPPLEMENT))
    seen = [desk.ask(factor="1111", client=f"k{n}") for n in range(3)]
    assert [(a.factor, a.tries_left) for a in seen] == [("wrong", 2), ("wrong", 1), ("locked", 0)]
    assert desk.ask(factor=PHONE[-4:], client="k9").factor == "locked"


def test_a_right_factor_gives_the_tries_back() -> None:
    desk = Desk(FakeSource(SUPPLEMENT))
    desk.ask(factor="1111")
    assert desk.ask(factor=PHONE[-4:]).factor == "right"
    assert desk.ask().tries_left == 3


def test_a_card_costs_no_try_where_only_a_phone_is_known() -> None:
    answer = Desk(FakeSource(SUPPLEMENT)).ask(factor=ID_NUMBER)
    assert (answer.factor, answer.tries_left) == ("wanted", 3)


def test_without_anything_to_compare_the_counter_helps() -> None:
    assert Desk(FakeSource(SUPPLEMENT, phones=())).ask(factor="1111").factor == "locked"


def many(count: int) -> list[Dossier]:
    return [dossier(code=f"H9{n % 9}.{n}-261117-0023") for n in range(count)]


def test_one_kiosk_may_look_up_so_many_a_minute_and_then_again() -> None:
    desk = Desk(FakeSource(*many(9)), limits=Limits(per_client=5))
    assert [desk.slowed(d.code) for d in many(5)] == [None] * 5
    assert desk.slowed(many(6)[5].code) == timedelta(minutes=1)
    assert desk.slowed(many(6)[5].code, client="k2") is None
    desk.now += timedelta(minutes=1)
    assert desk.slowed(many(7)[6].code) is None


def test_one_code_may_be_looked_up_so_many_times_a_minute_over_all_kiosks() -> None:
    desk = Desk(FakeSource(dossier()), limits=Limits(per_code=2))
    assert [desk.slowed(client=f"k{n}") is None for n in range(3)] == [True, True, False]


def test_guessing_is_slowed_longer_each_time_and_told_to_the_staff_once() -> None:
    desk = Desk(FakeSource(), limits=Limits(per_client=99, misses=3))
    waits = []
    for _ in range(3):
        for n in range(3):
            assert desk.slowed(f"G2{n}.99-261117-0001") is None
        wait = desk.slowed("G22.99-261117-0009")
        assert wait is not None
        waits.append(wait.total_seconds())
        desk.now += wait
    assert waits == [30, 60, 120] and desk.told == ["k1"]
    assert desk.slowed(client="k2") is None


def test_walking_through_a_row_of_codes_is_guessing_even_when_they_are_there() -> None:
    row = [dossier(code=f"H99.16-261117-{n:04d}") for n in range(6)]
    desk = Desk(FakeSource(*row), limits=Limits(neighbours=5))
    assert [desk.slowed(d.code) for d in row][:5] == [None] * 5
    assert desk.slowed(row[5].code) is not None and desk.told == ["k1"]


def test_neither_codes_nor_factors_show_when_an_ask_is_printed() -> None:
    assert CODE not in repr(Ask("k1", CODE, "1234")) and "1234" not in repr(Ask("k1", CODE, "1234"))
