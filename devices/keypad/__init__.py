"""Call keypads: decoding (pure), lines, bounces, and the simulated twin."""
