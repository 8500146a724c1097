"""Makes the office of an older release by that release's own code: database, throw-away keys, office file.

    git archive COMMIT queue_server assets devices kiosk pyproject.toml | tar x -C /tmp/old
    python tests/releases/make.py /tmp/old tests/releases/COMMIT.zip

A made-up day is played into an empty journal by the older `demo_day`, then backed up by its own
`motcua backup`.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

PLAY = """
import sys
from datetime import timedelta
from pathlib import Path
from queue_server.clock import SystemClock, new_id
from queue_server.demo import for_demo
from queue_server.demo_day import play_until_now
from queue_server.office_dir import OfficeDir
from queue_server.office_file.load import load_office
from queue_server.storage.database import Database, sqlite_url
from queue_server.storage.journal import SqlJournal
from queue_server.storage.keys import Keys
from queue_server.clock import secret, random_below
from queue_server.domain.commands import Role
from queue_server.storage.accounts import SqlAccounts

root = Path(sys.argv[1])
office = OfficeDir(root)
office.prepare()
config = for_demo(load_office(office.office_file), ("127.0.0.1", 8080))
database = Database(sqlite_url(root))

class Evening:
    def __init__(self):
        self._clock = SystemClock()
        self._late = self._clock.now().replace(hour=9, minute=30)
    def now(self):
        return self._late
    def monotonic(self):
        return self._clock.monotonic()
    def wall_step(self):
        return 0.0
    def synchronised(self):
        return True

print(play_until_now(SqlJournal(database, Keys.open(office.secrets)), config, Evening(), new_id), "tickets")
accounts = SqlAccounts(
    database, Keys.open(office.secrets), new_id=new_id, secret=secret, below=random_below
)
accounts.create("lan", "Cán bộ thử", Role.OFFICER, "sông Hương núi Ngự", Evening().now(), must_change=False)
office.device_accounts(config, secret)
database.close()
"""


def main(old: Path, out: Path) -> None:
    """`old` holds an older commit's packages; `out` is the backup to write."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "office"
        root.mkdir()
        sample = (old / "assets/offices/commune.toml").read_text("utf-8")
        (root / "office.toml").write_text(sample, "utf-8")
        environment = {**os.environ, "PYTHONPATH": str(old)}
        for command in (
            ["-c", PLAY, str(root)],
            ["-m", "queue_server.cli", "backup", str(out.absolute()), "--dir", str(root)],
        ):
            subprocess.run([sys.executable, *command], cwd=old, env=environment, check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), Path(sys.argv[2]))
