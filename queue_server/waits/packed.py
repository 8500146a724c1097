"""Sums as bytes and back, exactly; and many of them merged at once, which is what a period is.

Format 1 of a row (all keys of one dimension): zlib of a JSON line and a byte-shuffled array of int64. The
line is {"keys": [[key, scalars, flags, work, [lengths of the four arrays]], …]}; the arrays of a key are
pairs laid out one after the other: wait seconds (as steps) and counts, error seconds and counts, marks and
lengths, and days (ordinals) with n and microseconds of each day with served visits.
"""

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from queue_server.waits.tally import DayTally, Pool

FORMAT = 1
"""Raised when what is kept of a day, or how, changes: rows of another format are made again."""
SCALARS = (
    *("n", "wait_us", "open_n", "open_us", "abandoned", "abandoned_long", "no_show", "cancelled"),
    *("worst_n", "worst_us", "walk_n", "walk_us", "service_n", "service_us"),
    *("told_n", "told_held", "told_kept", "told_us", "told_off_us"),
)
HISTOGRAMS = ("seconds", "told_seconds", "lengths")
NAMED = ("flags", "work")

Ints = NDArray[np.int64]


class BadCell(ValueError):
    """Bytes that are not of this format."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Sums of one key, of a day or of a period, ready to be merged."""

    scalars: tuple[int, ...]
    named: tuple[Mapping[str, int], ...]
    histograms: tuple[tuple[Ints, Ints], ...]
    days: Ints
    """One row a day with served visits: ordinal, n, microseconds."""


def cell_of(sums: DayTally, day: date) -> Cell:
    """The sums of one day."""
    served = [[day.toordinal(), sums.n, sums.wait_us]] if sums.n else []
    return Cell(
        tuple(getattr(sums, name) for name in SCALARS),
        tuple(getattr(sums, name) for name in NAMED),
        tuple(_pairs(getattr(sums, name)) for name in HISTOGRAMS),
        np.array(served, dtype=np.int64).reshape(-1, 3),
    )


def _pairs(histogram: Mapping[int, int]) -> tuple[Ints, Ints]:
    values = np.array(sorted(histogram), dtype=np.int64)
    return values, np.array([histogram[v] for v in values.tolist()], dtype=np.int64)


def merged(cells: Sequence[Cell]) -> Cell:
    """All of them together, days that stand in several added up."""
    if len(cells) == 1:
        return cells[0]
    named = []
    for place in range(len(NAMED)):
        total: dict[str, int] = {}
        for cell in cells:
            for name, count in cell.named[place].items():
                total[name] = total.get(name, 0) + count
        named.append(total)
    return Cell(
        tuple(sum(values) for values in zip(*(cell.scalars for cell in cells), strict=True)),
        tuple(named),
        tuple(_added([cell.histograms[place] for cell in cells]) for place in range(len(HISTOGRAMS))),
        _by_day(np.concatenate([cell.days for cell in cells])),
    )


def _added(pairs: Sequence[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    values = np.concatenate([one for one, _ in pairs])
    if not len(values):
        return values, values
    counts = np.concatenate([count for _, count in pairs])
    sums = np.bincount(values, weights=counts).astype(np.int64)  # exact below 2^53
    there = np.flatnonzero(sums)
    return there, sums[there]


def _by_day(days: Ints) -> Ints:
    if len(days) < 2 or bool((days[1:, 0] > days[:-1, 0]).all()):
        return days
    distinct, place = np.unique(days[:, 0], return_inverse=True)
    found = np.zeros((len(distinct), 3), dtype=np.int64)
    found[:, 0] = distinct
    np.add.at(found[:, 1:], place.ravel(), days[:, 1:])
    return found


def pool_of(cells: Sequence[Cell]) -> Pool:
    """The period that these cells make up; none is an empty one."""
    if not cells:
        return Pool(DayTally(), [])
    cell = merged(cells)
    sums = DayTally()
    for name, scalar in zip(SCALARS, cell.scalars, strict=True):
        setattr(sums, name, scalar)
    for name, named in zip(NAMED, cell.named, strict=True):
        setattr(sums, name, Counter(named))
    for name, (values, counts) in zip(HISTOGRAMS, cell.histograms, strict=True):
        setattr(sums, name, Counter(dict(zip(values.tolist(), counts.tolist(), strict=True))))
    return Pool(sums, [(n, us) for _, n, us in cell.days.tolist()])


def packed(cells: Mapping[str, Cell]) -> bytes:
    """The row of one dimension; the same cells always give the same bytes."""
    keys, arrays = [], []
    for key, cell in sorted(cells.items()):
        named = [dict(sorted((name, n) for name, n in one.items() if n)) for one in cell.named]
        keys.append([key, cell.scalars, *named, [*(len(v) for v, _ in cell.histograms), len(cell.days)]])
        for values, counts in cell.histograms:
            arrays += [values[:1], values[1:] - values[:-1], counts]
        arrays.append(cell.days.ravel())
    head = json.dumps({"keys": keys}, ensure_ascii=False, separators=(",", ":")).encode()
    body = np.concatenate(arrays) if arrays else np.zeros(0, dtype=np.int64)
    shuffled = body.astype("<i8").view(np.uint8).reshape(-1, 8).T.tobytes()
    return zlib.compress(head + b"\n" + shuffled, 6)


def unpacked(data: bytes, wanted: frozenset[str] | None = None) -> dict[str, Cell]:
    """Key → cell, of all keys or those wanted. Raises BadCell."""
    try:
        head, _, shuffled = zlib.decompress(data).partition(b"\n")
        keys = json.loads(head)["keys"]
        planes = np.frombuffer(shuffled, dtype=np.uint8).reshape(8, -1)
        body = np.ascontiguousarray(planes.T).view("<i8").ravel().astype(np.int64)
        found, at = {}, 0
        for key, scalars, flags, work, sizes in keys:
            end = at + 2 * sum(sizes[:-1]) + 3 * sizes[-1]
            if wanted is None or key in wanted:
                found[key] = _cell(scalars, (flags, work), sizes, body[at:end])
            at = end
    except (zlib.error, ValueError, KeyError, TypeError) as broken:
        raise BadCell(f"a row of figures cannot be read: {broken}") from broken
    return found


def _cell(scalars: Sequence[int], named: tuple[dict[str, int], ...], sizes: list[int], body: Ints) -> Cell:
    histograms, at = [], 0
    for size in sizes[:-1]:
        histograms.append((np.cumsum(body[at : at + size]), body[at + size : at + 2 * size]))
        at += 2 * size
    return Cell(tuple(scalars), named, tuple(histograms), body[at:].reshape(-1, 3))


def together(rows: Iterable[Mapping[str, Cell]]) -> dict[str, Cell]:
    """Many rows of a dimension as one, key by key."""
    parts: dict[str, list[Cell]] = {}
    for row in rows:
        for key, cell in row.items():
            parts.setdefault(key, []).append(cell)
    return {key: merged(cells) for key, cells in parts.items()}
