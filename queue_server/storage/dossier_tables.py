"""Which dossier a ticket is about, and who opened one at a counter: tables that are forgotten."""

from sqlalchemy import Column, Index, LargeBinary, Table, Text

from queue_server.storage.tables import metadata

ticket_dossiers = Table(
    "ticket_dossiers",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("code", Text, nullable=False),
    Column("day", Text, nullable=False),
    Index("ticket_dossiers_by_day", "day"),
)
"""`code` as the kiosk gave it; `day` is the office's own, and the row goes at the end of the next."""

dossier_openings = Table(
    "dossier_openings",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("officer", Text, nullable=False),
    Column("counter", Text, nullable=False),
    Column("ticket", Text, nullable=False),
    Column("dossier", LargeBinary, nullable=False),
    Index("dossier_openings_by_time", "at"),
)
"""One row each time an officer opened more than the code alone tells: `act` is name, unlock or lookup.

`dossier` is a keyed digest of its code: it answers who looked at this dossier, without saying which it is."""
