"""How figures are said: Vietnamese commas, dashes for nothing, local hours."""

from datetime import timedelta

from queue_server.domain.ticket import Told
from queue_server.web.hall.format import (
    clock,
    decimal,
    either,
    long_date,
    minutes,
    percent,
    range_minutes,
    until,
)
from tests.integration.web.public.sample_config import NOW, sample_config

HOURS = sample_config().hours


def test_numbers_take_a_comma_in_vietnamese_and_a_point_in_english() -> None:
    assert decimal(16.74, "vi") == "16,7"
    assert decimal(3184, "vi", 0) == "3.184"
    assert decimal(16.74, "en") == "16.7"


def test_no_data_is_a_dash_never_a_nought() -> None:
    assert minutes(None, "vi") == "–"
    assert percent(None, "en") == "–"
    assert minutes(0.0, "vi") == "0,0"


def test_a_share_is_a_percentage() -> None:
    assert percent(0.7, "vi") == "70 %"
    assert percent(0.025, "en", 1) == "2.5%"


def test_instants_are_local() -> None:
    assert clock(HOURS, NOW) == "09:42"
    assert long_date(HOURS, NOW, "vi") == "Thứ Sáu, 20/11/2026"
    assert until(HOURS, NOW, NOW + timedelta(days=1)) == "09:42 21/11"


def test_a_range_whose_ends_meet_is_one_figure() -> None:
    assert range_minutes(Told(7, 7, 7, 7)) == "7"


def test_choices_are_joined_in_words() -> None:
    assert either([2, 3], "vi") == "2 hoặc 3"
    assert either([1, 2, 3], "en") == "1, 2 or 3"
    assert either([4], "vi") == "4"
