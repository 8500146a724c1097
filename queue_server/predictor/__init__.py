"""Predictions in a process of their own, on snapshots of the office; never on the writer's."""
