"""The whole office on one page, for a newcomer; only with --demo."""
