"""The dossier book: dossiers entered at the counter, their movements, registers and running numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "book_dossiers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("book", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.Integer(), nullable=False),
        sa.Column("receipt_suffix", sa.Text(), nullable=False),
        sa.Column("control", sa.Integer(), nullable=False),
        sa.Column("control_suffix", sa.Text(), nullable=False),
        sa.Column("guidance_suffix", sa.Text(), nullable=False),
        sa.Column("procedure_code", sa.Text(), nullable=False),
        sa.Column("procedure_vi", sa.Text(), nullable=False),
        sa.Column("procedure_en", sa.Text(), nullable=False),
        sa.Column("legal_days", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.Column("counts_from", sa.Text(), nullable=False),
        sa.Column("due_at", sa.Text(), nullable=False),
        sa.Column("sets", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("result_method", sa.Text(), nullable=False),
        sa.Column("receiving_unit", sa.Text(), nullable=False),
        sa.Column("deciding_unit", sa.Text(), nullable=False),
        sa.Column("last_day", sa.Text(), nullable=False),
        sa.Column("forgotten", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("command"),
        sa.UniqueConstraint("code"),
        sa.UniqueConstraint("year", "field", "line", name="book_dossiers_by_line"),
        sa.UniqueConstraint("year", "receipt", name="book_dossiers_by_receipt"),
        sa.UniqueConstraint("year", "control", name="book_dossiers_by_control"),
    )
    op.create_index("book_dossiers_by_last_day", "book_dossiers", ["last_day"])
    op.create_table(
        "book_movements",
        sa.Column("dossier", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Text(), nullable=False),
        sa.Column("from_unit", sa.Text(), nullable=False),
        sa.Column("to_unit", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("dossier", "seq"),
        sa.UniqueConstraint("year", "number", name="book_movements_by_number"),
    )
    op.create_table(
        "book_words",
        sa.Column("dossier", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("dossier", "seq"),
    )
    op.create_table(
        "book_numbers",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series"),
    )
