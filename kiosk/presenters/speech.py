"""What presenters share to speak: the session's language, its other line, local time, waits in words."""

from dataclasses import dataclass
from datetime import datetime

from kiosk import i18n
from kiosk.presenters.view_parts import Span
from kiosk.session.actions import Language
from kiosk.session.state import Session
from queue_server.contract.values import Bilingual, Wait

SOON_MIN = 3
HOUR_MIN = 60


@dataclass(frozen=True, slots=True)
class Voice:
    """One session's way of saying things at one moment."""

    session: Session
    now: datetime

    @property
    def language(self) -> Language:
        return self.session.aids.language

    @property
    def brief(self) -> bool:
        """Large text: second lines, greeting and helpers give way."""
        return self.session.aids.large_text

    @property
    def help_desk(self) -> str:
        return self._help_desk(self.language)

    def say(self, key: str, **filled: object) -> str:
        return i18n.say(key, self.language, help_desk=self.help_desk, **filled)

    def second(self, key: str, **filled: object) -> str:
        """The other language's line; nothing in large text."""
        if self.brief:
            return ""
        language = i18n.other(self.language)
        return i18n.say(key, language, help_desk=self._help_desk(language), **filled)

    def english(self, key: str, **filled: object) -> str:
        """The English line under Vietnamese; nothing in English or in large text."""
        return self.second(key, **filled) if self.language == "vi" else ""

    def helper(self, key: str, **filled: object) -> str:
        """A helping sentence; nothing in large text."""
        return "" if self.brief else self.say(key, **filled)

    def spans(self, key: str, **filled: object) -> tuple[Span, ...]:
        """The sentence in pieces: what stands between asterisks is strong."""
        pieces = self.say(key, **filled).split("*")
        return tuple(Span(text, strong=bool(n % 2)) for n, text in enumerate(pieces) if text)

    def text(self, words: Bilingual | None) -> str:
        return i18n.text(words, self.language)

    def local(self, at: datetime) -> datetime:
        """`at` in the office's zone."""
        office = self.session.world.office
        return at.astimezone(i18n.zone(office.zone if office else i18n.HOME_ZONE))

    def hour(self, at: datetime) -> str:
        """13:00, with the day where it is not today."""
        return i18n.hour_or_day(self.local(at), self.local(self.now), self.language)

    def wait(self, wait: Wait | None) -> str:
        """ "khoảng 12–18 phút", or the words for soon, more than an hour, unknown."""
        if wait is None:
            return self.say("wait.unknown")
        if wait.high < SOON_MIN:
            return self.say("wait.soon")
        if wait.low >= HOUR_MIN:
            return self.say("wait.hour")
        key = "wait.one" if wait.low == wait.high else "wait.range"
        return self.say(key, low=wait.low, high=wait.high)

    def _help_desk(self, language: Language) -> str:
        office = self.session.world.office
        named = i18n.text(office.help_desk, language) if office else ""
        return named or i18n.say("help.desk", language)
