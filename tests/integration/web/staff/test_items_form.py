"""Services and counters changed in forms: on a real office file, with the file's own checks."""

from dataclasses import replace
from pathlib import Path

import pytest

from assets.files import office_path
from queue_server.domain import commands as c
from queue_server.domain.commands import Role
from queue_server.domain.ids import CounterId, ServiceId
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words
from queue_server.office_file.live import LiveOfficeFile
from queue_server.office_file.load import load_office
from queue_server.web.refusal_words import REFUSALS
from tests.integration.web.staff.staff_office import StaffOffice
from tests.integration.web.staff.test_administration import Administrator


@pytest.fixture
def commune(tmp_path: Path) -> tuple[StaffOffice, Administrator, Path]:
    """An office that runs by its file, and an administrator."""
    path = tmp_path / "office.toml"
    path.write_text(office_path("commune").read_text("utf-8"), "utf-8")
    office = StaffOffice()

    def put_in_force(config: OfficeConfig) -> Words | None:
        answer = office.ask(c.ConfigureOffice, c.SYSTEM, config=config)
        return REFUSALS[answer.refusal.code] if answer.refusal else None

    office.do(c.ConfigureOffice, c.SYSTEM, config=load_office(path))
    office.deps = replace(office.deps, office_file=LiveOfficeFile(path, put_in_force))
    return office, Administrator(office), path


A = {"letter": "A", "name_vi": "Chứng thực & sao y", "name_en": "Certification", "pictogram": "stamp"}
NUMBERS = {"digits": "3", "first": "1", "last": "900", "expected_minutes": "7,5", "quota": ""}


def test_a_service_gets_another_name_letter_and_numbers(
    commune: tuple[StaffOffice, Administrator, Path],
) -> None:
    office, hung, path = commune
    assert 'value="Chứng thực"' in hung.get("/admin/services/edit")
    said = hung.done("/admin/services/edit/chung-thuc", **A | NUMBERS | {"letter": "X", "quota": "120"})
    assert "Đã lưu" in said and "Chứng thực &amp; sao y" in said
    config = office.now.config
    assert config is not None
    service = config.service(ServiceId("chung-thuc"))
    assert service is not None
    assert (service.letter, service.quota, service.shape.show(1)) == ("X", 120, "X001")
    assert service.expected_service.total_seconds() == 450
    assert len(service.procedures) == 6, "what the form does not show stays"
    assert load_office(path) == config
    assert hung.acts() == [("service.changed", "chung-thuc")]


def test_a_mistake_keeps_what_runs_and_what_was_typed_in_either_language(
    commune: tuple[StaffOffice, Administrator, Path],
) -> None:
    office, hung, path = commune
    before, text = office.now.config, path.read_text("utf-8")
    for wrong in ({"letter": "B"}, {"quota": "nhiều"}, {"name_vi": ""}, {"digits": "9"}):
        answer = hung.send("/admin/services/edit/chung-thuc", **A | NUMBERS | wrong)
        assert answer.status_code == 422 and "Chưa lưu được" in answer.text
        assert f'value="{next(iter(wrong.values()))}"' in answer.text
    english = hung.send("/admin/services/edit/chung-thuc?lang=en", **A | NUMBERS | {"letter": "B"})
    assert "is taken by the service" in english.text
    assert office.now.config == before and path.read_text("utf-8") == text
    assert hung.acts() == []


def test_a_new_service_is_taken_by_the_counters_that_were_ticked(
    commune: tuple[StaffOffice, Administrator, Path],
) -> None:
    office, hung, _ = commune
    new = NUMBERS | {"id": "thue", "letter": "T", "name_vi": "Thuế", "name_en": "Tax", "group": "kinh-te"}
    nobody = hung.send("/admin/services/edit/new", **new)
    assert nobody.status_code == 422
    hung.done("/admin/services/edit/new", **new, counters=["q1", "q2"])
    config = office.now.config
    assert config is not None and config.service(ServiceId("thue")) is not None
    taking = [x.id for x in config.counters if "thue" in x.services]
    assert taking == ["q1", "q2"]
    office.issue("thue")
    assert hung.send("/admin/services/edit/new", **new, counters=["q1"]).status_code == 422


def test_a_counter_is_renamed_and_a_new_one_added(
    commune: tuple[StaffOffice, Administrator, Path],
) -> None:
    office, hung, _ = commune
    q2 = {"number": "2", "name_vi": "Sao y", "name_en": "Copies", "zone": "sanh", "services": ["chung-thuc"]}
    assert "Sao y" in hung.done("/admin/counters/edit/q2", **q2)
    q9 = q2 | {"id": "q9", "number": "9", "name_vi": "Quầy dự phòng"}
    hung.done("/admin/counters/edit/new", **q9)
    assert office.now.counters[CounterId("q9")].services == ("chung-thuc",)
    taken = hung.send("/admin/counters/edit/new", **q9 | {"id": "q10"})
    assert taken.status_code == 422 and "Chưa lưu được" in taken.text


def test_a_service_that_people_wait_for_keeps_them_and_a_stranding_change_is_refused(
    commune: tuple[StaffOffice, Administrator, Path],
) -> None:
    office, hung, path = commune
    ticket = office.issue("chung-thuc")
    hung.done("/admin/services/edit/chung-thuc", **A | NUMBERS | {"letter": "X"})
    assert office.now.tickets[ticket].number == "A001"
    result = {"number": "2", "name_vi": "Quầy", "zone": "sanh", "services": ["nhan-ket-qua"]}
    hung.done("/admin/counters/edit/q2", **result)
    before = path.read_text("utf-8")
    stranding = result | {"number": "3"}
    answer = hung.send("/admin/counters/edit/q3", **stranding)
    assert answer.status_code == 422 and "Chưa lưu được" in answer.text
    assert path.read_text("utf-8") == before


def test_only_an_administrator_may_change_the_file_in_a_form(
    commune: tuple[StaffOffice, Administrator, Path],
) -> None:
    office, _, _ = commune
    lan = office.account(Role.SUPERVISOR, "lan")
    client = office.signed_in(lan, office.app(), html=True)
    assert client.get("/admin/services/edit").status_code == 403
    assert "/admin/services/edit" not in client.get("/admin/services").text
    assert client.post("/admin/counters/edit/q2", data={}).status_code == 403
