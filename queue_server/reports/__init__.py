"""Reports of any period: what they say; as XLSX, PDF, CSV and JSON; on a schedule, by e-mail."""
