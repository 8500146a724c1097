"""What holds for the kiosk whatever happens in whatever order."""

from collections import Counter
from datetime import timedelta

from fakes.kiosk_dossiers import ASKED, AWAY, CARD, NOBODYS, READY, answer
from fakes.kiosk_office import NOW, SERVICES, closed, issued, office, standing, state
from fakes.kiosk_visits import Visitor, an_office, seen
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.presenters.present import present
from kiosk.session import actions as a
from kiosk.session import effects as do
from kiosk.session import heard as h
from kiosk.session.reducer import reduce
from kiosk.session.state import Home, Session

SERVICE = st.sampled_from([row[0] for row in SERVICES] + ["gone"])
REQUEST = st.sampled_from([f"request-{n}" for n in range(1, 6)])
JOB = st.sampled_from(["job-12", "job-12-p2", "job-13", "job-13-p2", "job-99"])
WHY = st.sampled_from(["out_of_hours", "service_closed", "quota_reached", "numbers_exhausted"])

PRESSES = st.one_of(
    st.just(a.Touched()),
    st.just(a.TakeNumber()),
    st.builds(a.ShowPage, st.integers(-1, 3)),
    st.builds(a.ChooseService, SERVICE),
    st.builds(a.ExplainClosed, SERVICE | st.just("")),
    st.builds(a.ChoosePriority, st.sampled_from([None, "elderly", "gone"])),
    *[
        st.just(kind())
        for kind in (
            a.TryAgain,
            a.Reprint,
            a.RetryPrint,
            a.WithoutPaper,
            a.AnotherNumber,
            a.Finish,
            a.GoBack,
            a.GoHome,
            a.ToggleLargeText,
            a.ToggleContrast,
            a.ToggleLowReach,
            a.ToggleListen,
            a.CallHelp,
            a.CloseHelp,
            a.StillHere,
            a.TrackFile,
            a.TypeByHand,
            a.SwitchLetters,
            a.Erase,
            a.EraseAll,
            a.Search,
            a.Unlock,
            a.TakeOffered,
        )
    ],
    st.builds(a.TypeKey, st.sampled_from("H9.-Đ/12")),
    st.builds(h.Scanned, st.sampled_from([READY, ASKED, NOBODYS, AWAY, CARD, "?", "MOTCUA:thanh-binh:t1"])),
    st.builds(a.SetLanguage, st.sampled_from(["vi", "en"])),
)
WORLD = st.one_of(
    st.builds(h.ServerChanged, st.sampled_from(["ready", "draining", "lost", "unlinked"])),
    st.builds(
        lambda n, priority: h.OfficeTold(office(services=n, priority=priority)),
        st.integers(0, 9),
        st.booleans(),
    ),
    st.builds(
        lambda n, open_, why: h.ServiceTold(state(n) if open_ else closed(n, why)),
        st.integers(0, 8),
        st.booleans(),
        WHY,
    ),
)
READERS = st.builds(
    lambda kinds: h.ReadersChanged(frozenset(kinds)), st.sets(st.sampled_from(["scanner", "camera"]))
)
ANSWERS = st.one_of(
    READERS,
    st.builds(
        h.LookRefused,
        st.integers(0, 9),
        st.sampled_from(["too_often", "no_reply", "ticket_unknown", "?"]),
    ),
    st.builds(
        lambda step, told: h.TicketStands(step, standing(told)),
        st.integers(0, 9),
        st.sampled_from(["waiting", "called", "served", "no_show", "?"]),
    ),
    st.builds(
        lambda step, code: h.LookAnswered(step, answer(code, None, 0)),
        st.integers(0, 9),
        st.sampled_from([READY, ASKED, NOBODYS, AWAY]),
    ),
    st.builds(lambda step, n: h.RequestMade(step, f"stray-{n}"), st.integers(0, 9), st.integers(0, 10**6)),
    st.builds(h.IssueLate, REQUEST),
    st.builds(h.IssueRefused, REQUEST, st.sampled_from(["quota_reached", "storage_failed", "?"])),
    st.builds(lambda r: h.IssueAnswered(r, issued("A099", "ho-tich", "vi", None, 99)), REQUEST),
    st.builds(h.SlipPrinted, JOB),
    st.builds(h.SlipUnconfirmed, JOB, st.just("")),
    st.builds(h.SlipFailed, JOB, st.sampled_from(["paper_out", "", "strange"])),
    st.builds(h.HelpTold, st.booleans()),
    st.builds(h.SpeechEnded, st.integers(0, 5)),
    st.just(h.Crashed("ui")),
)
TIME = st.sampled_from([0.0, 0.1, 0.4, 1.0, 5.0, 9.0, 46.0, 100.0, -60.0, 90000.0])
MOMENTS = st.lists(st.tuples(PRESSES | WORLD | ANSWERS | st.just(h.Tick()), TIME), max_size=40)
A_PERSON = st.lists(st.tuples(PRESSES, st.sampled_from([0.05, 0.4, 1.0, 8.0])), min_size=1, max_size=60)


