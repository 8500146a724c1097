"""The pieces a screen is placed from."""
