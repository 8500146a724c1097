"""The one command, `motcua`; what it can do lives in `queue_server/commands/`."""

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from queue_server.commands.tree import app as app


def __getattr__(name: str) -> Any:
    """`app`, the whole tree, is made for whoever asks."""
    if name != "app":
        raise AttributeError(name)
    from queue_server.commands.tree import app

    return app


def main() -> None:
    """The console script. The server, which an office waits for, starts without the other commands."""
    if sys.argv[1:2] == ["server"]:
        from queue_server.commands.server import alone

        alone()
    else:
        from queue_server.commands.shared import plain_failures
        from queue_server.commands.tree import app

        with plain_failures():
            app()


if __name__ == "__main__":
    main()
