"""Exact per-second histograms of past days, by dimension."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "figure_periods",
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("format", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("period"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "figure_cells",
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("dimension", "scope", "period"),
    )
    op.create_index("figure_cells_by_period", "figure_cells", ["period"])
    of_offices = sa.text("type = 'office.configured'")
    op.create_index(
        "journal_configured", "journal", ["seq"], sqlite_where=of_offices, postgresql_where=of_offices
    )
