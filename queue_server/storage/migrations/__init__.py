"""How the tables came to be: Alembic's steps, packaged, run when a database is opened."""
