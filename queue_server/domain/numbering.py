"""Which number comes next: per series, never twice in an office's day, never inside a granted block."""

from queue_server.domain.ids import KioskId
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_services import NumberShape


def next_ordinal(office: Office, shape: NumberShape) -> int | None:
    """The next free ordinal of a series today, None when normal numbering is exhausted.

    Numbers still held by tickets carried over from another day, and those granted to kiosks, are passed over.
    """
    blocks = [
        (first, last)
        for g in office.grants.values()
        for series, first, last in g.blocks
        if series == shape.prefix
    ]
    ordinal = office.next_ordinal.get(shape.prefix, shape.first)
    while ordinal <= shape.last:
        granted = next((last for first, last in blocks if first <= ordinal <= last), None)
        if granted is not None:
            ordinal = granted + 1
        elif shape.show(ordinal) not in office.numbers:
            return ordinal
        else:
            ordinal += 1
    return None


def shapes(config: OfficeConfig) -> dict[str, NumberShape]:
    """Series → shape; services may share a series."""
    return {service.shape.prefix: service.shape for service in config.services}


def blocks_for(config: OfficeConfig, kiosk: KioskId) -> tuple[tuple[str, int, int], ...]:
    """The top block of every series that belongs to `kiosk` in an outage: (series, first, last).

    The numbers above normal numbering are shared evenly by the kiosks in the office file's order, with the
    round number between two blocks left out (A901–A949, A951–A999).
    """
    ids = [k.id for k in config.kiosks]
    place, shares = ids.index(kiosk), max(2, len(ids))
    blocks = []
    for series, shape in sorted(shapes(config).items()):
        span = (shape.highest + 1 - shape.last) // shares
        first = shape.last + 1 + place * span
        if span >= 3:
            blocks.append((series, first, first + span - 2))
    return tuple(blocks)
