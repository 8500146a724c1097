"""The adviser's own process: a day or a moment in, advice out."""

import numpy as np

from queue_server.advise.day import DayAsked, plan_day
from queue_server.advise.values import Alert, DayAdvice
from queue_server.advise.watch import NowAsked, watch
from queue_server.predictor.advice_worker import Told
from queue_server.predictor.child import serve


def answer(told: Told) -> DayAdvice | tuple[Alert, ...]:
    """A day's advice, or today's alerts, of the office and of its agencies."""
    rng = np.random.default_rng(told.seed)
    match told.asked:
        case DayAsked() as asked:
            return plan_day(asked, told.at, rng)
        case NowAsked() as asked:
            return watch(asked, told.at, rng)


if __name__ == "__main__":
    serve(answer)
