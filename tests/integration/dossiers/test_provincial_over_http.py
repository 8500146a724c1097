"""A provincial system over real HTTP that misbehaves in every way: bounded, mapped, bridged from memory."""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from fakes.dossiers import CODE, KEY, NAME, PHONE
from fakes.fake_clock import FakeClock
from fakes.provincial import Provincial, provincial

from assets.files import office_path
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_dossiers import ProvincialRules
from queue_server.domain.words import Words
from queue_server.dossiers.dossier import Status
from queue_server.dossiers.factor import fits
from queue_server.dossiers.ports import Found, SourceUnavailable
from queue_server.dossiers.provincial import ProvincialSource
from queue_server.dossiers.provincial_http import HttpTransport
from queue_server.office_file.load import load_office

CENTRE = load_office(office_path("province"))
PATIENT, SHORT = timedelta(seconds=30), timedelta(seconds=1)
GIVEN_UP_S = 20.0
"""Well before one that is silent or drips would end by itself."""
BAD = (
    "silent", "drip", "late_headers", "error", "wrong_json", "half", "huge", "redirect", "other_kind",
    "packed", "shut_out", "other_dossier", "cut",
)  # fmt: skip


class Asking:
    """A source that asks `system`; `config` is the office's, which may change while it runs."""

    def __init__(self, system: Provincial, root: Path, **rules: Any) -> None:
        self.clock, self.system = FakeClock(), system
        made = ProvincialRules(url=system.url, answer_within=PATIENT, name=Words("Hệ thống tỉnh"))
        self.config = self._with(replace(made, **rules))
        self.source = ProvincialSource(
            lambda: self.config, lambda r: HttpTransport(r, root), self.clock.now, KEY
        )

    def _with(self, rules: ProvincialRules) -> OfficeConfig:
        return replace(CENTRE, dossiers=replace(CENTRE.dossiers, provincial=rules))

    def change(self, **rules: Any) -> None:
        before = self.config.dossiers.provincial
        assert before is not None
        self.config = self._with(replace(before, **rules))

    def find(self, code: str = CODE) -> Found | None:
        return self.source.find(code)

    def found_at_last(self) -> Found | None:
        """On a busy machine even a good answer may come too late: asked again once that is forgotten."""
        for _ in range(30):
            with suppress(SourceUnavailable):
                return self.find()
            self.clock.advance(timedelta(minutes=30))
        raise AssertionError("never answered in time")


@pytest.fixture
def system() -> Iterator[Provincial]:
    with provincial() as made:
        yield made


@pytest.fixture
def asking(system: Provincial, tmp_path: Path) -> Iterator[Asking]:
    made = Asking(system, tmp_path)
    yield made
    made.source.close()


def test_a_dossier_is_asked_for_as_the_exchange_wants_it(asking: Asking) -> None:
    found = asking.find()
    assert found is not None and found.dossier.status is Status.RESULT_READY
    assert found.dossier.applicant == "N**** T** H**** G****" and found.as_of == asking.clock.now()
    assert fits(KEY, CODE, PHONE[-4:], found.digests)
    (asked,) = asking.system.asked
    assert asked.method == "POST" and asked.body == {"service": "TraCuuHoSo", "mahoso": CODE}
    assert CODE not in asked.path and "authorization" not in asked.headers


def test_what_it_has_not_is_not_found(asking: Asking) -> None:
    asking.system.way = "none"
    assert asking.find() is None


def test_a_number_that_may_be_somebody_s_never_leaves_the_house(asking: Asking) -> None:
    assert asking.find("001090123456") is None and asking.system.asked == []


@pytest.mark.parametrize("way", BAD)
def test_whatever_it_does_the_answer_comes_in_time_and_from_memory(
    system: Provincial, tmp_path: Path, way: str
) -> None:
    asking = Asking(system, tmp_path, answer_within=SHORT)
    known = asking.found_at_last()
    asking.system.way = way
    asking.clock.advance(timedelta(minutes=30))
    began = time.monotonic()
    with structlog.testing.capture_logs() as logs:
        assert asking.find() == known
        with pytest.raises(SourceUnavailable) as failed:
            asking.find("H99.16-261117-0099")
    assert time.monotonic() - began < GIVEN_UP_S
    said = json.dumps(logs, ensure_ascii=False) + str(failed.value)
    assert "unanswered" in said
    assert not any(one in said for one in (CODE, "0099", NAME, PHONE, "127.0.0.1"))
    asking.source.close()


def test_a_redirect_is_never_followed(tmp_path: Path) -> None:
    with provincial() as system:
        asking = Asking(system, tmp_path)
        system.way = "redirect"
        with pytest.raises(SourceUnavailable):
            asking.find()
        asking.source.close()
    assert system.followed == [] and len(system.asked) == 1


def test_a_fresh_answer_is_not_asked_for_again(asking: Asking) -> None:
    first = asking.find()
    asking.clock.advance(timedelta(minutes=2))
    assert asking.find() == first and len(asking.system.asked) == 1
    asking.clock.advance(timedelta(seconds=1))
    again = asking.find()
    assert again is not None and again.as_of == asking.clock.now() and len(asking.system.asked) == 2


