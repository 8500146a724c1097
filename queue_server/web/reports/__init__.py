"""The reports' page: choose a period, look at it, download it."""
