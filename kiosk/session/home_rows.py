"""What home offers under the red button: one line a thing to do, more of them later."""

from dataclasses import dataclass

from kiosk.session.actions import Press, TrackFile
from kiosk.session.availability import may_track
from kiosk.session.state import Session


@dataclass(frozen=True, slots=True)
class HomeRow:
    """`home.<name>` is its key in kiosk.words.table and a phrase, `home.<name>_helper` a word key too."""

    name: str
    icon: str
    action: Press


_TRACK = HomeRow("track_file", "file-search", TrackFile())


def rows(session: Session) -> tuple[HomeRow, ...]:
    """In reading order; only what works here, so that nothing on the screen leads nowhere."""
    return (_TRACK,) if may_track(session) else ()
