"""Mistakes that show only when sections of the office file are read together, a file a subject."""
