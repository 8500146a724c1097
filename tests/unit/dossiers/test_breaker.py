"""A breaker: closed, open for longer each time, one trial, closed again."""

from datetime import timedelta

from fakes.dossiers import NOW

from queue_server.dossiers.breaker import Breaker, Patience

PATIENCE = Patience(failures=3, first=timedelta(seconds=10), longest=timedelta(seconds=40))
S = timedelta(seconds=1)


def failing(breaker: Breaker, times: int, now=NOW) -> Breaker:  # type: ignore[no-untyped-def]
    for _ in range(times):
        breaker = breaker.failed(now, PATIENCE)
    return breaker


def test_two_failures_are_borne() -> None:
    assert failing(Breaker(), 2).ask(NOW, PATIENCE)[0]


def test_a_success_between_forgives_them() -> None:
    assert failing(failing(Breaker(), 2).succeeded(), 2).ask(NOW, PATIENCE)[0]


def test_the_third_opens_it_for_its_time() -> None:
    opened = failing(Breaker(), 3)
    assert not opened.ask(NOW + 9 * S, PATIENCE)[0]
    assert opened.ask(NOW + 10 * S, PATIENCE)[0]


def test_then_one_request_goes_out_and_the_others_wait_for_it() -> None:
    may, trying = failing(Breaker(), 3).ask(NOW + 10 * S, PATIENCE)
    assert may and not trying.ask(NOW + 10 * S, PATIENCE)[0]
    assert trying.succeeded() == Breaker()
    assert trying.succeeded().ask(NOW + 11 * S, PATIENCE)[0]


def test_a_failed_trial_opens_it_for_twice_as_long_up_to_the_longest() -> None:
    breaker, now, pauses = failing(Breaker(), 3), NOW, []
    for _ in range(4):
        assert breaker.open_until is not None
        pauses.append((breaker.open_until - now) / S)
        now = breaker.open_until
        breaker = breaker.ask(now, PATIENCE)[1].failed(now, PATIENCE)
    assert pauses == [10, 20, 40, 40]


def test_a_trial_that_never_comes_back_is_given_up() -> None:
    _, trying = failing(Breaker(), 3).ask(NOW + 10 * S, PATIENCE)
    assert trying.ask(NOW + 10 * S + PATIENCE.lost_after, PATIENCE)[0]


def test_requests_that_were_under_way_when_it_opened_change_nothing() -> None:
    opened = failing(Breaker(), 3)
    assert failing(opened, 5, NOW + S) == opened
