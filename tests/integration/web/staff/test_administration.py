"""The administrator's pages: accounts, the running day, counters, displays, the office file."""

import re
from typing import Any

import pytest
from httpx import Response

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.commands import Role
from queue_server.domain.counter_table import CounterState
from queue_server.domain.ids import CounterId
from queue_server.domain.words import Words
from queue_server.engine.ports import Recorded
from tests.integration.web.staff.staff_office import PASSWORD, StaffOffice


class Administrator:
    """One administrator's browser; forms carry the token, acts are heard from the journal."""

    def __init__(self, office: StaffOffice) -> None:
        self.office = office
        self.account = office.account(Role.ADMINISTRATOR, "quan-tri", name="Phạm Văn Hùng")
        self.app = office.app()
        self.client = office.signed_in(self.account, self.app, html=True)
        self.heard: list[Recorded] = []
        office.engine.subscribe(lambda state, recorded: self.heard.extend(recorded))

    def get(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text
        return str(answer.text)

    def send(self, path: str, files: Any = None, **form: Any) -> Response:
        data = {"csrf": self.client.headers["x-csrf-token"], **form}
        answer: Response = self.client.post(path, data=data, files=files)
        return answer

    def done(self, path: str, **form: object) -> str:
        answer = self.send(path, **form)
        assert answer.status_code == 303, answer.text
        return self.get(answer.headers["location"])

    def acts(self) -> list[tuple[str, str]]:
        self.office.close()
        return [(r.event.what, r.event.subject) for r in self.heard if isinstance(r.event, e.ActRecorded)]


@pytest.fixture
def hung(office: StaffOffice) -> Administrator:
    return Administrator(office)


def password_on(page: str) -> str:
    found = re.search(r'class="password">([a-z0-9-]{19})<', page)
    assert found, page
    return found[1]


def test_an_account_is_created_with_a_password_shown_once(office: StaffOffice, hung: Administrator) -> None:
    page = hung.send("/admin/accounts", login="Lan.Tran", name="Trần Thị Lan", role="officer").text
    password = password_on(page)
    assert password not in hung.get("/admin/accounts")
    client = office.client(hung.app)
    answer = client.post("/sign-in", data={"login": "lan.tran", "password": password})
    assert answer.headers["location"] == "/password"
    made = next(a for a in office.accounts.all() if a.login == "lan.tran")
    assert hung.acts() == [("account.created.officer", made.id)]
    assert "Lan" not in str(hung.heard)


def test_a_refused_account_keeps_what_was_typed(hung: Administrator) -> None:
    page = hung.send("/admin/accounts", login="quan-tri", name="Nguyễn Thị Hạnh", role="manager").text
    assert 'name="login" value="quan-tri"' in page and 'name="name" value="Nguyễn Thị Hạnh"' in page
    assert '<option value="manager" selected>' in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"login": "quan-tri", "name": "X"}, "đã có người dùng"),
        ({"login": "lân", "name": "X"}, "chưa đúng dạng"),
        ({"login": "lan", "name": "  "}, "nhập họ tên"),
    ],
)
def test_a_bad_account_is_refused_in_words(hung: Administrator, fields: dict[str, str], said: str) -> None:
    answer = hung.send("/admin/accounts", role="officer", **fields)
    assert answer.status_code == 422 and said in answer.text


@pytest.mark.parametrize("role", ["system", "device", "citizen", "king"])
def test_nobody_becomes_a_machine_or_a_citizen(hung: Administrator, role: str) -> None:
    assert hung.send("/admin/accounts", login="lan", name="Lan", role=role).status_code == 422


def test_a_reset_ends_the_sessions_and_gives_a_new_password(office: StaffOffice, hung: Administrator) -> None:
    lan = office.account(Role.OFFICER, "lan")
    client = office.signed_in(lan, hung.app)
    password = password_on(hung.send(f"/admin/accounts/{lan.id}/reset").text)
    assert client.get("/counter").status_code == 401
    fresh = office.client(hung.app)
    assert fresh.post("/sign-in", data={"login": "lan", "password": PASSWORD}).status_code == 401
    assert fresh.post("/sign-in", data={"login": "lan", "password": password}).status_code == 303
    assert hung.acts() == [("account.password_reset", lan.id)]


def test_a_disabled_officer_is_out_and_leaves_the_counter(office: StaffOffice, hung: Administrator) -> None:
    lan = office.account(Role.OFFICER, "lan")
    office.sit(lan, 3)
    client = office.signed_in(lan, hung.app)
    assert "Đã lưu" in hung.done(f"/admin/accounts/{lan.id}/disable")
    assert client.get("/counter").status_code == 401
    assert lan.id not in office.now.officers
    hung.done(f"/admin/accounts/{lan.id}/enable")
    assert office.accounts.accounts[lan.id].disabled is False
    assert hung.acts() == [("account.disabled", lan.id), ("account.enabled", lan.id)]


