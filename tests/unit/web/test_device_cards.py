"""Devices as cards: the unwell first, each with what to do."""

from datetime import timedelta

from queue_server.web.admin.device_cards import HEALTH, KINDS, STATES, cards
from tests.integration.web.public.sample_office import NOW, sample_config


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
    assert all(w.vi and w.en for w in words)
