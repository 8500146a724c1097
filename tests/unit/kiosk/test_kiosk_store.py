"""The store: actions in turn, effects after each, and a session that survives what fails in it."""

import threading
from collections.abc import Callable
from datetime import datetime

import pytest
from fakes.kiosk_office import NOW, office, state

from kiosk.presenters.present import present
from kiosk.session import effects as do
from kiosk.session.actions import ChooseService, SetLanguage, TakeNumber
from kiosk.session.heard import Crashed, OfficeTold, RequestMade, ServerChanged, ServiceTold, Tick
from kiosk.session.state import Safe, Session, start
from kiosk.store import Store


class Seconds:
    """A clock that moves on by a second at every look."""

    def __init__(self) -> None:
        self._looks = 0

    def __call__(self) -> datetime:
        from datetime import timedelta

        self._looks += 1
        return NOW + timedelta(seconds=self._looks)


def a_store(perform: Callable[[do.Effect], None]) -> Store:
    store = Store(start("k1", NOW), Seconds(), perform)
    store.dispatch(OfficeTold(office(priority=False)))
    store.dispatch(ServiceTold(state(0)))
    store.dispatch(ServerChanged("ready"))
    return store


def test_what_an_effect_dispatches_is_reduced_after_the_action_that_caused_it() -> None:
    done: list[do.Effect] = []

    def perform(effect: do.Effect) -> None:
        done.append(effect)
        if isinstance(effect, do.MakeRequest):
            store.dispatch(RequestMade(effect.step, "request-1"))

    store = a_store(perform)
    store.dispatch(TakeNumber())
    store.dispatch(ChooseService("chung-thuc"))
    assert [type(effect) for effect in done] == [do.MakeRequest, do.AskIssue]


def test_watchers_hear_every_change_until_they_leave_and_one_that_fails_stops_nobody() -> None:
    store, heard = a_store(lambda _effect: None), []

    def bad(_session: Session) -> None:
        raise RuntimeError("a watcher's own trouble")

    store.subscribe(bad)
    end = store.subscribe(lambda session: heard.append(session.aids.language))
    store.dispatch(SetLanguage("en"))
    end()
    store.dispatch(SetLanguage("vi"))
    assert heard == ["en"]


def test_an_effect_that_fails_does_not_stop_the_session() -> None:
    def perform(_effect: do.Effect) -> None:
        raise RuntimeError("no such device")

    store = a_store(perform)
    store.dispatch(TakeNumber())
    store.dispatch(ChooseService("chung-thuc"))
    assert present(store.session, NOW).name == "issuing"


def test_an_error_inside_the_session_ends_in_the_safe_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    import kiosk.store

    def broken(session: Session, action: object, now: datetime) -> object:
        if isinstance(action, TakeNumber):
            raise ZeroDivisionError
        return reduce(session, action, now)  # type: ignore[arg-type]

    from kiosk.session.reducer import reduce

    monkeypatch.setattr(kiosk.store, "reduce", broken)
    done: list[do.Effect] = []
    store = a_store(done.append)
    store.dispatch(TakeNumber())
    assert isinstance(store.session.place, Safe)
    assert do.TellFault("crash_session") in done


def test_a_safe_screen_that_cannot_be_reduced_either_is_no_endless_loop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import kiosk.store

    def broken(*_: object) -> object:
        raise ZeroDivisionError

    store = a_store(lambda _effect: None)
    monkeypatch.setattr(kiosk.store, "reduce", broken)
    store.dispatch(Crashed("ui"))
    store.dispatch(Tick())
    assert present(store.session, NOW).name == "home"


def test_many_threads_dispatch_and_every_action_counts_once() -> None:
    seen: list[str] = []
    store = a_store(lambda _effect: None)
    store.subscribe(lambda session: seen.append(session.aids.language))
    start_together = threading.Barrier(8)

    def toggle() -> None:
        from kiosk.session.actions import ToggleContrast

        start_together.wait()
        for _ in range(51):
            store.dispatch(ToggleContrast())

    threads = [threading.Thread(target=toggle) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.session.aids.contrast is False
    assert len(seen) == 8 * 51