def test_an_officer_who_is_serving_keeps_the_citizen_when_disabled(
    office: StaffOffice, hung: Administrator
) -> None:
    lan = office.account(Role.OFFICER, "lan")
    office.sit(lan, 3)
    office.issue()
    office.do(c.CallNext, c.SYSTEM, counter=CounterId("quay-3"))
    answer = hung.send(f"/admin/accounts/{lan.id}/disable")
    assert answer.status_code == 409 and "Quầy đang ở trạng thái khác" in answer.text
    assert office.accounts.accounts[lan.id].disabled is True
    assert office.now.counters[CounterId("quay-3")].state is CounterState.CALLING


def test_nobody_disables_or_demotes_themselves(office: StaffOffice, hung: Administrator) -> None:
    assert hung.send(f"/admin/accounts/{hung.account.id}/disable").status_code == 409
    form = {"name": "Hùng", "role": "officer"}
    assert hung.send(f"/admin/accounts/{hung.account.id}/change", **form).status_code == 409
    assert office.accounts.accounts[hung.account.id].role is Role.ADMINISTRATOR


def test_a_role_is_changed_at_once(office: StaffOffice, hung: Administrator) -> None:
    lan = office.account(Role.OFFICER, "lan")
    client = office.signed_in(lan, hung.app)
    assert client.get("/admin/notices").status_code == 403
    hung.done(f"/admin/accounts/{lan.id}/change", name="Lan", role="supervisor")
    assert client.get("/admin/notices").status_code == 200


def test_a_locked_name_is_unlocked(office: StaffOffice, hung: Administrator) -> None:
    lan = office.account(Role.OFFICER, "lan")
    client = office.client(hung.app)
    for _ in range(3):
        client.post("/sign-in", data={"login": "lan", "password": "sai"})
    assert client.post("/sign-in", data={"login": "lan", "password": PASSWORD}).status_code == 429
    assert "Đã mở khoá" in hung.done(f"/admin/accounts/{lan.id}/unlock")
    assert client.post("/sign-in", data={"login": "lan", "password": PASSWORD}).status_code == 303


def test_a_service_is_closed_until_an_hour_and_reopened(office: StaffOffice, hung: Administrator) -> None:
    page = hung.done("/admin/services/dat-dai/close", reason_vi="Công chức đi thực địa", until="13:30")
    assert "Tạm ngừng đến 13:30" in page and "Công chức đi thực địa" in page
    hung.done("/admin/services/dat-dai/open")
    assert not office.now.closures


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"reason_vi": ""}, "cần có lý do"),
        ({"reason_vi": "x", "until": "25:99"}, "giờ:phút"),
        ({"reason_vi": "x", "until": "07:00"}, "sai thông tin"),
    ],
)
def test_a_closure_without_sense_is_refused(
    office: StaffOffice, hung: Administrator, form: dict[str, str], said: str
) -> None:
    answer = hung.send("/admin/services/dat-dai/close", **form)
    assert answer.status_code in (409, 422) and said in answer.text
    assert not office.now.closures


def test_a_form_sent_twice_is_done_once(office: StaffOffice, hung: Administrator) -> None:
    for _ in range(2):
        answer = hung.send("/admin/notices", request_id="one-and-the-same", vi="Chiều nay nghỉ họp", en="x")
        assert answer.status_code == 303
    assert office.now.notice == Words("Chiều nay nghỉ họp", "x")
    office.close()
    assert sum(isinstance(r.event, e.NoticePosted) for r in hung.heard) == 1


def test_a_notice_is_posted_and_taken_down(office: StaffOffice, hung: Administrator) -> None:
    assert "Đã đăng" in hung.done(
        "/admin/notices", vi="<b>Chiều nay</b> nghỉ họp", en="Closed this afternoon"
    )
    assert "&lt;b&gt;Chiều nay&lt;/b&gt;" in hung.get("/admin/notices")
    assert "Đã gỡ" in hung.done("/admin/notices", vi="", en="")
    assert office.now.notice == Words("", "")


def test_the_services_of_a_counter_are_ticked(office: StaffOffice, hung: Administrator) -> None:
    hung.done("/admin/counters/quay-5/services", services=["cu-tru", "chung-thuc"])
    assert office.now.counters[CounterId("quay-5")].services == ("chung-thuc", "cu-tru")
    assert hung.send("/admin/counters/quay-5/services").status_code == 422


def test_a_left_counter_is_freed_but_not_from_under_a_citizen(
    office: StaffOffice, hung: Administrator
) -> None:
    office.sit(office.account(Role.OFFICER, "lan"), 3)
    office.issue()
    office.do(c.CallNext, c.SYSTEM, counter=CounterId("quay-3"))
    assert hung.send("/admin/counters/quay-3/free").status_code == 409
    office.do(c.NoShow, c.SYSTEM, counter=CounterId("quay-3"))
    assert "Đã cho rời quầy" in hung.done("/admin/counters/quay-3/free")


