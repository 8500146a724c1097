"""The shape of the office file: every section and key, its type, its default and its bounds."""
