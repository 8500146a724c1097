"""The adversary's plans: from the seed alone, and of every kind."""

from tests.torture.plan import LASTS_S, WEIGHTS, plan


def test_the_same_seed_and_round_are_the_same_plan() -> None:
    assert plan(7, 3) == plan(7, 3)
    assert plan(7, 3) != plan(7, 4)
    assert plan(7, 3) != plan(8, 3)


def test_every_kind_of_fault_comes_about_within_a_run() -> None:
    done = {fault.kind for number in range(50) for fault in plan(1, number)}
    assert done == set(WEIGHTS)


def test_a_round_begins_with_a_kill_and_every_fault_has_its_time() -> None:
    for number in range(50):
        faults = plan(2, number)
        assert faults[0].kind in ("kill_server", "power_cut")
        assert [f.at for f in faults] == sorted(f.at for f in faults)
        assert all(0 < fault.at <= LASTS_S for fault in faults)
