"""What the adversary does in a round, from the seed alone: the same seed and round are the same plan."""

import random
from dataclasses import dataclass

LASTS_S = 14.0
FAULTS = 21
"""Long rounds: the quiet, the end of everybody's requests and the judge cost each round the same."""
WEIGHTS = {
    "kill_server": 5,
    "kill_broker": 2,
    "kill_agent": 2,
    "kill_kiosks": 2,
    "kill_glass": 3,
    "kill_officers": 2,
    "power_cut": 2,
    "tear": 3,
    "silence": 2,
    "shuffle": 2,
    "full_disk": 1,
    "slow_disk": 1,
    "clock": 2,
    "flood_mqtt": 1,
    "flood_http": 1,
}
SHUFFLED = ("kiosks", "glass", "officers")
CABLES = ("server", "kiosks", "glass", "officers", "agent")
STEPS_S = (-86_400, -600, -45, 45, 600, 86_400)
KILLS = frozenset({"kill_server", "kill_broker", "kill_agent", "kill_kiosks", "kill_glass", "kill_officers",
    "power_cut"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """At `at` seconds into the round. What `what` and `amount` say depends on the kind."""

    at: float
    kind: str
    what: str = ""
    amount: float = 0.0


def plan(seed: int, round_: int, faults: int = FAULTS, lasts_s: float = LASTS_S) -> tuple[Fault, ...]:
    """In order of time. The first is always a kill of the server or of everything."""
    chance = random.Random(f"{seed}/{round_}")
    kinds = [chance.choice(("kill_server", "kill_server", "power_cut"))]
    kinds += chance.choices(list(WEIGHTS), list(WEIGHTS.values()), k=faults - 1)
    times = sorted(chance.uniform(0.8, lasts_s) for _ in kinds)
    return tuple(_fault(at, kind, chance) for at, kind in zip(times, kinds, strict=True))


def _fault(at: float, kind: str, chance: random.Random) -> Fault:
    match kind:
        case "tear":
            return Fault(at, kind, chance.choice(CABLES))
        case "silence":
            way = chance.choice(("there", "back", "both"))
            return Fault(at, kind, f"{chance.choice(CABLES)}/{way}", chance.uniform(0.3, 2.5))
        case "shuffle":
            return Fault(at, kind, chance.choice(SHUFFLED), chance.uniform(1.0, 4.0))
        case "full_disk":
            return Fault(at, kind, "", chance.uniform(0.2, 1.5))
        case "slow_disk":
            return Fault(at, kind, str(chance.choice((5, 20, 60))), chance.uniform(0.5, 3.0))
        case "clock":
            return Fault(at, kind, "", chance.choice(STEPS_S))
        case "flood_mqtt":
            return Fault(at, kind, chance.choice(("garbage", "repeat", "large", "unknown")), 1.0)
        case "flood_http":
            return Fault(at, kind, chance.choice(("pages", "slow", "large")), 1.0)
        case _:
            return Fault(at, kind)
