"""One whole office for all tests of its doors: they change nothing that another one sees."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.web.doors.whole_office import WholeOffice, whole_office


@pytest.fixture(scope="session")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeOffice]:
    folder: Path = tmp_path_factory.mktemp("doors")
    with whole_office(folder) as office:
        yield office
