"""Screen 2: the services with how many wait, how long it takes, or why they are closed."""

from kiosk.i18n import clock, counted, sentence_case
from kiosk.presenters.speech import Voice
from kiosk.presenters.view_parts import Banner, Press, Span
from kiosk.presenters.view_visit import ServiceCard, ServicesView
from kiosk.session.actions import ChooseService, ExplainClosed, ShowPage
from kiosk.session.availability import is_open, offline, on_page, pages, state_of, why_closed
from kiosk.session.state import Services
from queue_server.contract.states import ServiceInfo, ServiceState


def services(voice: Voice, place: Services) -> ServicesView:
    count = pages(voice.session)
    page = place.page if 0 <= place.page < count else 0
    return ServicesView(
        name="services",
        title=voice.say("services.title"),
        intro=voice.say("offline.body") if offline(voice.session) else voice.helper("services.intro"),
        hint=_hint(voice),
        cards=tuple(_card(voice, info) for info in on_page(voice.session, page)),
        more=_more(voice, (page + 1) % count) if count > 1 else None,
        page_words=voice.say("services.page", page=page + 1, pages=count) if count > 1 else "",
    )


def _hint(voice: Voice) -> Banner:
    english = voice.english("services.not_sure_short")
    second = (Span(f" {english}"),) if english else ()
    return Banner("hint", "info", title="", spans=(*voice.spans("services.not_sure"), *second))


def _more(voice: Voice, page: int) -> Press:
    return Press(
        "services.more", voice.say("services.more"), ShowPage(page), voice.second("services.more"), "ellipsis"
    )


def _card(voice: Voice, info: ServiceInfo) -> ServiceCard:
    state = state_of(voice.session, info.id)
    open_ = is_open(voice.session, info.id)
    why = why_closed(voice.session, info.id)
    strong, plain = _closed_lines(voice, state, why) if why else _open_lines(voice, state)
    return ServiceCard(
        press=Press(
            key=f"service.{info.id}",
            label=voice.text(info.name),
            action=ChooseService(info.id) if open_ else ExplainClosed(info.id),
            second="" if open_ else " · ".join(line for line in (strong, plain) if line),
            icon=info.pictogram,
            kind="card",
            closed=not open_,
        ),
        letter=info.letter,
        pictogram=info.pictogram,
        example="" if voice.brief else voice.text(info.example),
        strong=strong,
        plain=plain,
        note=_note(voice, info) if open_ else "",
    )


def _open_lines(voice: Voice, state: ServiceState | None) -> tuple[str, str]:
    if state is None or offline(voice.session):
        return voice.wait(None), ""
    waiting = counted("services.waiting", state.waiting, voice.language)
    return voice.wait(state.wait), waiting if state.waiting > 0 else voice.say("services.nobody")


def _closed_lines(voice: Voice, state: ServiceState | None, why: str) -> tuple[str, str]:
    """Why, and what to do next or when it reopens."""
    ask = voice.say("services.ask")
    at = voice.hour(state.reopens_at) if state and state.reopens_at else ""
    match why:
        case "quota_reached" | "numbers_exhausted":
            return voice.say("services.full"), ask
        case "out_of_hours":
            return voice.say("home.closed"), voice.say("services.reopens", at=at) if at else ask
        case _:
            strong = voice.say("services.closed_until", at=at) if at else voice.say("services.closed")
            return strong, (voice.text(state.reason) if state else "") or ask


def _note(voice: Voice, info: ServiceInfo) -> str:
    """The office's notice for late hours, from its local hour on."""
    if info.note_after is None:
        return ""
    since, words = info.note_after
    return sentence_case(voice.text(words)) if clock(voice.local(voice.now)) >= since else ""
