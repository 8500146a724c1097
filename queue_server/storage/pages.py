"""The tokens of citizens' phone pages: made from the ticket with the office's key, of use on one day."""

from datetime import date

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
        if day != self._day:
            self._made, self._day = {}, day
        token = self._keys.page_token(ticket)
        self._made[digest(token)] = (ticket, day)
        return token

    def ticket_of(self, token: str, today: date) -> TicketId | None:
        """The ticket of a token, None when unknown or of another day."""
        key = digest(token)
        made = self._made.get(key)
        if made is not None:
            return made[0] if made[1] == today else None
        query = sa.select(p.c.ticket).where(p.c.token == key, p.c.day == today.isoformat())
        with self._engine.connect() as connection:
            found = connection.execute(query).scalar()
        return None if found is None else TicketId(found)
