"""Replays a log of past waits and says how good each way of predicting them was."""
