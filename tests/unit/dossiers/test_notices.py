"""What the staff hear of guessing and of locked dossiers: where, when, in two languages, for half an hour."""

from datetime import timedelta

from fakes.dossiers import CODE, NOW

from assets.files import office_path
from queue_server.domain.office import Office
from queue_server.dossiers.notices import GUESSING, LOCKED, SHOWN_FOR, Notices
from queue_server.office_file.load import load_office
from queue_server.web.dossier_notices import in_words
from queue_server.web.manager.alerts import alerts

CONFIG = load_office(office_path("commune"))
KIOSK = CONFIG.kiosks[0]
S = timedelta(seconds=1)


def test_the_newest_is_first_and_the_same_again_is_one() -> None:
    notices = Notices()
    for kind, after in ((GUESSING, 0), (LOCKED, 1), (GUESSING, 2)):
        notices.add(kind, KIOSK.id, NOW + after * S)
    assert [(n.kind, n.at) for n in notices.now(NOW)] == [(GUESSING, NOW + 2 * S), (LOCKED, NOW + S)]


def test_it_goes_after_half_an_hour() -> None:
    notices = Notices()
    notices.add(LOCKED, KIOSK.id, NOW)
    assert len(notices.now(NOW + SHOWN_FOR - S)) == 1 and notices.now(NOW + SHOWN_FOR) == ()


def test_many_kiosks_are_bounded() -> None:
    notices = Notices()
    for number in range(200):
        notices.add(GUESSING, f"k{number}", NOW)
    assert len(notices.now(NOW)) == 50 and notices.now(NOW)[0].client == "k199"


def test_it_is_told_with_the_kiosk_s_name_and_what_to_do() -> None:
    notices = Notices()
    notices.add(GUESSING, KIOSK.id, NOW)
    notices.add(LOCKED, "gone", NOW + S)
    locked, guessing = in_words(notices.now(NOW), CONFIG, "vi")
    assert guessing.title == f"{KIOSK.name.vi}: có người dò mã hồ sơ" and "09:42" in guessing.detail
    assert locked.title.startswith("gone: ") and "thẻ Căn cước" in locked.detail
    english = in_words(notices.now(NOW), CONFIG, "en")
    assert "guessed" in english[1].title and CODE not in str(english)


def test_the_manager_s_page_has_it_among_its_alerts() -> None:
    notices = Notices()
    notices.add(LOCKED, KIOSK.id, NOW)
    told = in_words(notices.now(NOW), CONFIG, "vi")
    (alert,) = alerts(Office(config=CONFIG), CONFIG, {}, frozenset(), "vi", NOW, told)
    assert alert.tone == "warn" and alert.title == told[0].title and alert.key == told[0].key
