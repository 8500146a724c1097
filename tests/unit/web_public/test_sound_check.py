"""The sound check: every part of every number and counter, in every language of the office."""

from dataclasses import replace

from queue_server.domain.office_services import NumberShape
from queue_server.web.hall.announce import check_clips, sound_check
from tests.integration.web.public.sample_config import sample_config


class Shelf:
    """Clips by name."""

    def __init__(self, *, without: frozenset[str] = frozenset()) -> None:
        self.without = without

    def audible(self, language: str | None, key: str) -> bool:
        return f"{language or 'common'}/{key}" not in self.without


def test_a_whole_shelf_lacks_nothing() -> None:
    assert sound_check(sample_config(), Shelf()) == []


def test_a_missing_letter_counter_or_chime_is_named() -> None:
    lacking = frozenset({"vi/letter.K", "en/number.5", "common/chime", "vi/digit.9"})
    assert sound_check(sample_config(), Shelf(without=lacking)) == sorted(lacking)


def test_a_letter_no_number_uses_is_not_missed() -> None:
    assert sound_check(sample_config(), Shelf(without=frozenset({"vi/letter.X", "vi/number.44"}))) == []


def test_an_office_in_one_language_needs_no_other() -> None:
    config = replace(sample_config(), languages=("vi",))
    assert sound_check(config, Shelf(without=frozenset({"en/call.ticket"}))) == []


def test_numbers_without_letters_are_checked_by_their_digits() -> None:
    config = sample_config()
    first = replace(config.services[0], shape=NumberShape("1"))
    config = replace(config, services=(first,))
    assert sound_check(config, Shelf(without=frozenset({"vi/digit.1"}))) == ["vi/digit.1"]


def test_what_is_played_holds_every_letter_digit_and_counter() -> None:
    urls = {str(clip["url"]) for clip in check_clips(sample_config())}
    wanted = [f"letter.{c}" for c in "ABCDEGHK"] + [f"digit.{d}" for d in range(10)]
    wanted += [f"number.{n}" for n in range(1, 6)]
    assert {f"/static/sounds/vi/{key}.wav" for key in wanted} <= urls
