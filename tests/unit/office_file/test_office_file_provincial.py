"""The section [dossiers.provincial]: what it becomes, and what is wrong with it."""

from datetime import timedelta

import pytest

from assets.files import office_path
from queue_server.domain.office_config import OfficeConfig
from queue_server.dossiers import provincial_maps
from queue_server.office_file.checks import provincial
from queue_server.office_file.load import check_office, load_office
from queue_server.office_file.problems import Problem
from queue_server.storage.codec import from_json, to_json

CENTRE = office_path("province")
URL = 'url = "https://lgsp.tinh.example/dvc/tracuuhoso"'
MAPPING = 'mapping = "dvcqg" '


def changed(old: str, new: str) -> tuple[OfficeConfig | None, list[Problem]]:
    text = CENTRE.read_text(encoding="utf-8")
    assert old in text
    config, problems = check_office(text.replace(old, new, 1), "van-phong.toml")
    return config, list(problems)


def test_the_centre_s_file_says_how_its_province_is_asked() -> None:
    config = load_office(CENTRE)
    rules = config.dossiers.provincial
    assert rules is not None and rules.mapping == "dvcqg" and rules.method == "post"
    assert dict(rules.send) == {"service": "TraCuuHoSo", "madonvi": "H99.01"}
    assert dict(rules.statuses)["12"] == 4 and rules.answer_within == timedelta(seconds=3)
    assert from_json(OfficeConfig, to_json(config)) == config


def test_fields_are_the_same_on_both_sides() -> None:
    assert provincial.FIELDS == provincial_maps.FIELDS
    for one in provincial_maps.MAPS.values():
        assert set(one.places) <= set(provincial_maps.FIELDS)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        (URL, 'url = "http://lgsp.tinh.example/x"', "url"),
        (URL, 'url = "https://may:mat@lgsp.tinh.example/x"', "url"),
        (URL, 'url = "file:///etc/passwd"', "url"),
        (URL, 'url = "https://{code}.tinh.example/"', "url"),
        (URL, 'url = "https://lgsp.tinh.example/{code}"', "url"),
        (URL, 'url = "https://lgsp.tinh.example:port/"', "url"),
        (URL, 'method = "get"\nurl = "https://lgsp.tinh.example/"', "url"),
        (MAPPING, 'mapping = "own" ', "mapping"),
        (MAPPING, 'mapping = "igate" ', "mapping"),
        (MAPPING, 'token_header = "X Token"\nmapping = "dvcqg" ', "token_header"),
        (MAPPING, 'fields = { dueday = "NgayHenTra" }\nmapping = "dvcqg" ', "fields.dueday"),
        ('"12" = 4', '"12" = 14', "statuses.12"),
        ('madonvi = "H99.01"', 'token = "abc"', "send.token"),
        ("answer_seconds = 3", "answer_seconds = 30", "answer_seconds"),
        ("answer_seconds = 3", "anser_seconds = 3", "anser_seconds"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_to_do(old: str, new: str, key: str) -> None:
    config, problems = changed(old, new)
    assert config is None
    (problem,) = problems
    assert problem.key == f"dossiers.provincial.{key}" and problem.vi and problem.en
    line = CENTRE.read_text(encoding="utf-8").replace(old, new, 1).splitlines()[problem.line - 1]
    assert key.rpartition(".")[2] in line


def test_a_source_without_its_section_is_a_mistake() -> None:
    text = CENTRE.read_text(encoding="utf-8").replace('sources = ["register"]', 'sources = ["provincial"]')
    start = text.index("[dossiers.provincial]")
    config, (problem,) = check_office(text[:start] + text[text.index("# ---", start) :], "van-phong.toml")
    assert config is None and problem.key == "dossiers.sources"


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/x", "http://localhost/x", "https://[2001:db8::1]:8443/x?dv=H99"]
)
def test_addresses_that_may_be_asked(url: str) -> None:
    config, problems = changed(URL, f'url = "{url}"')
    assert config is not None and problems == []
