"""The section [dossiers]: what it becomes, and what is wrong with it."""

import json

import pytest

from assets.files import office_path
from queue_server.codes.patterns import DEFAULT_PATTERNS
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_dossiers import DossierRules, OtherOffice
from queue_server.domain.words import Words
from queue_server.office_file.load import check_office, load_office
from queue_server.office_file.problems import Problem
from queue_server.storage.codec import from_json, to_json

WARD = office_path("commune")


def changed(old: str, new: str) -> tuple[OfficeConfig | None, list[Problem]]:
    text = WARD.read_text("utf-8")
    assert old in text
    return check_office(text.replace(old, new, 1), "xa.toml", WARD.parent)


def test_the_ward_looks_dossiers_up_in_its_register() -> None:
    rules = load_office(WARD).dossiers
    assert rules.sources == ("book", "register") and rules.patterns == DEFAULT_PATTERNS
    assert rules.collect_service == "nhan-ket-qua" and rules.supplement_service is None
    assert OtherOffice("H99.17", Words("Một cửa xã Hoà An", "Hoà An One-Stop Office")) in rules.other_offices
    assert rules.apology.vi and rules.retention_days == 730


def test_an_office_of_an_old_journal_looks_nothing_up() -> None:
    old = json.loads(to_json(load_office(WARD)))
    del old["dossiers"]
    for service in old["services"]:
        for procedure in service["procedures"]:
            del procedure["legal_days"]
    assert from_json(OfficeConfig, json.dumps(old)).dossiers == DossierRules()


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('letters = ["H", "G", "D"]', 'letters = ["HG"]', "dossiers.letters[1]"),
        ('letters = ["H", "G", "D"]', 'patterns = ["(a+)+"]', "dossiers.patterns[1]"),
        ('letters = ["H", "G", "D"]', 'patterns = ["("]', "dossiers.patterns[1]"),
        ('collect_service = "nhan-ket-qua"', 'collect_service = "nhan"', "dossiers.collect_service"),
        ('sources = ["book", "register"]', 'sources = ["registry"]', "dossiers.sources[1]"),
        ("retention_days = 730", "retention_days = 0", "dossiers.retention_days"),
    ],
)
def test_a_mistake_stops_the_office_and_says_where_and_what_to_do(old: str, new: str, key: str) -> None:
    config, problems = changed(old, new)
    assert config is None
    (problem,) = problems
    assert problem.key == key and problem.vi and problem.en


def test_an_example_of_another_shape_is_warned_of() -> None:
    config, (problem,) = changed('example = "H99.16-261117-0023"', 'example = "TB-1"')
    assert config is not None and problem.severity == "warning" and problem.key == "dossiers.example"
