"""PURE leaf: what is this scanned or typed text, and names masked; the kiosk uses it too."""