def test_an_answer_too_old_to_be_shown_is_not(asking: Asking) -> None:
    asking.find()
    asking.system.way = "error"
    asking.clock.advance(timedelta(hours=24, seconds=1))
    with pytest.raises(SourceUnavailable):
        asking.find()


def test_one_that_keeps_failing_is_left_alone_then_tried_again(asking: Asking) -> None:
    asking.system.way = "error"
    for _ in range(5):
        with pytest.raises(SourceUnavailable):
            asking.find()
    assert len(asking.system.asked) == 3
    asking.system.way = "well"
    asking.clock.advance(timedelta(seconds=10))
    assert asking.find() is not None
    asking.clock.advance(timedelta(minutes=3))
    assert asking.find() is not None and len(asking.system.asked) == 5


def test_a_dossier_it_has_no_more_is_not_shown_from_memory(asking: Asking) -> None:
    asking.find()
    asking.clock.advance(timedelta(minutes=3))
    asking.system.way = "none"
    assert asking.find() is None
    asking.system.way = "error"
    with pytest.raises(SourceUnavailable):
        asking.find()


def test_a_changed_office_file_begins_anew(asking: Asking) -> None:
    asking.find()
    asking.change(send=(("service", "TraCuuHoSo"), ("madonvi", "H99")))
    assert asking.find() is not None and asking.system.asked[1].body["madonvi"] == "H99"


def test_the_token_is_read_from_its_file_each_time_and_said_nowhere(
    system: Provincial, tmp_path: Path
) -> None:
    asking = Asking(system, tmp_path, token_file="secrets/t", fresh_for=timedelta())
    with structlog.testing.capture_logs() as logs, pytest.raises(SourceUnavailable):
        asking.find()
    assert system.asked == [] and logs[0]["why"] == "no_token"
    (tmp_path / "secrets").mkdir()
    for token in ("bi-mat-1", "bi-mat-2"):
        (tmp_path / "secrets" / "t").write_text(token + "\n", encoding="ascii")
        asking.clock.advance(timedelta(seconds=1))
        assert asking.find() is not None
    assert [one.headers["authorization"] for one in system.asked] == ["Bearer bi-mat-1", "Bearer bi-mat-2"]
    (tmp_path / "secrets" / "t").write_text("a\r\nX-Evil: 1", encoding="ascii")
    asking.clock.advance(timedelta(seconds=1))
    with structlog.testing.capture_logs() as logs:
        asking.find()
    assert len(system.asked) == 2 and "Evil" not in json.dumps(logs)
    asking.source.close()


@pytest.mark.parametrize("code", ["A/../B-1", "A?x=1&y=2#z-1", "Đ-1%2e", "X\u20281"])
def test_a_code_in_the_address_cannot_change_it(system: Provincial, tmp_path: Path, code: str) -> None:
    asking = Asking(system, tmp_path, method="get", url=system.url + "/{code}?dv=H99")
    system.way = "none"
    assert asking.find(code) is None
    (asked,) = system.asked
    path, _, query = asked.path.partition("?")
    assert path.count("/") == 2 and query == "dv=H99" and asked.headers["host"] in system.url
    asking.source.close()


def test_the_full_name_is_asked_for_anew_and_not_kept(asking: Asking) -> None:
    asking.find()
    assert asking.source.applicant(CODE) == NAME and len(asking.system.asked) == 2
    asking.system.way = "error"
    with pytest.raises(SourceUnavailable):
        asking.source.applicant(CODE)


def test_a_certificate_nobody_vouches_for_is_refused_and_the_office_s_own_authority_is_trusted(
    tmp_path: Path,
) -> None:
    pem = tmp_path / "server.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", pem, "-out", tmp_path / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    pem.write_text(pem.read_text() + (tmp_path / "cert.pem").read_text())
    with provincial(tls=pem) as system:
        unknown = Asking(system, tmp_path)
        with pytest.raises(SourceUnavailable):
            unknown.find()
        assert system.asked == []
        unknown.change(authority="cert.pem")
        assert unknown.find() is not None
        unknown.source.close()


def test_a_source_without_its_section_says_that_it_cannot_answer(asking: Asking) -> None:
    asking.config = replace(asking.config, dossiers=replace(asking.config.dossiers, provincial=None))
    with pytest.raises(SourceUnavailable):
        asking.find()


def test_without_the_authority_s_certificate_the_system_counts_as_unanswered(
    system: Provincial, tmp_path: Path
) -> None:
    (tmp_path / "empty.pem").write_text("no certificate")
    for authority in ("not-there.pem", "empty.pem"):
        asking = Asking(system, tmp_path, authority=authority)
        with structlog.testing.capture_logs() as logs, pytest.raises(SourceUnavailable):
            asking.find()
        assert "no_authority" in json.dumps(logs) and system.asked == []
        asking.source.close()
