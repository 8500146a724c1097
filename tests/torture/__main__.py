"""`make torture ROUNDS=50`: sabotage of a busy real office, judged by an independent checker."""

import argparse
import secrets
import signal
import sys
from pathlib import Path

from tests.benchmarks.figures import percentile
from tests.torture.plan import plan
from tests.torture.run import Books, opened, run

WELL_WITHIN_S = 3.0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--state", type=Path, default=Path("var/torture"), help="goes on with what is there")
    parser.add_argument("--seed", type=int, help="a new run with this seed, whatever is in --state")
    parser.add_argument("--from", type=int, default=0, dest="first", help="with --seed: the first round")
    parser.add_argument("--show-plan", action="store_true", help="print the rounds' faults and do nothing")
    asked = parser.parse_args(arguments)
    state = asked.state.absolute()
    if asked.seed is not None:
        books = Books(asked.seed, next=asked.first)
    else:
        books = opened(state, secrets.randbelow(10**9))
    print(
        f"seed {books.seed}, rounds {books.next} to {books.next + asked.rounds - 1}, state in {asked.state}"
    )
    if asked.show_plan:
        for number in range(books.next, books.next + asked.rounds):
            print(number, *plan(books.seed, number), sep="\n  ")
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that no program of the office is left
    try:
        run(state, books, asked.rounds, lambda line: print(line, flush=True))
    finally:
        print(summary(books))
    return 1 if books.violations else 0


def summary(books: Books) -> str:
    """The figures of a run, as text."""
    lines = [
        f"seed {books.seed}: {books.rounds} rounds, {sum(books.kills.values())} kills "
        f"({_pairs(books.kills)}), {len(books.violations)} violations",
        f"faults: {_pairs(books.faults)}; sectors thrown for at power cuts: {books.sectors}; "
        f"messages said twice or out of order: {books.mixed}",
        f"looked at: {books.events} events, {books.acts} yeses, {books.slips} slips, "
        f"{books.states} states shown, {books.seen} numbers seen at real kiosks, "
        f"{books.papers} of all given while the office was away",
    ]
    for program in ("server", "broker"):
        for alone in (True, False):
            found = [r for r in books.recoveries if r["program"] == program and r["alone"] is alone]
            took = [r["seconds"] for r in found]
            used = [r["cpu_s"] for r in found if r.get("cpu_s")]
            if took:
                late = sum(seconds > WELL_WITHIN_S for seconds in took)
                lines.append(
                    f"{program} well after its start{'' if alone else ', while other things were wrong'}: "
                    f"p50 {percentile(took, 0.5):.2f} s, p99 {percentile(took, 0.99):.2f} s, "
                    f"{late} of {len(took)} above {WELL_WITHIN_S:g} s"
                    + (f" (processor: p50 {percentile(used, 0.5):.2f} s)" if used else "")
                )
    return "\n".join([*lines, *books.violations])


def _pairs(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
