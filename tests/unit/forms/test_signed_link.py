"""The signed address of a receipt: this office's only, this code's only, read by kiosks."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.codes.classify import classify
from queue_server.codes.kinds import DossierCode
from queue_server.codes.patterns import Patterns
from queue_server.forms.signed_link import LinkKeys, is_genuine, signed_link

KEYS = LinkKeys("2", {"1": b"a" * 32, "2": b"b" * 32})
CODE = "H99.16-261117-0023"
ROOT = "https://motcua.example.vn/"
CODES = (CODE, "000.00.16.H05-261117-0001", "03706/2026/07906", "H55.242-261117-123456")


def signature(link: str) -> str:
    return link.partition("?k=")[2]


@pytest.mark.parametrize("code", CODES)
def test_a_link_holds_the_code_and_its_signature_and_nothing_else(code: str) -> None:
    link = signed_link(ROOT, "ward", code, KEYS)
    path, _, k = link.partition("?k=")
    assert path == f"https://motcua.example.vn/h/{code.replace('/', '%2F')}"
    assert k.startswith("2.") and len(k) == 18
    assert is_genuine("ward", code, k, KEYS)


@pytest.mark.parametrize("code", CODES)
def test_a_kiosk_reads_the_code_out_of_a_link(code: str) -> None:
    assert classify(signed_link(ROOT, "ward", code, KEYS)) == DossierCode(code)


def test_a_kiosk_with_the_offices_own_patterns_reads_the_code_out_of_a_link() -> None:
    own = Patterns.of([r"TB-\d{4}-\d{5}"])
    link = signed_link("http://10.0.0.5:8080/mot-cua", "ward", "TB-2026-00023", KEYS)
    assert classify(link, own) == DossierCode("TB-2026-00023")


@pytest.mark.parametrize("office", ["ward", "ward-2"])
@pytest.mark.parametrize("code", [CODE, "H99.16-261117-0024"])
def test_a_signature_is_good_for_one_office_and_one_code(office: str, code: str) -> None:
    k = signature(signed_link(ROOT, "ward", CODE, KEYS))
    assert is_genuine(office, code, k, KEYS) is (office == "ward" and code == CODE)


def test_how_the_code_is_written_makes_no_difference() -> None:
    k = signature(signed_link(ROOT, "ward", CODE, KEYS))
    assert is_genuine("ward", " h99.16–261117-0023 ", k, KEYS)


def test_an_old_key_stays_good_until_it_is_taken_away() -> None:
    k = signature(signed_link(ROOT, "ward", CODE, replace(KEYS, newest="1")))
    assert k.startswith("1.") and is_genuine("ward", CODE, k, KEYS)
    assert not is_genuine("ward", CODE, k, LinkKeys("2", {"2": b"b" * 32}))


def test_one_keys_signature_is_not_believed_under_another_keys_id() -> None:
    k = signature(signed_link(ROOT, "ward", CODE, KEYS))
    assert not is_genuine("ward", CODE, "1" + k[1:], KEYS)


@given(st.text(max_size=40))
def test_no_made_up_signature_is_believed(k: str) -> None:
    assert not is_genuine("ward", CODE, k, KEYS)


@given(st.integers(0, 17), st.sampled_from("ABCdef0123_-"))
def test_a_signature_with_one_letter_changed_is_not_believed(place: int, letter: str) -> None:
    k = signature(signed_link(ROOT, "ward", CODE, KEYS))
    changed = k[:place] + letter + k[place + 1 :]
    assert is_genuine("ward", CODE, changed, KEYS) is (changed == k)


def test_an_unknown_key_is_never_the_stand_in() -> None:
    """The stand-in that unknown ids are compared with is a known value: it must not open anything."""
    k = signature(signed_link(ROOT, "ward", CODE, LinkKeys("9", {"9": b"\0" * 32})))
    assert not is_genuine("ward", CODE, k, KEYS)


def test_without_a_public_address_there_is_no_link_and_keys_are_not_shown() -> None:
    assert signed_link("", "ward", CODE, KEYS) == ""
    assert "bbbb" not in repr(KEYS)
