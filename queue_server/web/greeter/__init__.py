"""The reception desk's page."""
