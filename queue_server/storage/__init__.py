"""Journal, projections, snapshots and accounts over SQLite and PostgreSQL; the only user of SQL."""
