"""Past days are found without reading the journal: where each day begins, and legs by day and counter."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    days = op.create_table(
        "days",
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("first_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
        sqlite_with_rowid=False,
    )
    op.create_index("legs_by_day", "legs", ["day", "counter"])
    opened = op.get_bind().execute(
        sa.text("SELECT seq, data FROM journal WHERE type = 'day.opened' ORDER BY seq")
    )
    first: dict[str, int] = {}
    for seq, data in opened:
        first.setdefault(json.loads(data)["day"], seq)
    if first:
        op.bulk_insert(days, [{"day": day, "first_seq": seq} for day, seq in first.items()])
