"""Print jobs that the server asked for: published again until their outcome or their expiry."""

from datetime import datetime, timedelta

from queue_server.contract.states import PrintJob
from queue_server.contract.topics import Topics
from queue_server.domain import commands as c
from queue_server.domain.ids import CommandId, JobId, TicketId
from queue_server.domain.office import Office
from queue_server.engine.ports import Engine
from queue_server.link.ports import Link
from queue_server.mqtt.replies import PageUrl, slip_of

LIFE = timedelta(seconds=60)
"""A slip wanted a minute ago is wanted no more: the job fails as expired."""
LEASE = timedelta(seconds=30)
"""How long an agent may still print a job that it took in time: its outcome counts until then."""
AGAIN_AFTER = timedelta(seconds=5)


class Jobs:
    """Follows `office.jobs`. `look` is called at every commit and every second, on one thread."""

    def __init__(self, link: Link, topics: Topics, engine: Engine, page_url: PageUrl) -> None:
        self._link, self._topics, self._engine, self._page_url = link, topics, engine, page_url
        self._last: dict[JobId, datetime] = {}
        self._given_up: set[JobId] = set()

    def look(self, office: Office, now: datetime) -> None:
        """Publish what is due, give up what has expired, forget what has its outcome."""
        for id_ in [id_ for id_ in self._last if id_ not in office.jobs]:
            del self._last[id_]
        self._given_up &= set(office.jobs)
        for id_, job in office.jobs.items():
            ticket = office.tickets.get(job.ticket)
            if now > job.asked_at + LIFE + LEASE or ticket is None:
                self._give_up(id_, job.ticket)
            elif now > job.asked_at + LIFE:
                continue
            elif id_ not in self._last or now - self._last[id_] >= AGAIN_AFTER:
                self._last[id_] = now
                page = self._page_url(office.config, ticket) if office.config else ""
                message = PrintJob(
                    id=id_,
                    ticket=job.ticket,
                    printer=job.printer,
                    slip=slip_of(office, ticket, page, now, reprint=job.reprint),
                    expires_at=job.asked_at + LIFE,
                )
                topic = self._topics.printer_job(job.printer)
                self._link.publish(topic, message.model_dump_json().encode())

    def _give_up(self, id_: JobId, ticket: str) -> None:
        if id_ in self._given_up:
            return
        self._given_up.add(id_)
        self._engine.submit(
            c.RecordSlip(
                id=CommandId(f"server.{id_}-expired"),
                by=c.SYSTEM,
                ticket=TicketId(ticket),
                job=id_,
                outcome="failed",
                reason="expired",
                reprint=True,
            )
        )
