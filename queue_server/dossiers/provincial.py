"""A provincial system as a source of dossiers: asked seldom, left alone when it fails, never waited for.

A fresh answer is given again from memory. When the system does not answer, or may not be asked now, the last
answer of a day is given with its age; without one the source is unavailable. Names and numbers are not kept:
the full name is asked for anew each time an officer wants it.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from queue_server.codes.normal import normalise
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_dossiers import ProvincialRules
from queue_server.domain.words import Words
from queue_server.dossiers.answer_cache import AnswerCache, Keeping
from queue_server.dossiers.breaker import Breaker
from queue_server.dossiers.factor import digests_of
from queue_server.dossiers.ports import Found, SourceUnavailable
from queue_server.dossiers.provincial_answer import BadAnswer, Told, told_of
from queue_server.dossiers.provincial_maps import AnswerMap, map_of
from queue_server.dossiers.provincial_transport import Transport, Unanswered

NAME = Words("Hệ thống của tỉnh", "The provincial system")
AT_ONCE = 4
"""Questions under way at a time; who comes then is answered from memory, so that threads stay free."""

log = structlog.get_logger("provincial")


@dataclass(slots=True)
class _Line:
    """What belongs to one configuration: a changed one begins anew."""

    rules: ProvincialRules
    transport: Transport
    answer_map: AnswerMap
    cache: AnswerCache
    breaker: Breaker


class ProvincialSource:
    """DossierSource and KnowsApplicants, for several threads. `office` gives the configuration in force."""

    def __init__(
        self,
        office: Callable[[], OfficeConfig | None],
        transport: Callable[[ProvincialRules], Transport],
        now: Callable[[], datetime],
        key: bytes,
    ) -> None:
        self._office, self._transport, self._now, self._key = office, transport, now, key
        self._lock = threading.Lock()
        """Held for the line, its cache and its breaker; never while the system is asked."""
        self._line: _Line | None = None
        self._at_once = threading.BoundedSemaphore(AT_ONCE)

    @property
    def name(self) -> Words:
        config = self._office()
        rules = config.dossiers.provincial if config else None
        return rules.name if rules and rules.name.vi else NAME

    def find(self, code: str) -> Found | None:
        """The dossier, as new as may be. Raises SourceUnavailable."""
        if code.isdigit():
            return None  # no dossier's code, but it may be somebody's number: it stays in the house
        line, now = self._current(), self._now()
        with self._lock:
            line.cache.sweep(now)
            fresh = line.cache.fresh(code, now)
        if fresh is not None:
            return fresh
        try:
            told = self._ask(line, code)
        except Unanswered as failed:
            with self._lock:
                stale = line.cache.stale(code, now)
            log.info("unanswered", why=failed.why, from_memory=stale is not None)
            if stale is None:
                raise SourceUnavailable(failed.why) from None
            return stale
        if told is None:
            with self._lock:
                line.cache.drop(code)
            return None
        found = Found(told.dossier, now, digests_of(self._key, code, told.ids, told.phones))
        with self._lock:
            line.cache.keep(code, found)
        return found

    def applicant(self, code: str) -> str | None:
        """The full name, asked for now and kept nowhere. Raises SourceUnavailable."""
        try:
            told = self._ask(self._current(), code)
        except Unanswered as failed:
            raise SourceUnavailable(failed.why) from None
        return told.name or None if told else None

    def close(self) -> None:
        with self._lock:
            line, self._line = self._line, None
        if line is not None:
            line.transport.close()

    def _current(self) -> _Line:
        config = self._office()
        rules = config.dossiers.provincial if config else None
        if rules is None:
            raise SourceUnavailable("not_configured")
        with self._lock:
            if self._line is not None and self._line.rules == rules:
                return self._line
            before, self._line = self._line, self._made(rules)
            line = self._line
        if before is not None:
            before.transport.close()
        return line

    def _made(self, rules: ProvincialRules) -> _Line:
        answer_map = map_of(rules.mapping, dict(rules.fields), dict(rules.statuses), rules.records)
        keeping = Keeping(fresh=rules.fresh_for, stale=rules.shown_for)
        return _Line(rules, self._transport(rules), answer_map, AnswerCache(keeping), Breaker())

    def _ask(self, line: _Line, code: str) -> Told | None:
        """Raises Unanswered."""
        if not self._at_once.acquire(blocking=False):
            raise Unanswered("busy")
        try:
            with self._lock:
                may, line.breaker = line.breaker.ask(self._now())
            if not may:
                raise Unanswered("left_alone")
            try:
                told = self._told(line, code, line.transport.ask(code))
            except Unanswered:
                with self._lock:
                    line.breaker = line.breaker.failed(self._now())
                raise
            with self._lock:
                line.breaker = line.breaker.succeeded()
            return told
        finally:
            self._at_once.release()

    def _told(self, line: _Line, code: str, data: Any | None) -> Told | None:
        config = self._office()
        if data is None or config is None:
            return None
        try:
            return told_of(data, normalise(code), line.answer_map, config.hours.local)
        except BadAnswer:
            raise Unanswered("no_answer_to_it") from None
        except (TypeError, ValueError, KeyError, AttributeError, RecursionError, OverflowError):
            raise Unanswered("unreadable") from None
