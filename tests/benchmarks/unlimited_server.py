"""The real `motcua server` with one thing changed: look-ups are not limited, so that many can be measured.

Run as `python -m tests.benchmarks.unlimited_server ARGUMENTS OF MOTCUA`.
"""

from queue_server.dossiers import guard
from queue_server.dossiers.guard import Limits

FREE = Limits(per_client=10**9, per_code=10**9, misses=10**9, neighbours=10**9)


def main() -> None:
    guard.Limits = lambda: FREE  # type: ignore[assignment, misc]
    from queue_server.cli import app

    app()


if __name__ == "__main__":
    main()
