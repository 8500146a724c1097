"""Which locked packages the programs need, without the tests': a part of requirements.lock, with hashes."""

import re
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
OURS = re.compile(r"motcua \(pyproject\.toml\)")


def blocks(lock: str) -> dict[str, str]:
    """Name → its lines in the lock file; a package may be there once for each Python."""
    found: dict[str, str] = {}
    for one in re.split(r"(?m)^(?=[a-z0-9])", lock):
        if "==" in one:
            name = one.split("==")[0].split("[")[0]
            found[name] = found.get(name, "") + one
    return found


def needed_by(block: str) -> set[str]:
    """Who needs this package, by the lock's `# via` lines; `motcua` when a program of ours does."""
    lines = [line.strip(" #\n").removeprefix("via").strip() for line in re.findall(r"(?m)^    #.*$", block)]
    return {"motcua" if OURS.fullmatch(line) else line for line in lines if line}


def runtime(lock: str) -> list[str]:
    """The names that a running office needs, in the lock's order."""
    found = blocks(lock)
    needs = {name: needed_by(block) for name, block in found.items()}
    kept: set[str] = {"motcua"}
    while True:
        more = {name for name, by in needs.items() if name not in kept and by & kept}
        if not more:
            return [name for name in found if name in kept]
        kept |= more


def requirements(lock: str, names: Iterable[str]) -> str:
    """A requirements file of these packages alone, with their hashes."""
    found = blocks(lock)
    return "".join(found[name] for name in names)


if __name__ == "__main__":
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    sys.stdout.write(requirements(text, runtime(text)))
