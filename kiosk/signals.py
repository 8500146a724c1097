"""SIGTERM and SIGINT call a function on a thread of their own, never inside a signal handler.

A handler runs on the main thread between any two of its steps: a lock wanted there may be one it holds.
"""

import threading
from collections.abc import Callable

from devices.agent.signals import stop_on_signals


def call_on_signals(stop: Callable[[], None]) -> None:
    """From now on the first SIGTERM or SIGINT calls `stop`. Only on the main thread, once a process."""
    told = threading.Event()
    stop_on_signals(told)

    def wait() -> None:
        told.wait()
        stop()

    threading.Thread(target=wait, name="told", daemon=True).start()
