"""What home offers under the red button: one line a thing to do, more of them later."""

from dataclasses import dataclass

from kiosk.session.actions import Press


@dataclass(frozen=True, slots=True)
class HomeRow:
    """`home.<name>` is its key in kiosk.words and among the phrases, `home.<name>_helper` a word key too."""

    name: str
    icon: str
    action: Press


ROWS: tuple[HomeRow, ...] = ()
"""In reading order; only what works today, so that nothing on the screen leads nowhere."""
