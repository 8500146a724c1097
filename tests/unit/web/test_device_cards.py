"""Devices as cards: the unwell first, each with what to do."""

from dataclasses import replace
from datetime import timedelta

from queue_server.domain.ids import DeviceId
from queue_server.domain.office_devices import Keypad, Led, Speaker
from queue_server.domain.words import Words
from queue_server.web.admin.device_cards import cards
from queue_server.web.admin.device_cards import test_words as words_of_test
from queue_server.web.admin.device_words import FACTS, HEALTH, KINDS, RESULTS, STATES, TESTS
from tests.integration.web.public.sample_config import NOW, sample_config


def test_a_device_that_was_never_heard_of_is_lost_and_says_what_to_check() -> None:
    shown = cards(sample_config(), {}, NOW, "vi")
    assert [(c.name, c.state) for c in shown] == [("Kiosk 1", "lost"), ("Máy in kiosk 1", "lost")]
    assert "Kiểm tra nguồn" in shown[0].lines[0]


def test_the_unwell_come_first_with_their_trouble_in_words() -> None:
    heard = (NOW - timedelta(seconds=4)).isoformat()
    states = {
        "kiosk-1": {"kind": "kiosk", "state": "ready", "health": {}, "software": "0.1.0", "at": heard},
        "may-in-1": {"kind": "printer", "state": "degraded", "health": {"paper": "near_end"}, "at": heard},
        "loa-1": {"kind": "speaker", "state": "lost", "health": {}, "at": heard},
    }
    shown = cards(sample_config(), states, NOW, "vi")
    assert [c.words for c in shown] == ["Mất kết nối", "Suy giảm", "Sẵn sàng"]
    assert shown[0].name == "Loa · loa-1"
    assert shown[1].lines == ("Giấy sắp hết: chuẩn bị cuộn mới", "Tin gần nhất 4 giây trước")
    assert shown[2].lines == ("Phiên bản 0.1.0", "Tin gần nhất 4 giây trước")
    english = cards(sample_config(), states, NOW, "en")
    assert english[1].lines == ("Paper low: have a roll ready", "Last heard 4 s ago")


def test_every_word_about_devices_is_in_both_languages() -> None:
    words = [*HEALTH.values(), *(k[1] for k in KINDS.values()), *(s[0] for s in STATES.values())]
    words += [*FACTS.values(), *RESULTS.values(), *(t[1] for t in TESTS.values())]
    assert all(w.vi and w.en for w in words)


def test_a_led_display_keypad_and_speaker_of_the_file_have_their_cards() -> None:
    config = sample_config()
    counter = config.counters[0]
    config = replace(
        config,
        leds=(Led(DeviceId("led-1"), counter.id, "simulated:"),),
        keypads=(Keypad(DeviceId("pad-1"), counter.id, "simulated:"),),
        speakers=(Speaker(DeviceId("loa-1"), Words("Loa sảnh", "Hall"), config.zones[0].id, "null:"),),
    )
    names = {card.name for card in cards(config, {}, NOW, "vi")}
    assert {f"Bảng đèn quầy {counter.number}", f"Bàn phím quầy {counter.number}", "Loa sảnh"} <= names


def test_what_is_wrong_stands_first_with_since_when_and_who_has_been_told() -> None:
    state = {
        "kind": "display",
        "state": "lost",
        "health": {"address": "4", "error": "no_answer", "detail": "nothing came"},
        "at": NOW.isoformat(),
        "since": (NOW - timedelta(minutes=5)).isoformat(),
        "alerted": True,
    }
    (card,) = [c for c in cards(sample_config(), {"x": state}, NOW, "vi") if c.id == "x"]
    assert card.lines[0] == "Không trả lời: kiểm tra nguồn, dây và địa chỉ"
    assert any(line.startswith("Không ổn từ") and line.endswith("đã báo phụ trách") for line in card.lines)
    assert card.detail == "nothing came" and card.test == ""


def test_a_printer_that_answers_can_be_tested_and_the_result_is_said() -> None:
    state = {"kind": "printer", "state": "ready", "health": {"paper": "ok", "test_result": "printed"}}
    (card,) = [c for c in cards(sample_config(), {"may-in-1": state}, NOW, "en") if c.id == "may-in-1"]
    assert card.test == "Test print" and "Test slip printed" in card.lines
    assert words_of_test("failed: paper_out", "vi").startswith("Thử không được: Hết giấy")
