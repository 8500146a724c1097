"""Every table of an office's database, written once for SQLite and PostgreSQL."""

from sqlalchemy import (
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    false,
)

HEAD = "0008"
"""The migration that makes these tables, and those of the modules beside this one."""

metadata = MetaData()

journal = Table(
    "journal",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("command_id", Text, nullable=False),
    Column("by_role", Text, nullable=False),
    Column("by_id", Text, nullable=False),
    Column("by_where", Text, nullable=False),
    Column("boot_id", Text, nullable=False),
    Column("monotonic", Double, nullable=False),
    Column("hash", Text, nullable=False),
)

answers = Table(
    "answers",
    metadata,
    Column("command_id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("events", Integer, nullable=False),
    Column("refusal", Text),
    Column("outcome", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""The first answer to each command: its `events` journal rows end at `seq`; `refusal` is JSON."""

snapshots = Table(
    "snapshots",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("hash", Text, nullable=False),
    Column("shape", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""The state folded up to `seq`, whose row has `hash`; of no use to a program with another `shape`."""

engine_epoch = Table(
    "engine_epoch",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("epoch", Integer, nullable=False),
    Column("boot_id", Text, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("last_hash", Text, nullable=False),
)
"""One row (id 1): which engine may write, and after which row. Every append moves it or fails."""

days = Table(
    "days",
    metadata,
    Column("day", Text, primary_key=True),
    Column("first_seq", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""A local day's events begin at `first_seq` and end before the next day's."""

day_heads = Table(
    "day_heads",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("day", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("signature", Text, nullable=False),
    Column("key", Text, nullable=False),
)
"""At each close of a day: Ed25519 over `motcua day <day> <seq> <hash>` in base64, and the public key."""

visits = Table(
    "visits",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("day", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("service_class", Text, nullable=False),
    Column("priority_group", Text),
    Column("channel", Text, nullable=False),
    Column("kiosk", Text),
    Column("language", Text, nullable=False),
    Column("people", Integer, nullable=False),
    Column("dossiers", Integer, nullable=False),
    Column("issued_at", Text, nullable=False),
    Column("appointment_at", Text),
    Column("told_low", Integer),
    Column("told_median", Integer),
    Column("told_high", Integer),
    Column("told_promise", Integer),
    Column("no_shows", Integer, nullable=False),
    Column("slip", Text, nullable=False),
    Column("changed_seq", Integer, nullable=False),
    Index("visits_by_day", "day", "service"),
    sqlite_with_rowid=False,
)

legs = Table(
    "legs",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("day", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("to_counter", Text),
    Column("to_officer", Text),
    Column("queued_at", Text),
    Column("since", Text),
    Column("first_called_at", Text),
    Column("called_at", Text),
    Column("started_at", Text),
    Column("ended_at", Text),
    Column("calls", Integer, nullable=False),
    Column("counter", Text),
    Column("officer", Text),
    Column("citizen_parked_s", Double, nullable=False),
    Index("legs_by_day", "day", "counter"),
    sqlite_with_rowid=False,
)

visit_flags = Table(
    "visit_flags",
    metadata,
    Column("ticket", Text, primary_key=True),
    Column("flag", Text, primary_key=True),
    sqlite_with_rowid=False,
)

page_tokens = Table(
    "page_tokens",
    metadata,
    Column("token", LargeBinary, primary_key=True),
    Column("ticket", Text, nullable=False),
    Column("day", Text, nullable=False),
    sqlite_with_rowid=False,
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("login", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("agency", Text),
    Column("password_hash", Text, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("must_change_password", Boolean, nullable=False),
    Column("last_sign_in", Text),
    Column("created_at", Text, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("session", LargeBinary, primary_key=True),
    Column("account", Text, ForeignKey("accounts.id"), nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    Column("factor_due", Boolean, nullable=False, server_default=false()),
    Index("sessions_by_account", "account"),
)

second_factors = Table(
    "second_factors",
    metadata,
    Column("account", Text, ForeignKey("accounts.id"), primary_key=True),
    Column("secret", LargeBinary, nullable=False),
    Column("since", Text),
    Column("last_step", Integer, nullable=False),
)
"""`secret` is sealed; `since` is empty until the first code was right; `last_step` is the last code's: none
is taken twice."""

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("account", Text, ForeignKey("accounts.id"), primary_key=True),
    Column("digest", LargeBinary, primary_key=True),
)

sign_in_failures = Table(
    "sign_in_failures",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("since", Text, nullable=False),
    Column("locked_until", Text),
)
"""`subject` is `login:` or `where:` and the hex SHA-256 of the name or address."""

pairings = Table(
    "pairings",
    metadata,
    Column("id", Text, primary_key=True),
    Column("secret", LargeBinary, nullable=False, unique=True),
    Column("code", Text),
    Column("expires_at", Text, nullable=False),
    Column("display", Text),
    Column("confirmed_by", Text),
    Column("since", Text),
    Column("revoked", Boolean, nullable=False),
)

dossier_imports = Table(
    "dossier_imports",
    metadata,
    Column("generation", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("good", Integer, nullable=False),
    Column("bad", Integer, nullable=False),
)
"""One row a file: `loading` until all of it is in, then `done`; nobody sees rows of a loading generation."""

dossiers = Table(
    "dossiers",
    metadata,
    Column("code", Text, primary_key=True),
    Column("generation", Integer, primary_key=True, autoincrement=False),
    Column("last_day", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("status_words", Text, nullable=False),
    Column("procedure", Text, nullable=False),
    Column("procedure_code", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("applicant", Text, nullable=False),
    Column("receiving_office", Text, nullable=False),
    Column("deciding_unit", Text, nullable=False),
    Column("received", Text, nullable=False),
    Column("due", Text, nullable=False),
    Column("forwarded", Text, nullable=False),
    Column("done", Text, nullable=False),
    Column("returned", Text, nullable=False),
    Column("stopped", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("result_place", Text, nullable=False),
    Column("result_method", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("supplements", Text, nullable=False),
    Column("steps", Text, nullable=False),
    Column("fee_due", Integer),
    Column("legal_days", Integer),
    Column("digests", LargeBinary, nullable=False),
)
"""Of a code the row of the newest finished generation holds. `applicant` is masked; `digests` are keyed, 16
bytes each, of ID numbers and last four digits. Moments are `2026-11-17` or `2026-11-17T09:12`, local."""

dossier_tries = Table(
    "dossier_tries",
    metadata,
    Column("dossier", LargeBinary, primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("since", Text, nullable=False),
)
"""Wrong second factors; `dossier` is a keyed digest of the code."""
