"""Which dossier a ticket is about, forgotten with the next day; and who opened one at a counter."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "ticket_dossiers",
        sa.Column("ticket", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ticket"),
    )
    op.create_index("ticket_dossiers_by_day", "ticket_dossiers", ["day"])
    op.create_table(
        "dossier_openings",
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("id", "at", "act", "officer", "counter", "ticket")
        ),
        sa.Column("dossier", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("dossier_openings_by_time", "dossier_openings", ["at"])
