"""PURE: one visit at the kiosk: its state, what happens to it, and what must be done."""
