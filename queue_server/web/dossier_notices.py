"""Notices about look-ups of dossiers in the staff's words, the same on every page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words
from queue_server.dossiers.notices import GUESSING, LOCKED, Notice
from queue_server.web.ports import WebDeps
from queue_server.web.say import clock

_WORDS: dict[str, tuple[Words, Words]] = {
    GUESSING: (
        Words("{kiosk}: có người dò mã hồ sơ", "{kiosk}: dossier codes are being guessed"),
        Words(
            "Lúc {at}. Kiosk đã tra chậm lại; đến xem ai đang dùng, giúp nếu là công dân gõ nhầm.",
            "At {at}. The kiosk answers slowly now; see who uses it, and help if it is an honest mistake.",
        ),
    ),
    LOCKED: (
        Words(
            "{kiosk}: một hồ sơ bị khoá vì nhập sai ba lần",
            "{kiosk}: a dossier was locked, three wrong tries",
        ),
        Words(
            "Lúc {at}. Mời công dân đến quầy với thẻ Căn cước; công chức mở khoá ở phần hồ sơ.",
            "At {at}. Send the citizen to a counter with the ID card; the officer unlocks it there.",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """`key` stays while the notice stays and changes when it happens again."""

    key: str
    title: str
    detail: str


def dossier_notices(deps: WebDeps, config: OfficeConfig | None, language: str) -> list[Told]:
    """What holds now; nothing where no dossiers are looked up."""
    if deps.dossiers is None or config is None:
        return []
    return in_words(deps.dossiers.notices.now(deps.clock.now()), config, language)


def in_words(notices: Sequence[Notice], config: OfficeConfig, language: str) -> list[Told]:
    names: dict[str, str] = {kiosk.id: kiosk.name.in_(language) for kiosk in config.kiosks}

    def told(one: Notice) -> Told:
        title, detail = (words.in_(language) for words in _WORDS[one.kind])
        name, at = names.get(one.client, one.client), clock(config.hours, one.at)
        return Told(_key(one.kind, one.client, one.at), title.format(kiosk=name), detail.format(at=at))

    return [told(one) for one in notices]


def _key(kind: str, client: str, at: datetime) -> str:
    return f"dossier {kind} {client} {at:%H%M%S}"
