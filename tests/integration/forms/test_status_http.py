"""The status page over HTTP: what a signed QR opens, what a forged one hears, and what is never told."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
from fakes.dossiers import CODE, NAME, PHONE, day, dossier

from queue_server.dossiers.dossier import Status, SupplementRequest
from queue_server.web.status.limit import PER_MINUTE
from tests.integration.forms.status_office import SLASHED, StatusOffice, rules

Make = Callable[..., StatusOffice]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[StatusOffice] = []

    def build(*dossiers: object, **more: object) -> StatusOffice:
        made.append(StatusOffice(str(tmp_path), *dossiers, **more))  # type: ignore[arg-type]
        return made[-1]

    yield build
    for office in made:
        office.close()


def test_the_receipts_code_opens_the_masked_status(make: Make) -> None:
    office = make()
    answer = office.phone().get(office.link())
    assert answer.status_code == 200
    for text in (
        CODE, "Cấp Giấy xác nhận tình trạng hôn nhân", "N**** T** H**** G****", "Đang xử lý",
        "09:12 17/11/2026",
        "20/11/2026", "Tư pháp - Hộ tịch", "Sổ thử, cập nhật lúc 09:12 20/11/2026.", "Việc tiếp theo",
    ):  # fmt: skip
        assert text in answer.text, text
    assert NAME not in answer.text


def test_a_code_with_slashes_is_opened_too(make: Make) -> None:
    office = make()
    link = office.link(SLASHED)
    assert "%2F" in link
    for path in (link, link.replace("%2F", "/")):
        answer = office.phone().get(path)
        assert answer.status_code == 200 and "Bảo hiểm xã hội một lần" in answer.text


def test_english_is_one_touch_away_and_keeps_the_signature(make: Make) -> None:
    office = make()
    phone = office.phone()
    page = phone.get(office.link())
    [other] = re.findall(r'class="language" href="([^"]+)"', page.text)
    english = phone.get(office.link().partition("?")[0] + other.replace("&amp;", "&"))
    assert english.status_code == 200
    assert 'lang="en"' in english.text and "What to do next" in english.text and "Applicant" in english.text


@pytest.mark.parametrize(
    "altered",
    [
        lambda link: link.partition("?")[0],
        lambda link: link[:-1] + ("A" if link[-1] != "A" else "B"),
        lambda link: link.replace("-0023", "-0024"),
        lambda link: link.replace("k=b.", "k=a."),
        lambda link: link.replace("k=b.", "k=z."),
        lambda link: link.partition("?")[0] + "?k=" + "x" * 5000,
        lambda link: link.partition("?")[0] + "?k=b.%00%FFAAAAAAAAAAAAAA",
    ],
)
def test_a_forged_or_altered_code_is_refused_kindly_and_nothing_is_looked_up(
    make: Make, altered: Callable[[str], str]
) -> None:
    office = make()
    answer = office.phone().get(altered(office.link()))
    assert answer.status_code == 403
    assert "Mã QR này không đúng" in answer.text and "kiosk" in answer.text
    assert office.source.asked == [] and "N****" not in answer.text


def test_nobody_keeps_or_lists_the_page(make: Make) -> None:
    office = make()
    for path in (office.link(), office.link()[:-2]):
        headers = office.phone().get(path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-robots-tag"] == "noindex, nofollow, noarchive"
        assert headers["referrer-policy"] == "no-referrer"
    page = office.phone().get(office.link()).text
    assert '<meta name="robots" content="noindex, nofollow, noarchive">' in page and "<script" not in page
    assert len(page) < 12_000


def test_what_is_protected_stays_at_the_kiosk_and_the_counter(make: Make) -> None:
    asked = dossier(
        status=Status.SUPPLEMENT_ASKED,
        supplements=(SupplementRequest("Thiếu bản gốc giấy chứng sinh", day(18)),),
        fee_due=123_456,
        contact=f"chị Lan {PHONE}",
    )
    office = make(asked)
    page = office.phone().get(office.link()).text
    assert "Yêu cầu bổ sung giấy tờ" in page and "chỉ hiện ở kiosk sau khi quét thẻ Căn cước" in page
    for secret in ("chứng sinh", "123", "chị Lan", PHONE):
        assert secret not in page.replace(CODE, "")


def test_every_status_has_its_page_in_both_languages(make: Make) -> None:
    known = [dossier(code=f"H99.16-261117-{1000 + s:04d}", status=s, status_words="Lạ") for s in Status]
    office = make(*known)
    for number, one in enumerate(known):
        for language in ("vi", "en"):
            answer = office.phone(f"10.0.0.{number}").get(f"{office.link(one.code)}&lang={language}")
            assert answer.status_code == 200 and 'class="chip' in answer.text, one.status


def test_a_due_day_that_supplements_moved_is_told_with_the_one_on_the_receipt(make: Make) -> None:
    office = make(dossier(due=day(20), due_now=day(25)))
    page = office.phone().get(office.link()).text
    assert "25/11/2026" in page and "Giấy hẹn ghi 20/11/2026" in page


def test_an_overdue_dossier_comes_with_the_apology(make: Make) -> None:
    office = make(dossier(due=day(16)))
    text = office.phone().get(office.link()).text
    assert "Quá hạn 4 ngày" in text and "xin lỗi" in text


def test_a_dossier_that_is_not_here_is_told_apart_from_one_elsewhere_and_a_source_away(make: Make) -> None:
    office = make()
    phone = office.phone()
    gone, elsewhere = (
        phone.get(office.link("H99.16-261117-9999")),
        phone.get(office.link("H99.17-261117-0001")),
    )
    assert (gone.status_code, elsewhere.status_code) == (404, 404)
    assert "Không thấy hồ sơ này" in gone.text and "Một cửa xã Hoà An" in elsewhere.text
    office.source.away = True
    away = phone.get(office.link())
    assert away.status_code == 503 and "không sao cả" in away.text


def test_an_office_without_look_up_says_that_the_dossier_is_not_here(make: Make) -> None:
    office = make(rules=rules(sources=()))
    assert office.phone().get(office.link()).status_code == 404


def test_one_address_is_slowed_and_told_when_to_come_back(make: Make) -> None:
    office = make()
    phone = office.phone()
    for n in range(PER_MINUTE):
        assert phone.get(office.link(f"H99.16-261117-{n:04d}")).status_code != 429
    slowed = phone.get(office.link())
    assert slowed.status_code == 429 and 0 < int(slowed.headers["retry-after"]) <= 60
    assert "giây" in slowed.text
    assert office.phone("192.168.1.21").get(office.link()).status_code == 200


def test_one_code_is_slowed_over_all_addresses(make: Make) -> None:
    office = make()
    answers = [office.phone(f"10.1.0.{n}").get(office.link()).status_code for n in range(14)]
    assert answers.count(200) == 10 and answers[-1] == 429


def test_a_hall_behind_one_address_with_neighbouring_codes_is_no_guessing(make: Make) -> None:
    known = [dossier(code=f"H99.16-261117-{n:04d}") for n in range(25)]
    office = make(*known)
    phone = office.phone()
    assert {phone.get(office.link(one.code)).status_code for one in known} == {200}
    assert office.guessed == []


def test_logs_name_neither_code_nor_signature_nor_address(make: Make) -> None:
    office = make()
    with structlog.testing.capture_logs() as logs:
        office.phone().get(office.link())
        office.phone().get(office.link()[:-1] + "x")
    said = repr(logs)
    assert "/h/{code:path}" in said
    for secret in (CODE, "0023", "k=", "192.168.1.20", "N****"):
        assert secret not in said
