"""The touch kiosk: reduce, then effects."""
