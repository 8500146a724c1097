"""The single writer: commands in, journal first, then state, answers and news."""
