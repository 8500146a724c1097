"""A small office file without a mistake, to make mistakes in."""

from pathlib import Path
from textwrap import dedent

from queue_server.office_file.load import check_office
from queue_server.office_file.problems import Problem

SOUND = dedent("""\
    [office]
    id = "thu"
    name = { vi = "Cơ quan thử", en = "Test office" }
    [hours]
    week.t2-t6 = ["07:30-11:30", "13:00-17:00"]
    [[service]]
    id = "mot"
    letter = "A"
    name = { vi = "Một", en = "One" }
    [[service]]
    id = "hai"
    letter = "B"
    name = { vi = "Hai", en = "Two" }
    [[counter]]
    id = "q1"
    number = 1
    name = { vi = "Quầy một", en = "Counter one" }
    services = ["mot", "hai"]
    [[printer]]
    id = "p1"
    name = "Máy in"
    url = "simulated:"
    [[kiosk]]
    id = "k1"
    name = { vi = "Kiosk", en = "Kiosk" }
    printer = "p1"
    """)


def problems_of(text: str, folder: Path | None = None) -> list[Problem]:
    return check_office(text, "thu.toml", folder)[1]


def changed(old: str, new: str) -> str:
    assert SOUND.count(old) >= 1, old
    return SOUND.replace(old, new, 1)
