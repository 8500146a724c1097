"""The tables of the office's own book: dossiers, their movements, sealed words, and running numbers."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from queue_server.storage.tables import metadata

book_dossiers = Table(
    "book_dossiers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("command", Text, nullable=False, unique=True),
    Column("code", Text, nullable=False, unique=True),
    Column("year", Integer, nullable=False),
    Column("field", Text, nullable=False),
    Column("book", Integer, nullable=False),
    Column("line", Integer, nullable=False),
    Column("receipt", Integer, nullable=False),
    Column("receipt_suffix", Text, nullable=False),
    Column("control", Integer, nullable=False),
    Column("control_suffix", Text, nullable=False),
    Column("guidance_suffix", Text, nullable=False),
    Column("procedure_code", Text, nullable=False),
    Column("procedure_vi", Text, nullable=False),
    Column("procedure_en", Text, nullable=False),
    Column("legal_days", Integer),
    Column("received_at", Text, nullable=False),
    Column("counts_from", Text, nullable=False),
    Column("due_at", Text, nullable=False),
    Column("sets", Integer, nullable=False),
    Column("channel", Text, nullable=False),
    Column("result_method", Text, nullable=False),
    Column("receiving_unit", Text, nullable=False),
    Column("deciding_unit", Text, nullable=False),
    Column("last_day", Text, nullable=False),
    Column("forgotten", Boolean, nullable=False),
    UniqueConstraint("year", "field", "line", name="book_dossiers_by_line"),
    UniqueConstraint("year", "receipt", name="book_dossiers_by_receipt"),
    UniqueConstraint("year", "control", name="book_dossiers_by_control"),
    Index("book_dossiers_by_last_day", "last_day"),
)
"""One row a dossier, nobody named in it. `last_day` is its last date, local: retention counts from it."""

book_movements = Table(
    "book_movements",
    metadata,
    Column("dossier", Text, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("command", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("by_id", Text, nullable=False),
    Column("from_unit", Text, nullable=False),
    Column("to_unit", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer),
    Column("amount", BigInteger),
    Column("undoes", Integer),
    UniqueConstraint("year", "number", name="book_movements_by_number"),
)
"""Append-only. `number` and `year` are those of a guidance form (…/HDHS)."""

book_words = Table(
    "book_words",
    metadata,
    Column("dossier", Text, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
)
"""What names people, or may: row 0 the applicant's sheet, row n what was written with movement n.

Sealed with the office's dossier key, so that neither the file nor a copy of it shows a name; deleted by
retention."""

book_numbers = Table(
    "book_numbers",
    metadata,
    Column("series", Text, primary_key=True),
    Column("last", Integer, nullable=False),
)
"""The last number given of each series, such as `receipt:2026`; it moves in the transaction that uses it."""
