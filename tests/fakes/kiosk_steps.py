"""The steps of a visit, as a list of them reads: what a person does, sees, and what happens meanwhile."""

from datetime import timedelta

from fakes.kiosk_visits import Step, Visitor, seen

from kiosk.session.actions import Action, Touched
from kiosk.session.heard import Crashed, IssueLate, ReadersChanged, Scanned


def touch(label: str) -> Step:
    """A finger down and up on what bears this label or key; it must be there to be touched."""

    def step(visitor: Visitor) -> None:
        found = [press for press in visitor.view.touches if label in {press.label, press.key}]
        assert found, f"no {label!r} on {visitor.view.name}: {[p.label for p in visitor.view.touches]}"
        visitor.dispatch(Touched())
        visitor.now += timedelta(seconds=0.1)
        visitor.dispatch(found[0].action)
        visitor.passes(0.5)

    return step


def double_tap(label: str) -> Step:
    """The same spot twice within 200 ms; the second tap hits whatever is drawn there by then."""

    def step(visitor: Visitor) -> None:
        (press,) = [press for press in visitor.view.touches if label in {press.label, press.key}]
        before = visitor.view.touches.index(press)
        visitor.dispatch(Touched())
        visitor.dispatch(press.action)
        visitor.now += timedelta(seconds=0.2)
        visitor.dispatch(Touched())
        visitor.dispatch(press.action)
        under_the_finger = visitor.view.touches[min(before, len(visitor.view.touches) - 1)]
        visitor.dispatch(under_the_finger.action)
        visitor.passes(0.5)

    return step


def long_press(label: str, seconds: float = 5) -> Step:
    def step(visitor: Visitor) -> None:
        (press,) = [press for press in visitor.view.touches if label in {press.label, press.key}]
        visitor.dispatch(Touched())
        visitor.passes(seconds)
        visitor.dispatch(press.action)
        visitor.passes(0.5)

    return step


def slip_off(_label: str) -> Step:
    """A finger that slides off its button: the UI sends the touch, never the press."""
    return lambda visitor: visitor.dispatch(Touched())


def wait(seconds: float) -> Step:
    return lambda visitor: visitor.passes(seconds)


def scans(text: str) -> Step:
    """A code held to the reader."""

    def step(visitor: Visitor) -> None:
        visitor.dispatch(Scanned(text))
        visitor.passes(0.5)

    return step


def types(text: str) -> Step:
    """One key of the pad after another, changing to the letters where it must."""

    def step(visitor: Visitor) -> None:
        for char in text:
            if not any(press.label == char for press in visitor.view.touches):
                other = next(
                    p.key for p in visitor.view.touches if p.key in {"keypad.letters", "keypad.numbers"}
                )
                touch(other)(visitor)
            touch(char)(visitor)

    return step


def a_scanner_is_there(*readers: str) -> Step:
    return happens(ReadersChanged(frozenset(readers or ("scanner",))))  # type: ignore[arg-type]


def sees(screen: str, *words: str) -> Step:
    def step(visitor: Visitor) -> None:
        view = visitor.view
        assert view.name == screen, f"{view.name} instead of {screen}"
        text = "\n".join(seen(view))
        for each in words:
            assert each in text, f"{each!r} is not on {screen}:\n{text}"

    return step


def does_not_see(*words: str) -> Step:
    def step(visitor: Visitor) -> None:
        text = "\n".join(seen(visitor.view))
        for each in words:
            assert each not in text, f"{each!r} is on {visitor.view.name}"

    return step


def happens(action: Action) -> Step:
    return lambda visitor: visitor.dispatch(action)


def crashes(where: str = "ui") -> Step:
    return happens(Crashed(where))


def printer_says(*outcomes: str) -> Step:
    return lambda visitor: visitor.outcomes.extend(outcomes)


def server_is_silent() -> Step:
    def step(visitor: Visitor) -> None:
        visitor.answering = False

    return step


def three_seconds_without_reply() -> Step:
    def step(visitor: Visitor) -> None:
        visitor.passes(3)
        for request in visitor.held:
            visitor.dispatch(IssueLate(request))
        visitor.passes(0.5)

    return step


def the_late_reply_comes() -> Step:
    def step(visitor: Visitor) -> None:
        visitor.answering = True
        for ask in list(visitor.held.values()):
            visitor.dispatch(visitor.answer(ask))
            visitor.dispatch(visitor.answer(ask))
        visitor.held.clear()
        visitor.passes(0.5)

    return step


def server_refuses(code: str) -> Step:
    def step(visitor: Visitor) -> None:
        visitor.refusing = code

    return step