def after(moments: list[tuple[a.Action, float]], visitor: Visitor | None = None) -> Visitor:
    visitor = visitor or an_office()
    for action, seconds in moments:
        visitor.now += timedelta(seconds=seconds)
        visitor.dispatch(action)
    return visitor


@settings(max_examples=150, deadline=None)
@given(MOMENTS)
def test_nothing_that_happens_in_any_order_raises_and_every_moment_can_be_shown(
    moments: list[tuple[a.Action, float]],
) -> None:
    visitor = an_office()
    for moment in moments:
        after([moment], visitor)
        view = present(visitor.session, visitor.now)
        assert view.body is not None
        assert all(press.label for press in view.touches)
        assert len(view.frame.bar) <= 5


@settings(max_examples=150, deadline=None)
@given(MOMENTS)
def test_one_wish_makes_one_request(moments: list[tuple[a.Action, float]]) -> None:
    visitor = after(moments)
    steps = Counter(effect.step for effect in visitor.of(do.MakeRequest))
    assert max(steps.values(), default=1) == 1
    requests = Counter(ask.request for ask in visitor.asked)
    assert max(requests.values(), default=1) == 1
    assert len(visitor.asked) <= len(steps)


@settings(max_examples=120, deadline=None)
@given(MOMENTS)
def test_a_job_is_printed_once_and_its_outcome_told_once(moments: list[tuple[a.Action, float]]) -> None:
    visitor = after(moments)
    assert max(Counter(print_.job for print_ in visitor.printing).values(), default=1) == 1
    assert max(Counter(told.job for told in visitor.of(do.TellSlip)).values(), default=1) == 1


@settings(max_examples=150, deadline=None)
@given(A_PERSON)
def test_home_is_never_more_than_two_touches_away(touches: list[tuple[a.Action, float]]) -> None:
    visitor = after([(touch, seconds) for touch, seconds in touches])
    assert _home_within(visitor.session, visitor.now + timedelta(seconds=1), touches=2), visitor.view.name


@settings(max_examples=100, deadline=None)
@given(MOMENTS)
def test_left_alone_the_kiosk_ends_at_attract_with_nothing_of_the_visit(
    moments: list[tuple[a.Action, float]],
) -> None:
    visitor = after(moments)
    visitor.dispatch(h.ServerChanged("ready"))
    visitor.dispatch(h.OfficeTold(office()))
    visitor.dispatch(h.ServiceTold(state(0)))
    for ask in list(visitor.asked):
        visitor.dispatch(h.IssueLate(ask.request))
    visitor.passes(320)
    session = visitor.session
    fresh = an_office().session
    assert session.place == Home()
    assert session.overlay is None
    assert session.aids == fresh.aids
    assert visitor.view.name in {"home", "out_of_hours"}


@settings(max_examples=100, deadline=None)
@given(A_PERSON)
def test_a_press_that_is_not_offered_changes_nothing_but_the_time(
    touches: list[tuple[a.Action, float]],
) -> None:
    visitor = after([(touch, seconds) for touch, seconds in touches])
    now = visitor.now + timedelta(seconds=1)
    offered = {press.action for press in visitor.view.touches}
    for action in (
        a.TakeNumber(),
        a.ChooseService("chung-thuc"),
        a.ChoosePriority(None),
        a.RetryPrint(),
        a.Reprint(),
        a.WithoutPaper(),
        a.AnotherNumber(),
        a.StillHere(),
        a.CloseHelp(),
        a.TypeByHand(),
        a.Search(),
        a.Unlock(),
        a.TakeOffered(),
    ):
        if action in offered or any(isinstance(action, type(o)) for o in offered):
            continue
        session, effects = reduce(visitor.session, action, now)
        assert not [e for e in effects if not isinstance(e, do.Say)]
        assert type(session.place) is type(visitor.session.place)


def _home_within(session: Session, now: object, touches: int) -> bool:
    """Whether some touches of what is on the screen lead home; replies and outcomes come in between."""
    visitor = Visitor(session=session, now=now)  # type: ignore[arg-type]
    if visitor.view.name in {"home", "out_of_hours"}:
        return True
    if touches == 0:
        return False
    for press in visitor.view.touches:
        tried = Visitor(session=session, now=visitor.now)
        tried.dispatch(a.Touched())
        tried.dispatch(press.action)
        if _home_within(tried.session, tried.now + timedelta(seconds=1), touches - 1):
            return True
    return False


@settings(max_examples=50, deadline=None)
@given(MOMENTS)
def test_no_screen_shows_a_code_or_an_unfilled_place(moments: list[tuple[a.Action, float]]) -> None:
    visitor = after(moments)
    for words in seen(present(visitor.session, visitor.now)):
        assert "{" not in words
        assert "None" not in words


def test_the_beginning_is_a_kiosk_that_says_it_is_starting() -> None:
    assert Visitor(now=NOW).view.name == "starting"
