"""The adviser's own process: questions in on standard input, advice out on standard output."""

import os
import signal
import sys
from typing import BinaryIO

import numpy as np

from queue_server.advise.day import DayAsked, plan_day
from queue_server.advise.values import Alert, DayAdvice
from queue_server.advise.watch import NowAsked, watch_now
from queue_server.predictor.advice_worker import Told
from queue_server.predictor.frames import HEAD, framed, length, opened

NICER = 15
"""Everything else comes first: advice may be a minute late."""


def answer(told: Told) -> DayAdvice | Alert | None:
    """A day's advice, or today's alert if there is one."""
    rng = np.random.default_rng(told.seed)
    match told.asked:
        case DayAsked() as asked:
            return plan_day(asked, told.at, rng)
        case NowAsked() as asked:
            return watch_now(asked, told.at, rng)


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the other side closes."""
    while len(head := asked.read(HEAD)) == HEAD:
        answers.write(framed(answer(opened(asked.read(length(head))))))
        answers.flush()


def main() -> None:
    """Ctrl-C is the server's business; when the server is gone, so is its end of the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICER)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing printed may get between the frames
    try:
        serve(sys.stdin.buffer, answers)
    except BrokenPipeError:
        os._exit(0)


if __name__ == "__main__":
    main()
