"""The agent's memory of its jobs."""

import errno
import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from fakes.slip_samples import NOW

from devices.agent.outcomes import KEPT_FOR, InUse, Outcomes
from devices.ports import Outcome

PRINTED = Outcome("printed")


def reopened(outcomes: Outcomes, folder: Path, after: timedelta = timedelta()) -> Outcomes:
    outcomes.close()
    return Outcomes(folder, NOW + after)


def test_an_outcome_is_remembered_over_a_restart(tmp_path: Path) -> None:
    outcomes = Outcomes(tmp_path, NOW)
    outcomes.begin("job", "t1", True, NOW)
    outcomes.end("job", "t1", True, PRINTED, NOW)
    outcomes = reopened(outcomes, tmp_path)
    known = outcomes.find("job")
    assert known is not None and known.outcome == PRINTED
    assert [owed.job for owed in outcomes.owed()] == ["job"]
    outcomes.close()


def test_a_job_begun_and_never_ended_is_unconfirmed_exactly_once(tmp_path: Path) -> None:
    outcomes = Outcomes(tmp_path, NOW)
    outcomes.begin("job", "t1", True, NOW)
    for _ in range(3):
        outcomes = reopened(outcomes, tmp_path)
        [owed] = outcomes.owed()
        assert (owed.job, owed.outcome) == ("job", Outcome("unconfirmed", "agent_restarted"))
    outcomes.replied("job")
    outcomes = reopened(outcomes, tmp_path)
    assert outcomes.owed() == ()
    outcomes.close()


def test_the_first_outcome_of_a_job_stays(tmp_path: Path) -> None:
    outcomes = Outcomes(tmp_path, NOW)
    outcomes.end("job", "t1", False, PRINTED, NOW)
    assert outcomes.end("job", "t1", False, Outcome("failed", "offline"), NOW).outcome == PRINTED
    outcomes.close()


def test_a_job_is_on_the_disk_before_its_first_byte_is_sent(tmp_path: Path) -> None:
    outcomes = Outcomes(tmp_path, NOW)
    outcomes.begin("job", "t1", True, NOW)
    [line] = (tmp_path / "outcomes.jsonl").read_text().splitlines()
    assert json.loads(line)["job"] == "job"
    assert json.loads(line)["outcome"] is None
    outcomes.close()


def test_what_the_server_has_not_taken_is_kept_for_ever_the_rest_for_three_days(tmp_path: Path) -> None:
    outcomes = Outcomes(tmp_path, NOW)
    outcomes.end("owed", "t1", True, PRINTED, NOW)
    outcomes.end("told", "t2", True, PRINTED, NOW)
    outcomes.replied("told")
    outcomes = reopened(outcomes, tmp_path, KEPT_FOR - timedelta(seconds=1))
    assert outcomes.find("told") is not None
    outcomes = reopened(outcomes, tmp_path, timedelta(days=400))
    assert outcomes.find("told") is None
    assert [known.job for known in outcomes.owed()] == ["owed"]
    outcomes.close()


def test_a_line_torn_by_a_power_cut_counts_as_not_written_and_hurts_no_other(tmp_path: Path) -> None:
    outcomes = Outcomes(tmp_path, NOW)
    outcomes.end("one", "t1", True, PRINTED, NOW)
    outcomes.close()
    with (tmp_path / "outcomes.jsonl").open("ab") as file:
        file.write(b'{"job":"two","tick')
    outcomes = Outcomes(tmp_path, NOW)
    assert outcomes.find("two") is None
    outcomes.end("three", "t3", True, PRINTED, NOW)
    outcomes = reopened(outcomes, tmp_path)
    assert [known.job for known in outcomes.owed()] == ["one", "three"]
    outcomes.close()


def test_a_full_disk_is_said_and_what_follows_it_is_still_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = Outcomes(tmp_path, NOW)
    really_write = os.write

    def half(file: int, data: bytes) -> int:
        if len(data) > 20:
            return really_write(file, bytes(data)[:20])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", half)
    with pytest.raises(OSError, match="No space"):
        outcomes.end("one", "t1", True, PRINTED, NOW)
    monkeypatch.undo()
    assert outcomes.find("one") is not None
    outcomes.end("two", "t2", True, PRINTED, NOW)
    outcomes = reopened(outcomes, tmp_path)
    assert [known.job for known in outcomes.owed()] == ["two"]
    outcomes.close()


def test_two_agents_never_share_a_memory(tmp_path: Path) -> None:
    outcomes = Outcomes(tmp_path, NOW)
    with pytest.raises(InUse, match="stop it, or give each agent its own"):
        Outcomes(tmp_path, NOW)
    outcomes = reopened(outcomes, tmp_path)
    outcomes.close()


def test_an_outcome_told_after_a_failed_tidying_is_remembered_over_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = Outcomes(tmp_path, NOW)
    monkeypatch.setattr("devices.agent.outcomes._TIDY_AFTER_LINES", 0)
    whole, failing = os.fsync, {"folder": True}

    def fsync(file: int) -> None:
        if failing["folder"] and Path(f"/proc/self/fd/{file}").is_dir():
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        whole(file)

    monkeypatch.setattr(os, "fsync", fsync)
    outcomes.end("job-1", "t1", True, PRINTED, NOW)
    monkeypatch.setattr("devices.agent.outcomes._TIDY_AFTER_LINES", 50)
    outcomes.end("job-2", "t2", True, PRINTED, NOW)
    failing["folder"] = False
    outcomes = reopened(outcomes, tmp_path)
    assert [owed.job for owed in outcomes.owed()] == ["job-1", "job-2"]
    outcomes.close()


def test_the_file_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devices.agent.outcomes._TIDY_AFTER_LINES", 50)
    outcomes = Outcomes(tmp_path, NOW)
    for number in range(400):
        at = NOW + timedelta(hours=number)
        outcomes.end(f"job-{number}", "t", False, PRINTED, at)
    assert len((tmp_path / "outcomes.jsonl").read_text().splitlines()) <= 125
    assert outcomes.find("job-399") is not None
    outcomes.close()