def test_the_day_is_closed_only_when_confirmed(office: StaffOffice, hung: Administrator) -> None:
    assert hung.send("/admin/hours/close-day").status_code == 422
    assert not office.now.day_closed
    assert "Đã khoá ngày" in hung.done("/admin/hours/close-day", sure="1")
    assert office.now.day_closed


def test_hours_show_the_timetable_of_today(hung: Administrator) -> None:
    page = hung.get("/admin/hours")
    assert "07:30–11:30 · 13:00–17:00" in page and "09:42" in page


HOURS = '[hours]\nweek.t2-t6 = ["07:30-11:30", "13:00-17:00"]\nholidays = ["14/02/2026"]\n'


def test_hours_and_holidays_are_changed_in_a_form(office: StaffOffice, hung: Administrator) -> None:
    office.office_file.kept = HOURS
    assert 'value="07:30-11:30, 13:00-17:00"' in hung.get("/admin/hours/edit")
    said = hung.done("/admin/hours/edit", day_0="08:00-12:00", day_5="08:00-11:30", holidays="01/01/2027")
    assert "Giờ làm việc mới đã có hiệu lực" in said
    kept = office.office_file.kept
    assert 't2 = ["08:00-12:00"]' in kept and 't7 = ["08:00-11:30"]' in kept and "t3" not in kept
    assert '"01/01/2027"' in kept and "14/02/2026" not in kept
    assert hung.acts() == [("hours.changed", "office")]


def test_hours_with_a_mistake_are_not_saved_and_what_was_typed_stays(
    office: StaffOffice, hung: Administrator
) -> None:
    office.office_file.kept = before = HOURS
    answer = hung.send("/admin/hours/edit", day_0="sai giờ", holidays="01/01/2027")
    assert answer.status_code == 422
    assert "Chưa lưu được" in answer.text and 'value="sai giờ"' in answer.text
    assert office.office_file.kept == before


def test_a_tv_is_paired_by_its_code_and_revoked(office: StaffOffice, hung: Administrator) -> None:
    _, code = office.accounts.pairing_code(office.clock.now())
    assert hung.send("/admin/displays", code="WRONG1", display="tv-sanh").status_code == 422
    assert hung.send("/admin/displays", code=code, display="tv-nowhere").status_code == 422
    assert "Đã ghép màn hình" in hung.done("/admin/displays", code=f" {code.lower()} ", display="tv-sanh")
    pairing = office.accounts.pairings()[0][0]
    assert "Đã huỷ ghép" in hung.done("/admin/displays/revoke", pairing=pairing)
    assert not office.accounts.pairings()
    assert hung.acts() == [("display.paired", "tv-sanh"), ("display.revoked", "tv-sanh")]


def send_file(hung: Administrator, content: bytes, apply: str) -> Response:
    return hung.send("/admin/office", files={"file": ("office.toml", content)}, apply=apply)


def test_the_office_file_shows_every_mistake_with_its_line_and_changes_nothing(
    office: StaffOffice, hung: Administrator
) -> None:
    for apply in ("", "1"):
        answer = send_file(hung, b"name = 1\nsai\nx = 2\nsai\n", apply)
        assert answer.status_code == 422
        assert "dòng 2: sai" in answer.text and "dòng 4: sai" in answer.text
    assert office.office_file.kept == 'name = "Một cửa"\n'


def test_the_office_file_is_checked_applied_and_downloaded(office: StaffOffice, hung: Administrator) -> None:
    assert "không có lỗi" in send_file(hung, b'name = "A"\n', "").text
    assert office.office_file.kept == 'name = "Một cửa"\n'
    answer = send_file(hung, 'name = "Một cửa mới"\n'.encode() + b"# " + b"x" * 100_000, "1")
    assert answer.status_code == 303
    assert hung.get("/admin/office/file").startswith('name = "Một cửa mới"')
    assert hung.acts() == [("office_file.applied", "office")]


def test_a_file_that_is_not_text_is_refused(hung: Administrator) -> None:
    answer = send_file(hung, b"\xff\xfe\x00", "1")
    assert answer.status_code == 422 and "UTF-8" in answer.text


def test_a_doubted_clock_is_confirmed_by_a_person(office: StaffOffice, hung: Administrator) -> None:
    office.do(c.StartEngine, c.SYSTEM, boot_id="again", clock_synchronised=False)
    assert "chưa được xác nhận" in hung.get("/admin") and "xác nhận" in hung.get("/admin/hours")
    assert "Đã xác nhận giờ" in hung.done("/admin/hours/confirm-clock")
    assert not office.now.clock_doubt
