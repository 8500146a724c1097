"""Every sentence of the kiosk's screens by its key."""

from types import MappingProxyType

from kiosk.words.choosing import CHOOSING
from kiosk.words.dossier import DOSSIER
from kiosk.words.home import HOME
from kiosk.words.own_ticket import OWN_TICKET
from kiosk.words.ticket import TICKET
from kiosk.words.unwell import UNWELL

WORDS = MappingProxyType({**HOME, **CHOOSING, **TICKET, **UNWELL, **OWN_TICKET, **DOSSIER})
"""Key → both languages. Keys that differ by `_one` are for a count of one."""
