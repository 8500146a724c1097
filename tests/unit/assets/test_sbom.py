"""What the product is made of: every locked package, once, with its hashes."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PACKAGING = ROOT / "packaging"


def run(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *map(str, words)], capture_output=True, text=True)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sbom") / "sbom.json"
    path.write_text(run(PACKAGING / "sbom.py").stdout, "utf-8")
    return path


def test_every_locked_package_is_in_it_and_no_other(written: Path) -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    locked = {f"{a}@{b}" for a, b in re.findall(r"(?m)^([a-z0-9-]+)==([^\s;\\]+)", lock)}
    bom = json.loads(written.read_text("utf-8"))
    python = {one["purl"].removeprefix("pkg:pypi/") for one in bom["components"] if "pypi" in one["purl"]}
    assert python == locked
    scope = {one["name"]: one["scope"] for one in bom["components"]}
    assert scope["fastapi"] == scope["starlette"] == scope["numpy"] == "required"
    assert scope["pytest"] == scope["schemathesis"] == "excluded"
    assert any(one["purl"].startswith("pkg:npm/") for one in bom["components"])


def test_the_same_locks_give_the_same_text(written: Path) -> None:
    assert run(PACKAGING / "sbom.py").stdout == written.read_text("utf-8")


def test_its_form_is_right_and_a_wrong_one_is_found(written: Path, tmp_path: Path) -> None:
    assert run(PACKAGING / "audit.py", written).returncode == 0
    bom = json.loads(written.read_text("utf-8"))
    bom["components"][0]["hashes"] = []
    bom["dependencies"][0]["dependsOn"].append("pkg:pypi/nobody@1")
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(bom), "utf-8")
    said = run(PACKAGING / "audit.py", wrong)
    assert said.returncode == 1 and "by hash" in said.stderr and "names nobody" in said.stderr


def test_a_package_of_an_advisory_is_found_without_a_network(written: Path, tmp_path: Path) -> None:
    bom = json.loads(written.read_text("utf-8"))
    version = next(one["version"] for one in bom["components"] if one["name"] == "jinja2")
    package = {"ecosystem": "PyPI", "name": "Jinja2"}
    advisory = {"id": "TEST-1", "affected": [{"package": package, "versions": ["0.1", version]}]}
    file = tmp_path / "advisories.json"
    file.write_text(json.dumps([advisory]), "utf-8")
    said = run(PACKAGING / "audit.py", written, file)
    assert said.returncode == 2 and f"jinja2 {version}: TEST-1" in said.stdout
    advisory["affected"][0]["versions"] = ["0.1"]  # type: ignore[index]
    file.write_text(json.dumps([advisory]), "utf-8")
    assert run(PACKAGING / "audit.py", written, file).returncode == 0
