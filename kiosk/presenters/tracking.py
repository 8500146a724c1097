""" "Tra cứu hồ sơ": where to hold the receipt, the keypad, and the screens that tell no dossier."""

from kiosk import i18n
from kiosk.presenters.speech import Voice
from kiosk.presenters.view_dossier import KeypadView, ScanView
from kiosk.presenters.view_parts import Banner, PlaceView, Press
from kiosk.presenters.view_visit import BusyView
from kiosk.presenters.views import MessageView
from kiosk.session.actions import (
    Erase,
    EraseAll,
    GoHome,
    Search,
    SwitchLetters,
    TrackFile,
    TryAgain,
    TypeByHand,
    TypeKey,
)
from kiosk.session.actions import Press as Pressed
from kiosk.session.state import Factor, Keypad, Looking, NoAnswer, Notice, Scan
from kiosk.session.tracking import FACTOR_DIGITS, may_search

_LETTERS = "ABCDEGHKLMNPQRSTUVXYFIJOWZĐ"
_ICONS: dict[Notice, str] = {"id_card": "id-card", "no_reader": "keyboard"}


def scan(voice: Voice, place: Scan) -> ScanView:
    readers = voice.session.world.readers
    reader = "scanner" if "scanner" in readers or not readers else "camera"
    return ScanView(
        name="scan",
        reader="camera" if reader == "camera" else "scanner",
        title=voice.say(f"scan.title_{reader}"),
        helper=voice.helper("scan.where"),
        second=voice.english(f"scan.title_{reader}"),
        slot=voice.say(f"scan.slot_{reader}"),
        paper=voice.say("scan.paper"),
        distance=voice.say("scan.distance"),
        steps=tuple(voice.say(key) for key in (f"scan.step_1_{reader}", "scan.step_2", "scan.step_3")),
        by_hand=Press(
            "scan.by_hand",
            voice.say("scan.by_hand"),
            TypeByHand(),
            voice.second("scan.by_hand"),
            "keyboard",
        ),
        notice=_notice(voice, place.notice),
    )


def keypad(voice: Voice, place: Keypad) -> KeypadView:
    office = voice.session.world.office
    info = office.dossiers if office else None
    example = info.example if info else ""
    letters = info.letters if info else ()
    pages = _letter_keys(voice) if place.letters else _number_keys(voice, letters)
    return KeypadView(
        name="keypad",
        title=voice.say("keypad.title"),
        helper=voice.say("keypad.where" if example else "keypad.where_plain"),
        example=example,
        typed=place.typed,
        shape=_rest(place.typed, example),
        keys=pages,
        search=_search(voice, "keypad.search", "keypad.too_short"),
        note=voice.helper("keypad.note"),
        notice=_notice(voice, place.notice),
    )


def factor(voice: Voice, place: Factor) -> KeypadView:
    """Four digits, as marks: who stands behind reads nothing."""
    readers = bool(voice.session.world.readers)
    wrong = voice.say("factor.wrong", n=place.looked.tries_left)
    digits = [_type(voice, str(n)) for n in (1, 2, 3, 4, 5, 6, 7, 8, 9)]
    clear = _grey(voice, "keypad.clear", EraseAll())
    return KeypadView(
        name="factor",
        title=voice.say("factor.title"),
        helper=voice.say("factor.how_card" if readers else "factor.how"),
        example="",
        typed="•" * len(place.typed),
        shape="·" * (FACTOR_DIGITS - len(place.typed)),
        keys=(*digits, clear, _type(voice, "0"), _grey(voice, "keypad.delete", Erase(), "delete")),
        search=_search(voice, "factor.open", "factor.too_short"),
        note=voice.helper("factor.note"),
        notice=Banner("fault", "triangle-alert", wrong) if place.wrong else None,
    )


def looking(voice: Voice, place: Looking) -> BusyView:
    title = "looking.ticket" if place.ticket else "looking.title"
    return BusyView("looking", voice.say(title), voice.say("issuing.body"))


