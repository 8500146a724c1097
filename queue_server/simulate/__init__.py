"""PURE: a realistic day at an office, planned from a seed and played one request at a time."""
