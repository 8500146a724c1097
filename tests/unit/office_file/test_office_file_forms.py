"""The section [forms]: titles, form numbers and paper of what is printed."""

import json

import pytest

from assets.files import office_path
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_dossiers import FormRules
from queue_server.office_file.load import check_office, load_office
from queue_server.storage.codec import from_json, to_json

WARD = office_path("commune")
RECEIPT = 'receipt = { form = "Mẫu số 03", paper = "a5" }'
REGISTER = 'register = { form = "Mẫu số 02" }'


def changed(old: str, new: str) -> tuple[OfficeConfig | None, list[str]]:
    text = WARD.read_text("utf-8")
    assert old in text
    config, problems = check_office(text.replace(old, new, 1), "xa.toml", WARD.parent)
    return config, [problem.key for problem in problems]


def test_the_ward_numbers_its_forms_and_leaves_their_usual_titles() -> None:
    forms = load_office(WARD).forms
    assert forms.agency == "UBND XÃ THANH BÌNH" and forms.place == "Thanh Bình"
    assert [f.form for f in (forms.receipt, forms.guidance, forms.control, forms.register)] == [
        "Mẫu số 03",
        "Mẫu số 01",
        "Mẫu số 04",
        "Mẫu số 02",
    ]
    assert forms.receipt.title.vi == "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
    assert (forms.receipt.paper, forms.control.paper) == ("a5", "a4")


def test_a_title_of_later_rules_stands_in_the_file() -> None:
    title = "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"
    config, problems = changed(
        'guidance = { form = "Mẫu số 01", paper = "a5" }',
        f'guidance = {{ form = "Mẫu số 02", title = "{title}", paper = "a4" }}',
    )
    assert not problems and config is not None
    assert (config.forms.guidance.title.vi, config.forms.guidance.paper) == (title, "a4")


def test_an_office_of_an_old_journal_prints_the_usual_forms() -> None:
    old = json.loads(to_json(load_office(WARD)))
    del old["forms"]
    assert from_json(OfficeConfig, json.dumps(old)).forms == FormRules()


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        (RECEIPT, 'receipt = { paper = "a3" }', "forms.receipt.paper"),
        (RECEIPT, f'receipt = {{ title = "{"x" * 161}" }}', "forms.receipt.title"),
        (RECEIPT, 'recipt = { form = "Mẫu số 03" }', "forms.recipt"),
        (REGISTER, 'register = { paper = "a5" }', "forms.register.paper"),
        ('unit = "Bộ phận tiếp nhận và trả kết quả"', 'unit = ""', "forms.unit"),
    ],
)
def test_a_mistake_in_the_forms_stops_the_office_and_names_its_key(old: str, new: str, key: str) -> None:
    config, problems = changed(old, new)
    assert config is None and problems == [key]
