"""What the office file refuses of the calling rules: by name, with the reason, in both languages."""

from textwrap import dedent

import pytest

from queue_server.domain.office_calling import PolicyName
from queue_server.office_file.forbidden import KEYS, POLICIES
from queue_server.office_file.load import check_office

SOUND = dedent("""\
    [office]
    id = "thu"
    name = { vi = "Cơ quan thử", en = "Test office" }
    [hours]
    week.t2-t6 = ["07:30-11:30"]
    [[service]]
    id = "mot"
    letter = "A"
    name = { vi = "Một", en = "One" }
    [[counter]]
    id = "q1"
    number = 1
    name = { vi = "Quầy một", en = "Counter one" }
    services = ["mot"]
    [calling]
    """)


@pytest.mark.parametrize("name", sorted(POLICIES | {"Still-Can-Make-It", "drop late"}))
def test_a_rule_that_saves_those_who_can_still_make_it_is_refused_by_name_with_the_reason(name: str) -> None:
    config, problems = check_office(SOUND + f'policy = "{name}"\n', "thu.toml")
    assert config is None
    (problem,) = problems
    assert problem.key == "calling.policy" and problem.line == SOUND.count("\n") + 1
    assert f'"{name}"' in problem.vi and "hàng giờ" in problem.vi
    assert f'"{name}"' in problem.en and "wait for hours" in problem.en
    assert "accumulating" in problem.suggestion_vi and "accumulating" in problem.suggestion_en


@pytest.mark.parametrize("key", sorted(KEYS))
def test_no_key_brings_such_a_rule_in_by_another_door(key: str) -> None:
    config, problems = check_office(SOUND + f"{key} = 20\n", "thu.toml")
    assert config is None
    assert any(f'"{key}"' in problem.vi and "hàng giờ" in problem.vi for problem in problems)


@pytest.mark.parametrize("minutes", ["0", "121", "480"])
def test_a_rescue_bound_so_long_that_it_rescues_nobody_is_refused(minutes: str) -> None:
    config, problems = check_office(SOUND + f"rescue_after_minutes = {minutes}\n", "thu.toml")
    assert config is None and problems[0].key == "calling.rescue_after_minutes"


@pytest.mark.parametrize("rates", ["priority_rate = 0.5", "appointment_rate = 3.0", "ordinary_rate = 2.0"])
def test_a_class_the_law_serves_first_cannot_be_made_slower(rates: str) -> None:
    config, problems = check_office(SOUND + rates + "\n", "thu.toml")
    assert config is None and "ordinary_rate ≤ appointment_rate ≤ priority_rate" in problems[0].vi


@pytest.mark.parametrize("policy", list(PolicyName))
def test_every_policy_of_the_office_can_be_chosen_and_has_its_bound(policy: PolicyName) -> None:
    config, problems = check_office(SOUND + f'policy = "{policy}"\n', "thu.toml")
    assert config is not None and not problems
    assert config.calling.policy is policy and 0 < config.calling.rescue_after.total_seconds() <= 7200


def test_appointments_weigh_what_the_file_says() -> None:
    config, _ = check_office(SOUND + "appointment_rate = 2.0\n", "thu.toml")
    assert config is not None and config.calling.appointment_rate == 2.0
