"""PURE: from the sections of the file to the configuration that the rules read."""
