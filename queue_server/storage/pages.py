"""The tokens of citizens' phone pages: made from the ticket with the office's key, of use while it counts."""

from collections.abc import Iterable
from datetime import date
from hmac import compare_digest

import sqlalchemy as sa

from queue_server.domain.ids import TicketId
from queue_server.storage.database import Database
from queue_server.storage.keys import Keys, digest
from queue_server.storage.tables import page_tokens as p


class Pages:
    """The part of Accounts for page tokens.

    The journal keeps a token's hash in the transaction that issues its ticket; what is asked for before that
    commit is remembered here, so that making a token never writes.
    """

    def __init__(self, database: Database, keys: Keys) -> None:
        self._engine, self._keys = database.engine, keys
        self._made: dict[bytes, tuple[TicketId, date]] = {}
        self._day: date | None = None

    def page_token(self, ticket: TicketId, day: date) -> str:
        """The unguessable token of a ticket's phone page; the same for the same ticket."""
        token = self._keys.page_token(ticket)
        if self._day is None or day > self._day:
            self._made, self._day = {}, day
        if day == self._day:
            self._made[digest(token)] = (ticket, day)
        return token

    def ticket_of(self, token: str, today: date, kept: Iterable[TicketId] = ()) -> TicketId | None:
        """The ticket of a token, None when unknown or of another day; `kept` are those that count today as
        well, though they were given on an earlier day."""
        found = self._of_day(token, today)
        if found is None:
            given = token.encode()
            found = next((t for t in kept if compare_digest(self._keys.page_token(t).encode(), given)), None)
        return found

    def _of_day(self, token: str, today: date) -> TicketId | None:
        key = digest(token)
        made = self._made.get(key)
        if made is not None:
            return made[0] if made[1] == today else None
        query = sa.select(p.c.ticket).where(p.c.token == key, p.c.day == today.isoformat())
        with self._engine.connect() as connection:
            found = connection.execute(query).scalar()
        return None if found is None else TicketId(found)
