"""Bytes that look for new ways through the code (atheris): MQTT payloads and serial lines end in no crash."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("atheris", reason="made for Linux on x86-64 only")

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "assets" / "contract" / "samples"


@pytest.mark.slow
@pytest.mark.parametrize(("entry", "runs"), [("mqtt", 20_000), ("lines", 2_000)])
def test_no_bytes_break_an_entry(entry: str, runs: int, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, sample in enumerate(sorted(SEEDS.glob("request-*.json"))):
        (corpus / sample.stem).write_bytes(bytes([number, 1]) + sample.read_bytes())
    ran = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.guided", entry, f"-runs={runs}", "-seed=1", "-max_len=600",
         f"-artifact_prefix={tmp_path}/", str(corpus)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-3000:]
    assert f"Done {runs} runs" in ran.stderr, ran.stderr[-1000:]
