"""The web pages: one folder per audience."""
