"""Alembic's entry: runs the steps on the connection it is given, in one transaction."""

from alembic import context

from queue_server.storage import day_figures_tables, dossier_book_tables, dossier_tables, tables

ALL = (tables, day_figures_tables, dossier_book_tables, dossier_tables)
"""Every module whose tables stand on the one metadata."""

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=ALL[0].metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
