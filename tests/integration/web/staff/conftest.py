"""An office for every test,."""

from collections.abc import Iterator

import pytest

from tests.integration.web.staff.staff_office import StaffOffice


@pytest.fixture
def office() -> Iterator[StaffOffice]:
    made = StaffOffice()
    yield made
    made.close()
