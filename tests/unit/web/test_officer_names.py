"""What officers are called: their own names; what a demo plays has names too, in the reader's language."""

from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from assets.files import office_path
from queue_server.demo import played_officers
from queue_server.domain.office_config import OfficeConfig
from queue_server.office_file.load import load_office
from queue_server.simulate.day import plan_day
from queue_server.simulate.place import place_of
from queue_server.web.officer_names import officer_names


def commune() -> OfficeConfig:
    return load_office(office_path("commune"))


def deps(played: object) -> Any:
    lan = SimpleNamespace(id="o-1", name="Trần Thị Lan")
    return cast(
        Any,
        SimpleNamespace(
            engine=SimpleNamespace(office=SimpleNamespace(config=commune())),
            accounts=SimpleNamespace(all=lambda: [lan]),
            played_officers=played,
        ),
    )


def test_everybody_the_simulator_signs_on_has_a_name_in_the_demo() -> None:
    day = plan_day(place_of(commune()), np.random.default_rng(20), 40)
    names = officer_names(deps(played_officers), "vi")
    sitting = {(shift.counter, cast(Any, names)[shift.officer]) for shift in day.shifts}
    numbers = {str(counter.id): counter.number for counter in commune().counters}
    assert sitting == {(id_, f"Cán bộ quầy {number}") for id_, number in numbers.items()}
    assert names[cast(Any, "o-1")] == "Trần Thị Lan"
    assert cast(Any, officer_names(deps(played_officers), "en"))["sim-1"] == "Officer of counter 1"


def test_an_office_that_is_no_demo_knows_its_accounts_only() -> None:
    assert officer_names(deps(None), "vi") == {"o-1": "Trần Thị Lan"}
