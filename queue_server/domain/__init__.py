"""PURE: the rules of the office. No IO, no clock, no framework."""
