"""The pages' Accounts over the database: people, their sessions, televisions and citizens' pages."""

from collections.abc import Callable

from queue_server.storage.database import Database
from queue_server.storage.keys import Keys
from queue_server.storage.pages import Pages
from queue_server.storage.pairings import Pairings
from queue_server.storage.passwords import Hasher
from queue_server.storage.people import People
from queue_server.storage.second_factors import Factors
from queue_server.storage.sessions import Sessions


class SqlAccounts(People, Sessions, Factors, Pairings, Pages):
    """Implements `Accounts` and `SecondFactors` of people/ports. Safe in several threads.

    The database must have been migrated.

    `new_id` makes sortable ids, `secret` 128 random bits as text, `below(n)` an unguessable number under n.
    """

    def __init__(
        self,
        database: Database,
        keys: Keys,
        *,
        new_id: Callable[[], str],
        secret: Callable[[], str],
        below: Callable[[int], int],
        hasher: Hasher | None = None,
    ) -> None:
        hasher = hasher or Hasher()
        People.__init__(self, database, hasher, new_id, below)
        Sessions.__init__(self, database, hasher, secret)
        Factors.__init__(self, database, keys, below)
        Pairings.__init__(self, database, new_id, secret, below)
        Pages.__init__(self, database, keys)
