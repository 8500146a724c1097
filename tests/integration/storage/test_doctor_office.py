"""What doctor reads in an office's own books."""

from datetime import timedelta
from pathlib import Path

from fakes.fake_clock import START, FakeClock
from fakes.places import SqlitePlace
from fakes.running import ask, running
from fakes.small_office import issue

from queue_server.commands.doctor_office import clock_in_doubt, papers, second_factors
from tests.integration.web.doors.whole_office import whole_office


def test_a_clock_that_a_person_must_confirm_is_told(tmp_path: Path) -> None:
    assert list(clock_in_doubt(tmp_path)) == []
    place = SqlitePlace(tmp_path)
    with running(place.journal(), FakeClock()) as engine:
        ask(engine, issue())
    assert list(clock_in_doubt(tmp_path)) == []
    earlier = FakeClock(START - timedelta(hours=2))
    with running(place.journal(), earlier, boot_id="boot-2"):
        (found,) = clock_in_doubt(tmp_path)
    assert found.ok is False and "no numbers are given" in found.said
    place.close()


def test_papers_that_are_not_home_are_counted_and_a_torn_line_is_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "kiosks" / "kiosk-1" / "offline"
    folder.mkdir(parents=True)
    lines = [
        '0 {"kind":"granted","day":"2026-11-20"}',
        '0 {"kind":"paper","request":"r1"}',
        '0 {"kind":"paper","request":"r2"}',
        '0 {"kind":"home","request":"r1"}',
        '0 {"kind":"pap',
    ]
    (folder / "papers.journal").write_text("\n".join(lines))
    (found,) = papers(tmp_path)
    assert (found.what, found.ok) == ("papers of kiosk-1", None)
    assert found.said.startswith("1 given")
    (folder / "papers.journal").write_text("\n".join([*lines[:4], '0 {"kind":"home","request":"r2"}']))
    assert list(papers(tmp_path)) == []


def test_who_still_lacks_a_second_factor_is_told(tmp_path: Path) -> None:
    with whole_office(tmp_path, '[staff]\nsecond_factor = ["administrator"]\n'):
        (found,) = second_factors(tmp_path)
    assert (found.ok, found.said) == (None, "not yet: administrator-1")
