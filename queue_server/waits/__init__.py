"""PURE: how long people wait: measured, estimated, calibrated."""
