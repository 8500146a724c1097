"""The night's model as one small file in the office's directory: versioned, without pickle, deletable.

Whoever deletes it loses nothing but a night's learning; a file that does not fit is as good as none.
"""

import json
import os
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from queue_server.waits.conformal import Rolling
from queue_server.waits.corrector import Corrector
from queue_server.waits.features import Level
from queue_server.waits.hall import Learnt
from queue_server.waits.history import Usual
from queue_server.waits.log import Names
from queue_server.waits.model import Model
from queue_server.waits.ours import Proof, Taught
from queue_server.waits.trees import Binning, Boosted

NAME = "predictions.npz"
VERSION = 1
_USUAL = ("wait", "wait_at", "cadence", "so_far", "by_slot")


class NotAModel(Exception):
    """The file is of another version or damaged; delete it, the next night writes it anew."""


def write(model: Model, path: Path) -> None:
    """Replaces the file in one step, readable by its owner only."""
    arrays = _arrays(model)
    temporary = path.with_name(path.name + ".new")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def read(path: Path) -> Model:
    """Raises NotAModel, FileNotFoundError."""
    try:
        with np.load(path, allow_pickle=False) as found:
            head = json.loads(str(found["head"]))
            if head["version"] != VERSION:
                raise NotAModel(f"{path.name} has version {head['version']}, {VERSION} is known: delete it")
            return _model(head, {name: found[name] for name in found.files})
    except FileNotFoundError:
        raise
    except (OSError, EOFError, ValueError, KeyError, TypeError, IndexError, zipfile.BadZipFile) as problem:
        raise NotAModel(f"{path.name} cannot be read ({problem}): delete it") from problem


@dataclass(frozen=True, slots=True)
class _Trees:
    """Where the arrays of one boosted model are in the file."""

    share: int
    which: int

    def name(self, part: str) -> str:
        return f"trees {self.share} {self.which} {part}"


def _arrays(model: Model) -> dict[str, NDArray[Any]]:
    corrector = model.taught.corrector
    head = {
        "version": VERSION,
        "until": model.until,
        "names": asdict(model.names),
        "columns": model.columns,
        "levels": [[level.name, level.lines] for level in model.levels],
        "proof": asdict(model.taught.proof),
        "plain": model.taught.plain,
        "usual": corrector.usual,
        "floor": corrector.floor,
        "rates": [[one.rate for one in models] for models in corrector.models],
        "depth": corrector.models[0][0].depth,
        "turn_s": model.hall.turn_s,
        "recent": sorted(model.recent),
        "widths": model.factors.widths,
        "promises": model.factors.promises,
    }
    found: dict[str, NDArray[Any]] = {"head": np.array(json.dumps(head, ensure_ascii=False))}
    for n, edges in enumerate(corrector.binning.edges):
        found[f"edges {n}"] = edges
    for share, models in enumerate(corrector.models):
        for which, one in enumerate(models):
            name = _Trees(share, which).name
            found[name("column")] = one.column.astype(np.uint16)
            found[name("split")] = one.split.astype(np.uint8)
            found[name("leaf")] = one.leaf.astype(np.float32)
    for level, usual in zip(model.levels, model.usual, strict=True):
        found[f"line {level.name}"] = level.of_service
        for part in _USUAL:
            found[f"usual {level.name} {part}"] = getattr(usual, part)
    for part in ("expected_s", "gives_up", "serves"):
        found[f"hall {part}"] = getattr(model.hall, part)
    for service, times in model.recent.items():
        found[f"recent {service}"] = times
    return found


def _model(head: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> Model:
    columns = tuple(str(name) for name in head["columns"])

    def boosted(share: int, which: int) -> Boosted:
        name = _Trees(share, which).name
        return Boosted(
            arrays[name("column")].astype(np.int64),
            arrays[name("split")].astype(np.int64),
            arrays[name("leaf")].astype(np.float64),
            int(head["depth"]),
            float(head["rates"][share][which]),
        )

    corrector = Corrector(
        len(columns),
        Binning(tuple(arrays[f"edges {n}"] for n in range(len(columns)))),
        float(head["usual"]),
        float(head["floor"]),
        tuple(
            tuple(boosted(share, which) for which in range(len(rates)))
            for share, rates in enumerate(head["rates"])
        ),
    )
    names = head["names"]
    return Model(
        int(head["until"]),
        Names(
            tuple(names["offices"]),
            tuple((office, service) for office, service in names["services"]),
            tuple((office, counter) for office, counter in names["counters"]),
        ),
        columns,
        tuple(Level(name, arrays[f"line {name}"], int(lines)) for name, lines in head["levels"]),
        tuple(Usual(*(arrays[f"usual {name} {part}"] for part in _USUAL)) for name, _ in head["levels"]),
        Learnt(
            arrays["hall expected_s"], arrays["hall gives_up"], arrays["hall serves"], float(head["turn_s"])
        ),
        {int(service): arrays[f"recent {service}"] for service in head["recent"]},
        Taught(corrector, tuple(head["plain"]), Proof(**head["proof"])),
        Rolling(dict(head["widths"]), dict(head["promises"])),
    )
