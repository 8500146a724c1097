"""What an office may do after all: warnings, addresses, listening to others."""

import pytest
from sound_file import SOUND, changed, problems_of

from queue_server.office_file.load import check_office
from queue_server.office_file.problems import WARNING


def test_a_letter_that_is_easily_misread_is_a_warning_and_the_office_starts() -> None:
    config, problems = check_office(changed('letter = "B"', 'letter = "O"'), "thu.toml")
    assert config is not None
    assert [(p.key, p.severity) for p in problems] == [("service[2].letter", WARNING)]


def test_a_series_without_numbers_for_an_outage_is_a_warning() -> None:
    config, problems = check_office(
        changed('letter = "B"', 'letter = "B"\nnumber = { last = 999 }'), "thu.toml"
    )
    assert config is not None and [p.key for p in problems] == ["service[2].number.last"]


def test_a_name_without_english_is_a_warning() -> None:
    config, problems = check_office(changed('{ vi = "Một", en = "One" }', '"Một"'), "thu.toml")
    assert config is not None and [p.key for p in problems] == ["service[1].name"]


def test_a_priority_group_that_no_kiosk_has_room_for_is_a_warning() -> None:
    groups = "".join(f'[[priority_group]]\nid = "d{n}"\nname = {{ vi = "D", en = "D" }}\n' for n in range(8))
    config, problems = check_office(SOUND + groups, "thu.toml")
    assert config is not None and len(config.priority_groups) == 8
    assert [(p.key, p.severity) for p in problems] == [("priority_group[8].id", WARNING)]


def test_a_group_without_services_is_a_warning() -> None:
    groups = '[[group]]\nid = "g"\nname = "G"\n[[group]]\nid = "h"\nname = "H"\n'
    text = (SOUND + groups).replace('letter = "A"', 'letter = "A"\ngroup = "g"')
    config, problems = check_office(text.replace('letter = "B"', 'letter = "B"\ngroup = "g"'), "thu.toml")
    assert config is not None and [(p.key, p.severity) for p in problems] == [("group[2].id", WARNING)]


def test_listening_to_others_with_a_certificate_and_a_key_is_allowed() -> None:
    text = SOUND + '[listening]\nhttp = "0.0.0.0:443"\ntls_certificate = "a.pem"\ntls_key = "a.key"\n'
    assert problems_of(text) == []


@pytest.mark.parametrize("address", ["localhost:80", "127.9.9.9:80", "[::1]:80"])
def test_loopback_needs_no_certificate(address: str) -> None:
    assert problems_of(SOUND + f'[listening]\nhttp = "{address}"\n') == []


ADDRESSES = [
    "tcp://192.0.2.20:9100",
    "tcp://may-in.local",
    "usb://04b8:0e15",
    "usb://04b8:0e15/SERIAL-NUMBER",
    "serial:///dev/serial/by-id/NAME?baud=115200",
    "file:///dev/usb/lp0",
    "file:///var/spool/slips.bin?append=1",
    "cups://may-in",
    "simulated:",
    "simulated:may-in-1",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_printers_address_may_have_each_of_the_forms(address: str) -> None:
    assert problems_of(changed('"simulated:"', f'"{address}"')) == []
