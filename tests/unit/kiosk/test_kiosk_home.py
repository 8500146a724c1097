"""Home: what is told of the hall, and rows that later issues add."""

import pytest
from fakes.kiosk_office import office, state
from fakes.kiosk_screens import QUIET, SCREENS, later_in_the_day
from fakes.kiosk_steps import sees, touch
from fakes.kiosk_visits import Visitor, an_office, journey

from kiosk.presenters.home import home
from kiosk.presenters.speech import Voice
from kiosk.presenters.view_visit import HomeView
from kiosk.session.heard import ServiceTold
from queue_server.contract.states import BestTime
from queue_server.contract.values import Bilingual, Wait


def live(visitor: Visitor) -> str:
    body = visitor.view.body
    assert isinstance(body, HomeView)
    return "".join(span.text for span in body.live)


def test_the_live_line_says_how_many_wait_and_how_long() -> None:
    assert live(an_office()) == "Đang chờ 32 người  ·  khoảng 15 phút"


def test_one_person_is_one_person_in_english_too() -> None:
    visitor = an_office(office(services=1), (state(0, waiting=1),))
    assert live(journey(visitor, touch("English"))) == "1 person waiting  ·  about 15 min"


def test_nobody_waiting_is_said_in_words() -> None:
    visitor = an_office(services=tuple(state(n, waiting=0) for n in range(8)))
    assert live(visitor) == "Chưa có người chờ"


def test_an_unknown_wait_is_left_out_and_never_nought() -> None:
    visitor = an_office(services=tuple(state(n, wait=None) for n in range(8)))
    assert live(visitor) == "Đang chờ 32 người"
    for position in range(8):
        visitor.dispatch(ServiceTold(state(position, wait=Wait(low=0, median=0, high=1, promise=1))))
    assert live(visitor) == "Đang chờ 32 người"


def test_a_busy_service_weighs_more_in_the_halls_wait() -> None:
    quick, slow = Wait(low=1, median=5, high=9, promise=8), Wait(low=20, median=35, high=50, promise=45)
    visitor = an_office(office(services=2), (state(0, waiting=1, wait=quick), state(1, waiting=9, wait=slow)))
    assert "khoảng 32 phút" in live(visitor)


@pytest.mark.parametrize(("median", "said"), [(59, "khoảng 59 phút"), (60, "hơn 1 giờ"), (108, "hơn 1 giờ")])
def test_from_an_hour_on_the_live_line_says_so_as_slips_and_displays_do(median: int, said: str) -> None:
    long = Wait(low=median - 9, median=median, high=median + 9, promise=median + 5)
    visitor = an_office(services=tuple(state(n, wait=long) for n in range(8)))
    assert live(visitor) == f"Đang chờ 32 người  ·  {said}"


def test_the_offices_notice_is_on_home() -> None:
    told = office(notice=Bilingual(vi="Nghỉ lễ ngày 02/9.", en="Closed on 2 September."))
    journey(
        an_office(told),
        sees("home", "Nghỉ lễ ngày 02/9."),
        touch("English"),
        sees("home", "Closed on 2 September."),
    )


def best(visitor: Visitor) -> str:
    body = visitor.view.body
    assert isinstance(body, HomeView)
    return "".join(span.text for span in body.best)


def test_the_best_time_to_come_is_told_while_it_is_ahead() -> None:
    visitor = an_office(office(best_time=QUIET))
    assert best(visitor) == "Nên đến: 10:30–11:00, 14:00–15:00"
    assert best(later_in_the_day(visitor, 1.5)) == "Nên đến: 14:00–15:00"
    assert best(later_in_the_day(visitor, 4)) == ""
    assert best(an_office()) == ""


def test_a_best_time_of_another_day_names_it_in_both_languages() -> None:
    visitor = SCREENS["out_of_hours_best"]()
    assert visitor.view.name == "out_of_hours"
    assert best(visitor) == "Nên đến: 09:30–10:30 Thứ Hai 23/11"
    assert best(journey(visitor, touch("English"))) == "Best time: 09:30–10:30 Monday 23/11"


@pytest.mark.parametrize("wrong", [("20/11/2026", "10:30"), ("2026-11-20", "9 h"), ("2026-11-20", "15:30")])
def test_a_best_time_that_makes_no_sense_is_left_out(wrong: tuple[str, str]) -> None:
    day, start = wrong
    told = BestTime(date=day, start=start, end="15:00", wait=5)
    assert best(an_office(office(best_time=(told,)))) == ""


def test_looking_up_dossiers_is_a_row_where_the_office_does_it() -> None:
    visitor = an_office()
    (press,) = home(Voice(visitor.session, visitor.now)).rows
    assert (press.key, press.label, press.kind) == ("home.track_file", "Tra cứu hồ sơ", "row")
    assert press.second == "Quét giấy hẹn hoặc nhập mã · Track my file"
    without = an_office(office(dossiers=None))
    assert home(Voice(without.session, without.now)).rows == ()