def no_answer(voice: Voice, place: NoAnswer) -> MessageView:
    """What it was, and what to do next; another office is named."""
    again = Press(
        "look.again",
        voice.say("refused.try_again"),
        TryAgain(),
        voice.second("refused.try_again"),
        "refresh-cw",
    )
    other = Press(
        "look.another",
        voice.say("result.another"),
        TrackFile(),
        voice.second("result.another"),
        "file-search",
    )
    by_hand = Press(
        "look.by_hand", voice.say("scan.by_hand"), TypeByHand(), voice.second("scan.by_hand"), "keyboard"
    )
    home = Press("refused.home", voice.say("refused.home"), GoHome(), voice.second("refused.home"), "house")
    presses = {
        "not_found": (other, by_hand) if voice.session.world.readers else (by_hand,),
        "elsewhere": (other, home),
        "unavailable": (again, home),
        "slowed": (again, home),
        "refused": (home,),
        "no_ticket": (home,),
    }[place.why]
    minutes = max(1, -(-place.wait_s // 60))
    body = f"no_answer.{place.why}_body"
    if place.why == "slowed":
        body = "no_answer.slowed_soon" if place.wait_s <= 60 else "no_answer.slowed_body"
    return MessageView(
        name="no_answer",
        icon={
            "elsewhere": "building-2",
            "slowed": "hourglass",
            "not_found": "file-search",
            "no_ticket": "ticket",
        }.get(place.why, "cloud-off"),
        title=voice.say(f"no_answer.{place.why}"),
        body=voice.say(body, n=minutes),
        second=voice.english(f"no_answer.{place.why}"),
        places=_places(voice, place),
        presses=tuple(_primary(press) if n == 0 else press for n, press in enumerate(presses)),
    )


def _places(voice: Voice, place: NoAnswer) -> tuple[PlaceView, ...]:
    line = "no_answer.office_line"
    if place.why == "elsewhere" and place.office is not None:
        name = i18n.sentence_case(voice.text(place.office))
        return (PlaceView("building-2", name, voice.say(line), voice.english(line)),)
    line = "no_answer.desk_line"
    desk = i18n.sentence_case(voice.help_desk)
    return (PlaceView("megaphone", desk, voice.say(line), voice.english(line)),)


def _notice(voice: Voice, notice: Notice) -> Banner | None:
    if not notice:
        return None
    icon = _ICONS.get(notice, "triangle-alert")
    return Banner("fault", icon, voice.say(f"notice.{notice}"), second=voice.english(f"notice.{notice}"))


def _number_keys(voice: Voice, letters: tuple[str, ...]) -> tuple[Press, ...]:
    """Five columns as pictured: a letter, three digits, a sign; below A–Z, clear, 0, delete."""
    firsts = (*letters, "H", "G", "D")
    left = tuple(dict.fromkeys(letter[:1] for letter in firsts if letter))[:3]
    keys: list[Press] = []
    for row, sign in enumerate(".-/"):
        keys += [_type(voice, left[row]), *(_type(voice, str(3 * row + n)) for n in (1, 2, 3))]
        keys.append(_type(voice, sign))
    return (
        *keys,
        _grey(voice, "keypad.letters", SwitchLetters()),
        _grey(voice, "keypad.clear", EraseAll()),
        _type(voice, "0"),
        _grey(voice, "keypad.delete", Erase(), "delete"),
    )


def _letter_keys(voice: Voice) -> tuple[Press, ...]:
    return (
        *(_type(voice, letter) for letter in _LETTERS),
        _grey(voice, "keypad.numbers", SwitchLetters()),
        _grey(voice, "keypad.delete", Erase(), "delete"),
    )


def _type(voice: Voice, char: str) -> Press:
    del voice
    return Press(f"keypad.{char}", char, TypeKey(char), kind="card")


def _grey(voice: Voice, key: str, action: Pressed, icon: str = "") -> Press:
    return Press(key, voice.say(key), action, icon=icon, kind="key")


def _search(voice: Voice, key: str, reason: str) -> Press:
    ready = may_search(voice.session)
    second = voice.second(key) if ready else voice.say(reason)
    return Press(key, voice.say(key), Search(), second, "file-search", kind="primary", closed=not ready)


def _primary(press: Press) -> Press:
    return Press(press.key, press.label, press.action, press.second, press.icon, kind="primary")


def _rest(typed: str, example: str) -> str:
    """The rest of the example's shape, `·` for each letter or digit, as far as `typed` follows it."""
    if len(typed) > len(example) or any(_class(a) != _class(b) for a, b in zip(typed, example, strict=False)):
        return ""
    return "".join("·" if char.isalnum() else char for char in example[len(typed) :])


def _class(char: str) -> str:
    return "0" if char.isdecimal() else "A" if char.isalpha() else char
