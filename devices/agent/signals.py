"""SIGTERM and SIGINT set an event, from a thread of their own.

An event set inside a signal handler deadlocks when the main thread is just about to wait for it: the
handler runs on that very thread and wants the lock that it holds.
"""

import os
import signal
import threading


def stop_on_signals(stop: threading.Event) -> None:
    """From now on SIGTERM and SIGINT set `stop`. Only on the main thread, once a process."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)

    def wait() -> None:
        os.read(reading, 1)
        stop.set()

    threading.Thread(target=wait, name="signals", daemon=True).start()
