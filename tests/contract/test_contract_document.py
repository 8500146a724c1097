"""The contract as a document: valid for the official parser, and true to its golden samples."""

import json
import subprocess
from pathlib import Path

import pytest

from assets.files import contract_dir
from queue_server.contract.asyncapi import document
from queue_server.contract.catalogue import CHANNELS
from queue_server.contract.requests import VERBS

TOOL = Path(__file__).parents[1] / "tools" / "asyncapi"
SAMPLES = sorted(contract_dir().glob("samples/*.json"))


@pytest.mark.slow
def test_the_official_parser_takes_the_document(tmp_path: Path) -> None:
    path = tmp_path / "asyncapi.json"
    path.write_text(json.dumps(document()))
    ran = subprocess.run(["node", str(TOOL / "check.mjs"), str(path)], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert f"valid: {len(CHANNELS)} channels" in ran.stdout


def test_every_channel_has_a_golden_sample() -> None:
    assert {path.stem for path in SAMPLES} == {channel.name for channel in CHANNELS}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_a_golden_sample_is_read_and_written_alike(path: Path) -> None:
    channel = next(c for c in CHANNELS if c.name == path.stem)
    sample = json.loads(path.read_text("utf-8"))
    written = json.loads(channel.message.model_validate(sample).model_dump_json())
    assert written == sample


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_an_unknown_field_is_ignored_and_a_missing_one_refused(path: Path) -> None:
    channel = next(c for c in CHANNELS if c.name == path.stem)
    sample = json.loads(path.read_text("utf-8"))
    assert channel.message.model_validate({**sample, "added_later": 1})
    for name, field in channel.message.model_fields.items():
        if field.is_required():
            with pytest.raises(ValueError, match=name):
                channel.message.model_validate({k: v for k, v in sample.items() if k != name})


def test_every_verb_is_a_channel() -> None:
    assert {f"request-{verb}" for verb in VERBS} <= {channel.name for channel in CHANNELS}
