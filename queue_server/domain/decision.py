"""What a rule answers: the events that a command makes, in their order, or a refusal."""

from queue_server.domain.events import Event
from queue_server.domain.refusals import Refusal

Decision = list[Event] | Refusal
