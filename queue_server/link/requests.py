"""Ask over a link and wait for the one answer."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from datetime import timedelta
from time import monotonic

from queue_server.link.ports import Link, Received

RESEND_AFTER = timedelta(seconds=1)


class NoReply(Exception):
    """Nobody answered in time. Whether the request was carried out is unknown: ask again with the same id."""

    code = "no_reply"

    def __init__(self, request_id: str, waited: timedelta) -> None:
        super().__init__(
            f"No reply to request {request_id} within {waited.total_seconds():g} s; "
            "check that the queue server runs, then repeat it with the same id."
        )
        self.request_id = request_id


class Requester:
    """Many threads may ask at once over one link; never from a handler of that link.

    `id_of` finds the request's id in a reply, None where there is none (such a reply is dropped, as is
    a late or repeated one).
    """

    def __init__(self, link: Link, reply_topic: str, id_of: Callable[[bytes], str | None]) -> None:
        self._link, self._id_of = link, id_of
        self._lock = threading.Lock()
        self._open: dict[str, list[Future[bytes]]] = {}
        link.subscribe(reply_topic, self._answered, qos=0)

    def ask(
        self,
        topic: str,
        payload: bytes,
        request_id: str,
        timeout: timedelta,
        resend_after: timedelta = RESEND_AFTER,
        *,
        qos: int = 1,
    ) -> bytes:
        """The reply's payload. The same request is sent again every `resend_after` until `timeout`,
        then `NoReply` is raised."""
        answer: Future[bytes] = Future()
        with self._lock:
            self._open.setdefault(request_id, []).append(answer)
        until = monotonic() + timeout.total_seconds()
        try:
            while (left := until - monotonic()) > 0:
                self._link.publish(topic, payload, qos=qos)
                try:
                    return answer.result(min(left, resend_after.total_seconds()))
                except NotYet:
                    continue
            raise NoReply(request_id, timeout)
        finally:
            with self._lock:
                waiting = self._open.get(request_id, [])
                if answer in waiting:
                    waiting.remove(answer)
                if not waiting:
                    self._open.pop(request_id, None)

    def _answered(self, received: Received) -> None:
        request_id = self._id_of(received.payload)
        if request_id is None:
            return
        with self._lock:
            waiting = self._open.pop(request_id, [])
        for answer in waiting:
            answer.set_result(received.payload)
