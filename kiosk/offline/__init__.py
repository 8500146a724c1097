"""What the kiosk does by itself while server or broker are gone: numbers, papers, and their way home."""
