"""The adversary's plans: from the seed alone, and of every kind."""

from pathlib import Path

from tests.torture.__main__ import summary
from tests.torture.plan import LASTS_S, WEIGHTS, plan
from tests.torture.run import Books, opened


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


def test_a_run_goes_on_where_its_books_end_and_a_new_seed_is_for_new_runs_only(tmp_path: Path) -> None:
    assert opened(tmp_path, 9) == Books(9)
    books = Books(5, next=3, rounds=3, kills={"server": 7}, violations=["round 2: lost: A001"], mixed=4)
    books.save(tmp_path / "books.json")
    assert opened(tmp_path, 9) == books


def test_the_summary_tells_kills_faults_and_how_fast_it_was_well_again() -> None:
    well = [{"program": "server", "seconds": s, "alone": True, "cpu_s": 0.8} for s in (0.9, 1.1, 3.4)]
    text = summary(Books(5, rounds=2, kills={"server": 3}, faults={"shuffle": 1}, recoveries=well))
    assert "2 rounds, 3 kills (server 3), 0 violations" in text and "faults: shuffle 1" in text
    assert "p50 1.10 s" in text and "1 of 3 above 3 s" in text
