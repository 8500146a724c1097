"""Exact per-second histograms of past days, by dimension."""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Nothing yet."""
