"""Every route against every role: allowed, or told that it is not."""

import pytest

from queue_server.domain.commands import STAFF, Role
from queue_server.web.acts import VERBS
from queue_server.web.auth.rights import may
from tests.integration.web.staff.staff_office import StaffOffice

OFF, G, S, M, A = Role.OFFICER, Role.GREETER, Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR
EVERYBODY = set(STAFF)
GET = {
    "/password": EVERYBODY,
    "/counter": {OFF, S, A},
    "/counter/options": {OFF, G, S, A},
    "/counter/quay-3": {S, A},
    "/greeter": {OFF, G, S, A},
    "/greeter/ticket?number=A001": {OFF, G, S, A},
    "/admin": {S, A},
    "/admin/accounts": {A},
    "/admin/rights": {A},
    "/admin/services": {S, A},
    "/admin/counters": {S, A},
    "/admin/hours": {S, A},
    "/admin/notices": {S, A},
    "/admin/displays": {S, A},
    "/admin/devices": {G, S, M, A},
    "/admin/office": {A},
    "/admin/office/file": {A},
}
POST = {
    "/admin/accounts": {A},
    "/admin/accounts/acc-1/change": {A},
    "/admin/accounts/acc-1/disable": {A},
    "/admin/accounts/acc-1/enable": {A},
    "/admin/accounts/acc-1/reset": {A},
    "/admin/accounts/acc-1/unlock": {A},
    "/admin/services/dat-dai/close": {S, A},
    "/admin/services/dat-dai/open": {S, A},
    "/admin/notices": {S, A},
    "/admin/hours/close-day": {S, A},
    "/admin/hours/confirm-clock": {S, A},
    "/admin/counters/quay-3/services": {S, A},
    "/admin/counters/quay-3/free": {S, A},
    "/admin/displays": {S, A},
    "/admin/displays/revoke": {S, A},
    "/admin/devices/test": {S, A},
    "/admin/office": {A},
}


@pytest.mark.parametrize("role", sorted(STAFF))
def test_a_role_reads_exactly_its_pages(office: StaffOffice, role: Role) -> None:
    client = office.signed_in(office.account(role))
    refused = {path for path in GET if client.get(path).status_code == 403}
    assert refused == {path for path, roles in GET.items() if role not in roles}


@pytest.mark.parametrize("role", sorted(STAFF))
def test_a_role_sends_exactly_its_forms(office: StaffOffice, role: Role) -> None:
    client = office.signed_in(office.account(role))
    form = {"csrf": client.headers["x-csrf-token"]}
    refused = set()
    for path in POST:
        if path == "/admin/accounts/acc-1/disable" and role is A:
            continue
        if client.post(path, data=form).status_code == 403:
            refused.add(path)
    assert refused == {path for path, roles in POST.items() if role not in roles}


@pytest.mark.parametrize("role", sorted(STAFF))
def test_a_role_may_ask_for_exactly_its_acts(office: StaffOffice, role: Role) -> None:
    client = office.signed_in(office.account(role))
    refused = set()
    for verb in VERBS:
        body = {"id": f"request-{verb}", "counter": "quay-3", "ticket": "none", "service": "none"}
        if client.post(f"/do/{verb}", json=body).status_code == 403:
            refused.add(verb)
    assert refused == {verb for verb, (right, *_) in VERBS.items() if not may(role, right)}


def test_an_act_that_does_not_exist_is_not_found(office: StaffOffice) -> None:
    client = office.signed_in(office.account(Role.OFFICER))
    assert client.post("/do/fly", json={"id": "request-1"}).status_code == 404
