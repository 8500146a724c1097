"""Which dossier a ticket is about; forgotten with the day."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Nothing yet."""
