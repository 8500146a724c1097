"""Dossiers: the imported register by generation, and wrong second factors. All of it may be forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "dossier_imports",
        sa.Column("generation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("good", sa.Integer(), nullable=False),
        sa.Column("bad", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("generation"),
    )
    op.create_table(
        "dossiers",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("generation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_day", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in (
                "status_words",
                "procedure",
                "procedure_code",
                "field",
                "applicant",
                "receiving_office",
                "deciding_unit",
                "received",
                "due",
                "forwarded",
                "done",
                "returned",
                "stopped",
                "channel",
                "result_place",
                "result_method",
                "contact",
                "supplements",
                "steps",
            )
        ),
        sa.Column("fee_due", sa.Integer(), nullable=True),
        sa.Column("legal_days", sa.Integer(), nullable=True),
        sa.Column("digests", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("code", "generation"),
    )
    op.create_table(
        "dossier_tries",
        sa.Column("dossier", sa.LargeBinary(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("dossier"),
    )
