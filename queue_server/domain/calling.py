"""The calling policies: pure, seedless choices among the heads of queues.

One interface for the server, the estimator and the simulator. Stated bounds, property-tested: among the
tickets a counter may take,

- fifo: nobody is passed by one who came later;
- strict: a class is passed only by higher classes, until the rescue bound;
- interleaved: a priority head is passed by at most `one_priority_per` ordinary calls of a counter;
- accumulating: A passes B only with rate(A) x wait(A) > rate(B) x wait(B) (Stanford, Taylor & Ziedins,
  Queueing Systems 77 (2014) 297-330);
- short_first: the generalised c-mu index rate x wait / expected service time (van Mieghem, Annals of
  Applied Probability 5 (1995) 809-833);

and in all but fifo nobody whose wait exceeds `rescue_after` is passed by one who has waited less.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from queue_server.domain.office_calling import Calling, PolicyName
from queue_server.domain.office_services import ServiceClass

_RANK = {ServiceClass.PRIORITY: 2, ServiceClass.APPOINTMENT: 1, ServiceClass.ORDINARY: 0}


class Head(NamedTuple):
    """The first ticket of one queue, as a policy sees it. Times in seconds."""

    ticket: str
    service_class: ServiceClass
    waited_s: float
    """Now − since; negative before an appointment's slot."""
    expected_s: float
    """Expected service time of its service."""
    number: str = ""
    """Breaks ties, so that equal heads are always taken in the same order."""


def index(calling: Calling, head: Head) -> tuple[float, float]:
    """How strongly a policy wants a head; the greater goes first. (Interleaved: within one class.)"""
    waited = head.waited_s
    match calling.policy:
        case PolicyName.FIFO | PolicyName.INTERLEAVED:
            return (waited, 0.0)
        case PolicyName.STRICT:
            return (_RANK[head.service_class], waited)
        case PolicyName.ACCUMULATING:
            return (calling.rate(head.service_class) * waited, waited)
        case PolicyName.SHORT_FIRST:
            return (calling.rate(head.service_class) * waited / max(head.expected_s, 1.0), waited)


def choose(calling: Calling, heads: Sequence[Head], ordinary_since_priority: int = 0) -> Head | None:
    """The head to call, None when there is none.

    `ordinary_since_priority` counts this counter's calls of others since its last priority call.
    """
    if not heads:
        return None
    if calling.policy is not PolicyName.FIFO:
        rescue_s = calling.rescue_after.total_seconds()
        late = [h for h in heads if h.waited_s > rescue_s]
        if late:
            return _first(late, lambda h: (h.waited_s, 0.0))
    if calling.policy is PolicyName.INTERLEAVED:
        heads = _turn(calling, heads, ordinary_since_priority)
    return _first(heads, lambda h: index(calling, h))


def _turn(calling: Calling, heads: Sequence[Head], since: int) -> Sequence[Head]:
    """The side whose turn it is, when both sides wait."""
    priority = [h for h in heads if h.service_class is ServiceClass.PRIORITY]
    others = [h for h in heads if h.service_class is not ServiceClass.PRIORITY]
    if not priority or not others:
        return heads
    return priority if since >= calling.one_priority_per else others


def _first(heads: Sequence[Head], key: Callable[[Head], tuple[float, float]]) -> Head:
    best = heads[0]
    best_key = key(best)
    for head in heads[1:]:
        its = key(head)
        if its > best_key or (its == best_key and (head.number, head.ticket) < (best.number, best.ticket)):
            best, best_key = head, its
    return best
