"""What the product is made of, as CycloneDX 1.6 JSON on standard output: requirements.lock and npm's locks.

The same locks give the same text: the serial number is derived from them, and there is no date.
"""

import base64
import json
import re
import sys
import uuid
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from runtime import ROOT, blocks, runtime

SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json"


def python_components(lock: str) -> list[dict[str, Any]]:
    """One a locked package and version; `required` in a running office, `excluded` when only tests use it."""
    needed = set(runtime(lock))
    found = []
    for name, block in blocks(lock).items():
        for part in re.split(rf"(?m)^(?={re.escape(name)}==)", block):
            pinned = re.match(r"[a-z0-9-]+==([^\s;\\]+)", part)
            if pinned is None:
                continue
            purl = f"pkg:pypi/{name}@{pinned[1]}"
            found.append(
                {
                    "type": "library",
                    "bom-ref": purl,
                    "name": name,
                    "version": pinned[1],
                    "purl": purl,
                    "scope": "required" if name in needed else "excluded",
                    "hashes": [
                        {"alg": "SHA-256", "content": digest}
                        for digest in re.findall(r"--hash=sha256:([0-9a-f]{64})", part)
                    ],
                }
            )
    return found


def npm_components(lock: str) -> list[dict[str, Any]]:
    """The packages of one package-lock.json: tools of the tests, never in a running office."""
    found = []
    for path, package in json.loads(lock)["packages"].items():
        if not path:
            continue
        name, version = path.rpartition("node_modules/")[2], package["version"]
        purl = f"pkg:npm/{name.replace('@', '%40')}@{version}"
        one: dict[str, Any] = {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": version,
            "purl": purl,
        }
        one["scope"] = "excluded"
        if package.get("integrity", "").startswith("sha512-"):
            digest = base64.b64decode(package["integrity"].removeprefix("sha512-")).hex()
            one["hashes"] = [{"alg": "SHA-512", "content": digest}]
        found.append(one)
    return found


def dependencies(lock: str) -> list[dict[str, Any]]:
    """Who needs whom, by the lock's `# via` lines; a name stands for all its locked versions."""
    from runtime import needed_by

    refs: dict[str, list[str]] = {}
    for one in python_components(lock):
        refs.setdefault(one["name"], []).append(one["bom-ref"])
    needs: dict[str, set[str]] = {}
    for name, block in blocks(lock).items():
        for by in needed_by(block):
            for ref in refs.get(by, ["motcua"] if by == "motcua" else []):
                needs.setdefault(ref, set()).update(refs[name])
    return [{"ref": ref, "dependsOn": sorted(on)} for ref, on in sorted(needs.items())]


def sbom(root: Path = ROOT) -> dict[str, Any]:
    """The whole document."""
    lock = (root / "requirements.lock").read_text("utf-8")
    npm = [path.read_text("utf-8") for path in sorted(root.glob("tests/tools/*/package-lock.json"))]
    found = re.search(r'(?m)^version = "(.+)"$', (root / "pyproject.toml").read_text("utf-8"))
    assert found is not None
    components = {one["bom-ref"]: one for one in python_components(lock)}
    for text in npm:
        components |= {one["bom-ref"]: one for one in npm_components(text)}
    return {
        "$schema": SCHEMA,
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, 'motcua' + lock + ''.join(npm))}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "motcua",
                "name": "motcua",
                "version": found[1],
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": [components[ref] for ref in sorted(components)],
        "dependencies": dependencies(lock),
    }


if __name__ == "__main__":
    json.dump(sbom(), sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")
