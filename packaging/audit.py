"""Checks an SBOM's form, and its packages against advisories: audit.py SBOM [ADVISORIES.json]

ADVISORIES is a file of OSV records (a list), fetched elsewhere: a machine without a network can check.
Without one only the form is checked, and that is said. Exit 1 for a bad form, 2 for an affected package.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

REQUIRED = ("bomFormat", "specVersion", "serialNumber", "version", "metadata", "components", "dependencies")
PURL = re.compile(r"pkg:(pypi|npm)/[A-Za-z0-9%._/-]+@[A-Za-z0-9.+!_-]+")


def mistakes(bom: dict[str, Any]) -> list[str]:
    """What CycloneDX 1.6 asks for and this document has not."""
    found = [f"{key} is missing" for key in REQUIRED if key not in bom]
    if found:
        return found
    if (bom["bomFormat"], bom["specVersion"]) != ("CycloneDX", "1.6"):
        found.append("it does not say that it is CycloneDX 1.6")
    if not re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bom["serialNumber"]):
        found.append("serialNumber is no urn:uuid")
    refs = [one.get("bom-ref") for one in bom["components"]] + [bom["metadata"]["component"].get("bom-ref")]
    if len(refs) != len(set(refs)) or None in refs:
        found.append("a bom-ref is missing or there twice")
    for one in bom["components"]:
        if not one.get("name") or not one.get("version") or one.get("type") != "library":
            found.append(f"a component lacks name, version or type: {one.get('bom-ref')}")
        if not PURL.fullmatch(one.get("purl", "")):
            found.append(f"no package URL: {one.get('name')}")
        if not one.get("hashes"):
            found.append(f"nothing is pinned by hash: {one.get('name')}")
        if one.get("scope") not in ("required", "optional", "excluded"):
            found.append(f"no scope: {one.get('name')}")
    for need in bom["dependencies"]:
        unknown = {need["ref"], *need["dependsOn"]} - set(refs)
        found += [f"a dependency names nobody: {ref}" for ref in sorted(unknown)]
    return found


def affected(bom: dict[str, Any], advisories: list[dict[str, Any]]) -> list[str]:
    """`name version: advisory`, for every version that an advisory names exactly."""
    ecosystems = {"pypi": "PyPI", "npm": "npm"}
    here = {
        (ecosystems[one["purl"][4:].split("/")[0]].lower(), one["name"].lower(), one["version"])
        for one in bom["components"]
    }
    found = set()
    for advisory in advisories:
        for of in advisory.get("affected", []):
            package = of.get("package", {})
            for version in of.get("versions", []):
                key = (package.get("ecosystem", "").lower(), package.get("name", "").lower(), version)
                if key in here:
                    found.add(f"{key[1]} {version}: {advisory.get('id')}")
    return sorted(found)


def main(arguments: list[str]) -> int:
    bom = json.loads(Path(arguments[0]).read_text("utf-8"))
    wrong = mistakes(bom)
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    if wrong:
        return 1
    needed = sum(one["scope"] == "required" for one in bom["components"])
    print(f"{len(bom['components'])} components, {needed} of them in a running office; all pinned by hash.")
    if len(arguments) < 2:
        print("Not looked up in advisories: give a file of OSV records as the second argument.")
        return 0
    found = affected(bom, json.loads(Path(arguments[1]).read_text("utf-8")))
    print("\n".join(found) or "No component stands in an advisory of that file.")
    return 2 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
