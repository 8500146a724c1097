"""A dossier of the book as rows, and back."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from queue_server.codes.normal import normalise
from queue_server.domain.office_dossiers import BookRules
from queue_server.domain.words import Words
from queue_server.dossiers.book_movements import NOTHING_SAID, Movement, Said
from queue_server.dossiers.book_ports import Kept
from queue_server.dossiers.book_reception import Private, Reception
from queue_server.dossiers.book_record import FormNumber, RegisterPlace
from queue_server.dossiers.book_table import Kind
from queue_server.storage.codec import from_json, instant_of, instant_text, to_json
from queue_server.storage.dossier_book_seal import Seal


def dossier_row(
    id_: str, command: str, code: str, made: Reception, rules: BookRules, numbers: dict[str, int]
) -> dict[str, Any]:
    """The row of `book_dossiers`; `numbers` are those of receipt, control and line."""
    return {
        "id": id_,
        "command": command,
        "code": normalise(code),
        "year": made.day.year,
        "field": made.field,
        "book": (numbers["line"] - 1) // rules.lines_per_book + 1,
        "line": numbers["line"],
        "receipt": numbers["receipt"],
        "receipt_suffix": rules.receipt,
        "control": numbers["control"],
        "control_suffix": rules.control,
        "guidance_suffix": rules.guidance,
        "procedure_code": made.procedure.code,
        "procedure_vi": made.procedure.name.vi,
        "procedure_en": made.procedure.name.en,
        "legal_days": made.procedure.legal_days,
        "received_at": instant_text(made.received_at),
        "counts_from": instant_text(made.counts_from),
        "due_at": instant_text(made.due_at),
        "sets": made.sets,
        "channel": made.channel,
        "result_method": made.result_method,
        "receiving_unit": made.receiving_unit,
        "deciding_unit": made.deciding_unit,
        "last_day": made.last_day.isoformat(),
        "forgotten": False,
    }


def movement_row(dossier: str, command: str, year: int, m: Movement) -> dict[str, Any]:
    """The row of `book_movements`, without what was said."""
    return {
        "dossier": dossier,
        "seq": m.seq,
        "command": command,
        "kind": m.kind.value,
        "at": instant_text(m.at),
        "by_id": m.by,
        "from_unit": m.from_unit,
        "to_unit": m.to_unit,
        "year": year,
        "number": m.number,
        "amount": m.amount,
        "undoes": m.undoes,
    }


def movement_of(row: Any, said: Said = NOTHING_SAID) -> Movement:
    return Movement(
        seq=row.seq,
        kind=Kind(row.kind),
        at=instant_of(row.at),
        by=row.by_id,
        from_unit=row.from_unit,
        to_unit=row.to_unit,
        number=row.number,
        amount=row.amount,
        undoes=row.undoes,
        said=said,
    )


def kept_of(row: Any, movements: Sequence[Any], words: Sequence[Any], seal: Seal) -> Kept:
    """A dossier from its rows. Raises Sealed."""
    texts = {w.seq: seal.open(row.id, w.seq, w.sealed) for w in words}
    return Kept(
        id=row.id,
        code=row.code,
        receipt=FormNumber(row.receipt, row.year, row.receipt_suffix),
        control=FormNumber(row.control, row.year, row.control_suffix),
        guidance_suffix=row.guidance_suffix,
        place=RegisterPlace(row.field, row.year, row.book, row.line),
        procedure_code=row.procedure_code,
        procedure=Words(row.procedure_vi, row.procedure_en),
        legal_days=row.legal_days,
        received_at=instant_of(row.received_at),
        counts_from=instant_of(row.counts_from),
        due_at=instant_of(row.due_at),
        sets=row.sets,
        channel=row.channel,
        result_method=row.result_method,
        receiving_unit=row.receiving_unit,
        deciding_unit=row.deciding_unit,
        private=from_json(Private, texts[0]) if 0 in texts else None,
        movements=tuple(
            movement_of(m, from_json(Said, texts[m.seq]) if m.seq in texts else NOTHING_SAID)
            for m in movements
        ),
    )


def sealed_rows(dossier: str, said: dict[int, object], seal: Seal) -> list[dict[str, Any]]:
    """Rows of `book_words` for values by their movement's number."""
    return [
        {"dossier": dossier, "seq": seq, "sealed": seal.close(dossier, seq, to_json(value))}
        for seq, value in said.items()
    ]


def by_key(rows: Sequence[sa.Row[Any]]) -> dict[str, list[Any]]:
    """Rows of many dossiers by dossier."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.dossier, []).append(row)
    return found
