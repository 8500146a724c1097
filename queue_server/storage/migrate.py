"""Runs the packaged migrations on a database."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from queue_server.engine.ports import StorageFailed

_MIGRATIONS = Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def head() -> str:
    """The newest step that is packaged."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def upgrade(engine: sa.Engine, found: str | None, to: str = "head") -> None:
    """Run the steps after `found`, all or none; raises StorageFailed when `found` is not one of ours."""
    config = _config()
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, to)
        except CommandError as unknown:
            raise StorageFailed(
                f"the database stands at revision {found}, which this version does not know;"
                " it was opened by a newer program: update this one"
            ) from unknown
