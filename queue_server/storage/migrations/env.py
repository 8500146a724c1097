"""Alembic's entry: runs the steps on the connection it is given, in one transaction."""

from alembic import context

from queue_server.storage.day_figures_tables import figure_cells

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=figure_cells.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
