"""PURE: what an office could do better today and this week, found by simulating its own rules."""
