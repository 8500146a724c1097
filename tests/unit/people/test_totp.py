"""Codes of authenticator apps, by the vectors of RFC 6238."""

import base64
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from queue_server.people.totp import STEP_S, code_at, enrolment, readable, step_of

SECRET = b"12345678901234567890"
RFC_6238 = {
    59: "287082",
    1111111109: "081804",
    1111111111: "050471",
    1234567890: "005924",
    2000000000: "279037",
    20000000000: "353130",
}


@pytest.mark.parametrize(("second", "code"), RFC_6238.items())
def test_codes_are_those_of_the_standard(second: int, code: str) -> None:
    assert code_at(SECRET, second // STEP_S) == code
    assert step_of(SECRET, code, datetime.fromtimestamp(second, UTC)) == second // STEP_S


def test_a_phone_may_be_half_a_minute_off_and_no_more() -> None:
    now = datetime.fromtimestamp(1_234_567_890, UTC)
    here = 1_234_567_890 // STEP_S
    taken = [at for at in range(here - 4, here + 5) if step_of(SECRET, code_at(SECRET, at), now) == at]
    assert taken == [here - 1, here, here + 1]


def test_a_step_that_was_used_is_over_and_those_before_it() -> None:
    now = datetime.fromtimestamp(1_234_567_890, UTC)
    here = 1_234_567_890 // STEP_S
    assert step_of(SECRET, code_at(SECRET, here), now, after=here) is None
    assert step_of(SECRET, code_at(SECRET, here - 1), now, after=here) is None
    assert step_of(SECRET, code_at(SECRET, here + 1), now, after=here) == here + 1


@pytest.mark.parametrize("typed", ["", "28708", "2870820", "abcdef", "٢٨٧٠٨٢", "28708２"])
def test_what_is_no_code_fits_nothing(typed: str) -> None:
    assert step_of(SECRET, typed, datetime.fromtimestamp(59, UTC)) is None


def test_an_app_reads_secret_account_and_office_from_the_link() -> None:
    link = urlsplit(enrolment(SECRET, "lan.nguyen", "UBND phường: Một cửa"))
    asked = {name: values[0] for name, values in parse_qs(link.query).items()}
    assert (link.scheme, link.netloc) == ("otpauth", "totp")
    assert base64.b32decode(asked["secret"]) == SECRET
    assert (asked["issuer"], asked["digits"], asked["period"]) == ("UBND phường  Một cửa", "6", "30")
    assert link.path.endswith(":lan.nguyen") and link.path.count(":") == 1
    assert readable(SECRET).replace(" ", "") == asked["secret"]
