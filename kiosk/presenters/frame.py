"""Header, bar and how to draw: the same for every screen but for its keys."""

from kiosk import i18n
from kiosk.presenters.speech import Voice
from kiosk.presenters.view_parts import Frame, LanguageSwitch, Press
from kiosk.session.actions import (
    AnotherNumber,
    CallHelp,
    GoBack,
    GoHome,
    Reprint,
    SetLanguage,
    ToggleContrast,
    ToggleLargeText,
    ToggleListen,
    ToggleLowReach,
)
from kiosk.session.actions import Press as Pressed
from kiosk.session.availability import Shown
from kiosk.session.rules import may_leave, may_print_again
from kiosk.session.state import Ticket

_WITH_SWITCH: frozenset[Shown] = frozenset({"home", "out_of_hours", "server_lost", "starting", "safe"})
_WITH_HELP: frozenset[Shown] = frozenset(
    {
        "home",
        "out_of_hours",
        "services",
        "priority",
        "refused",
        "issuing_late",
        "scan",
        "no_answer",
        "my_ticket",
    }
)


def frame(voice: Voice, shown: Shown) -> Frame:
    aids, office = voice.session.aids, voice.session.world.office
    local = voice.local(voice.now)
    return Frame(
        office_name=voice.text(office.name) if office else "",
        clock=i18n.clock(local),
        date=i18n.day(local, voice.language),
        language=aids.language,
        large_text=aids.large_text,
        contrast=aids.contrast,
        low_reach=aids.low_reach,
        listen=aids.listen,
        bar=_bar(voice, shown),
        switch=_switch(voice) if shown in _WITH_SWITCH else None,
        help=_help(voice) if shown in _WITH_HELP else None,
    )


def low_reach(voice: Voice) -> Press:
    return Press(
        key="aid.low_reach",
        label=voice.say("bar.low_reach"),
        action=ToggleLowReach(),
        second=voice.second("bar.low_reach"),
        icon="accessibility",
        selected=voice.session.aids.low_reach,
    )


def _help(voice: Voice) -> Press:
    return Press("help", voice.say("bar.help"), CallHelp(), voice.second("bar.help"), "life-buoy")


def _switch(voice: Voice) -> LanguageSwitch:
    return LanguageSwitch(
        vietnamese=_key(voice, "bar.vietnamese", SetLanguage("vi"), "", selected=voice.language == "vi"),
        english=_key(voice, "bar.english", SetLanguage("en"), "", selected=voice.language == "en"),
    )


def _bar(voice: Voice, shown: Shown) -> tuple[Press, ...]:
    aids = voice.session.aids
    large = _key(voice, "bar.large_text", ToggleLargeText(), "a-large-small", selected=aids.large_text)
    contrast = _key(voice, "bar.contrast", ToggleContrast(), "contrast", selected=aids.contrast)
    listen = _key(voice, "bar.listen", ToggleListen(), "headphones", selected=aids.listen)
    home = _key(voice, "bar.home", GoHome(), "house")
    match shown:
        case "home" | "out_of_hours" | "server_lost" | "starting" | "safe":
            return large, contrast, listen
        case "services" | "priority":
            back = _key(voice, "bar.back", GoBack(), "arrow-left")
            return back, _language(voice), large, contrast, listen
        case "scan" | "keypad" | "factor" | "result" | "no_answer" | "my_ticket":
            back = _key(voice, "bar.back", GoBack(), "arrow-left")
            return back, home, large, contrast, listen
        case "looking":
            return home, _language(voice), large, contrast, listen
        case "issuing":
            return _language(voice), large, contrast, listen
        case "ticket":
            return (*_ticket_keys(voice), _language(voice), contrast, listen)
        case "printer_failed" | "refused" | "issuing_late":
            return home, _language(voice), large, contrast, listen


def _ticket_keys(voice: Voice) -> tuple[Press, ...]:
    place = voice.session.place
    again = isinstance(place, Ticket) and may_print_again(place)
    reprint = (_key(voice, "bar.reprint", Reprint(), "rotate-ccw"),) if again else ()
    another = (_key(voice, "bar.another", AnotherNumber(), "ticket"),) if may_leave(voice.session) else ()
    return (*reprint, *another)


def _language(voice: Voice) -> Press:
    """One key that shows the language it changes to, in that language."""
    if voice.language == "vi":
        return _key(voice, "bar.english", SetLanguage("en"), "languages")
    return _key(voice, "bar.vietnamese", SetLanguage("vi"), "languages")


def _key(voice: Voice, key: str, action: Pressed, icon: str, *, selected: bool = False) -> Press:
    return Press(key, voice.say(key), action, icon=icon, kind="key", selected=selected)
