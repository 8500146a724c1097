"""LED displays at counters: framing (pure), buses, and the simulated twin."""
