"""What the office has not answered is on disk before it is sent, and nothing else is."""

from pathlib import Path

from kiosk.gateway.outbox import Outbox
from queue_server.contract.requests import Cancel, Fault, Issue


def an_issue(id_: str = "r1") -> Issue:
    return Issue(id=id_, services=("chung-thuc",), kiosk="k1")


def test_a_kept_request_is_found_by_the_next_run_as_it_was(tmp_path: Path) -> None:
    Outbox(tmp_path).keep("issue", an_issue())
    (kept,) = Outbox(tmp_path).left_over()
    assert (kept.verb, kept.request) == ("issue", an_issue())


def test_an_answered_request_is_gone(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    outbox.keep("issue", an_issue())
    outbox.keep("cancel", Cancel(id="r2", ticket="t1", reason="left_kiosk"))
    outbox.answered(an_issue())
    assert [kept.verb for kept in outbox.left_over()] == ["cancel"]


def test_a_torn_file_is_dropped_and_the_others_are_read(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    outbox.keep("fault", Fault(id="r1", device="k1", fault="printer_offline"))
    (tmp_path / "torn.json").write_text('{"verb": "issue", "requ')
    (tmp_path / "odd.json").write_text('{"verb": "fly", "request": {}}')
    assert [kept.request.id for kept in outbox.left_over()] == ["r1"]
    assert [path.name for path in tmp_path.glob("*.json")] == ["r1.json"]


def test_a_file_that_is_not_there_any_more_stops_nobody(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    outbox.keep("issue", an_issue())
    (tmp_path / "gone.json").symlink_to(tmp_path / "nowhere")
    assert [kept.request.id for kept in outbox.left_over()] == ["r1"]


def test_what_a_kill_left_half_written_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "r1.new").write_text('{"verb": "iss')
    outbox = Outbox(tmp_path)
    outbox.keep("fault", Fault(id="r2", device="k1", fault="printer_offline"))
    assert [path.name for path in tmp_path.iterdir()] == ["r2.json"]
    assert [kept.request.id for kept in outbox.left_over()] == ["r2"]


def test_without_a_folder_nothing_is_kept_and_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for outbox in (Outbox(None), Outbox(tmp_path / "file" / "below")):
        outbox.keep("issue", an_issue())
        outbox.answered(an_issue())
        assert list(outbox.left_over()) == []


def test_a_folder_that_goes_away_stops_nobody(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox")
    (tmp_path / "outbox").rmdir()
    outbox.keep("issue", an_issue())
    outbox.answered(an_issue())
    assert list(outbox.left_over()) == []


def test_the_dossier_that_a_ticket_is_for_is_never_on_this_disk(tmp_path: Path) -> None:
    asked = an_issue().model_copy(update={"dossier": "H99.16-261117-0023"})
    Outbox(tmp_path).keep("issue", asked)
    assert not any(b"H99.16" in path.read_bytes() for path in tmp_path.iterdir())
    (kept,) = Outbox(tmp_path).left_over()
    assert kept.request == an_issue()
