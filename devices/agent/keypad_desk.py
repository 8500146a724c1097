"""One keypad's place on the broker: an act becomes one request, told until it is answered or too old."""

import json
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from devices.keypad.acts import Act
from devices.ports import Now
from queue_server.contract.replies import Reply
from queue_server.contract.requests import VERBS
from queue_server.contract.topics import Topics
from queue_server.link.ports import Link, LinkState, Received

_log = logging.getLogger(__name__)

LIFE = timedelta(seconds=5)
"""A press that could not be told within this is not acted on any more: the officer has pressed again."""
AGAIN_AFTER = timedelta(seconds=1)


@dataclass
class _Asked:
    topic: str
    payload: bytes
    until: datetime
    last: datetime


class KeypadDesk:
    """Publishes as the keypad's own account. Safe for several threads; `look` is called twice a second."""

    def __init__(
        self,
        link: Link,
        topics: Topics,
        keypad: str,
        counter: str,
        now: Now,
        new_id: Callable[[], str],
    ) -> None:
        self._link, self._topics, self._keypad, self._counter = link, topics, keypad, counter
        self._now, self._new_id = now, new_id
        self._lock = threading.Lock()
        self._asked: dict[str, _Asked] = {}
        self.last_refusal = ""
        """The code of the last answer that was a no, "" after a yes: for the keypad's health."""

    def start(self) -> None:
        """Call before the link is started."""
        self._link.subscribe(self._topics.reply(self._keypad), self._replied, qos=0)

    def act(self, act: Act) -> None:
        """Asks once, whatever happens on the way: the id is told again, never made anew."""
        now, id_ = self._now(), self._new_id()
        fields: dict[str, object] = {
            "id": id_,
            "counter": self._counter,
            "expires_at": (now + LIFE).isoformat(),
        }
        if act.verb == "call-next":
            fields["end_current"] = True
        if act.verb == "call-number":
            fields["digits"] = act.digits
        request = VERBS[act.verb].model_validate(fields)
        topic = self._topics.request(self._keypad, act.verb)
        asked = _Asked(topic, request.model_dump_json().encode(), now + LIFE, now)
        with self._lock:
            self._asked[id_] = asked
        _log.info("keypad=%s asks %s id=%s", self._keypad, act.verb, id_)
        if self._link.state is LinkState.ONLINE:
            self._link.publish(asked.topic, asked.payload, qos=0)

    def look(self) -> None:
        """Asks again what has no answer, gives up what is too old."""
        now = self._now()
        with self._lock:
            old = [id_ for id_, asked in self._asked.items() if now > asked.until]
            for id_ in old:
                del self._asked[id_]
            due = [asked for asked in self._asked.values() if now - asked.last >= AGAIN_AFTER]
            for asked in due:
                asked.last = now
        for id_ in old:
            _log.warning("keypad=%s got no answer in time: id=%s", self._keypad, id_)
            self.last_refusal = "no_answer"
        if self._link.state is LinkState.ONLINE:
            for asked in due:
                self._link.publish(asked.topic, asked.payload, qos=0)

    def _replied(self, received: Received) -> None:
        try:
            reply = Reply.model_validate_json(received.payload)
        except (ValueError, json.JSONDecodeError):
            _log.warning("a reply that is none was dropped: keypad=%s", self._keypad)
            return
        with self._lock:
            known = self._asked.pop(reply.id, None)
        if known is not None:
            self.last_refusal = reply.refusal.code if reply.refusal else ""
            _log.info("keypad=%s id=%s answer=%s", self._keypad, reply.id, self.last_refusal or "done")
