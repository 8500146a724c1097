"""Who may do what: the whole table, once more by hand."""

import pytest

from queue_server.domain.commands import STAFF, Role
from queue_server.domain.ids import AgencyId, OfficerId
from queue_server.people.ports import Account
from queue_server.web.auth.rights import RIGHTS, ROLE_WORDS, WORDS, Right, may, services_seen
from tests.integration.web.public.sample_config import sample_config

OFF, G, S, M, A = Role.OFFICER, Role.GREETER, Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR
WANTED = {
    Right.SERVE: {OFF, S, A},
    Right.MIND_COUNTERS: {S, A},
    Right.DESK: {OFF, G, S, A},
    Right.ANSWER_HELP: {OFF, G, S, A},
    Right.SEE_FIGURES: {S, M, A},
    Right.SEE_OFFICERS: {S, A},
    Right.SEE_DEVICES: {G, S, M, A},
    Right.RUN_THE_DAY: {S, A},
    Right.PAIR_DISPLAYS: {S, A},
    Right.ACCOUNTS: {A},
    Right.OFFICE_FILE: {A},
    Right.DOSSIERS: {OFF, S, A},
    Right.CORRECT_DOSSIERS: {S, A},
}


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("role", Role)
def test_a_role_has_exactly_the_rights_of_the_table(role: Role, right: Right) -> None:
    assert may(role, right) is (role in WANTED[right])


def test_every_right_and_role_has_words_in_both_languages() -> None:
    assert set(WORDS) == set(Right) == set(RIGHTS)
    assert set(ROLE_WORDS) == STAFF
    assert all(w.vi and w.en for w in (*WORDS.values(), *ROLE_WORDS.values()))


def test_nobody_but_the_staff_has_any_right() -> None:
    for role in set(Role) - STAFF:
        assert not any(may(role, right) for right in Right)


def test_a_manager_of_an_agency_sees_that_agencys_services_only() -> None:
    config = sample_config()
    account = Account(OfficerId("m"), "m", "M", Role.MANAGER, agency=AgencyId("xa"))
    assert services_seen(account, config) == {s.id for s in config.services if s.agency == "xa"}
    stranger = Account(OfficerId("m"), "m", "M", Role.MANAGER, agency="thue")
    assert services_seen(stranger, config) == frozenset()
    everyone = Account(OfficerId("m"), "m", "M", Role.MANAGER)
    assert services_seen(everyone, config) == {s.id for s in config.services}
