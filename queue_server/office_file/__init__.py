"""Reading the office file: TOML to a checked OfficeConfig, every mistake at once with its line."""
