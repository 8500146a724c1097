"""The dossier book: dossiers entered at the counter, their movements, registers and running numbers."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Nothing yet."""
