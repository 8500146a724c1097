"""The tables of past days' figures: everything in them can be made again from the journal."""

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text

from queue_server.storage.tables import journal, metadata

figure_periods = Table(
    "figure_periods",
    metadata,
    Column("period", Text, primary_key=True),
    Column("format", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""A local day, a month (`2026-11`) or a year whose cells are there, as of journal position `seq`. A month or
year holds all days stored of it; it is deleted when one of them changes. Row "" counts the changes in `seq`.
"""

figure_cells = Table(
    "figure_cells",
    metadata,
    Column("dimension", Text, primary_key=True),
    Column("scope", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Index("figure_cells_by_period", "period"),
)
"""All keys of a dimension of a period, packed (`waits.packed`); scope is "" or a service's id."""

configured = Index(
    "journal_configured",
    journal.c.seq,
    sqlite_where=journal.c.type == "office.configured",
)
"""Finds the office file that was in force on a past day. Its migration makes it partial in PostgreSQL too:
named here, that dialect would be imported by every start."""
