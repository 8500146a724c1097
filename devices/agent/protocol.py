"""The agent's local socket: newline-delimited JSON between a kiosk and the owner of its printer.

A client connects to the Unix socket, writes one question a line and reads one answer a line. Answers come
in the order in which they are ready and carry the question's `id`; a print is answered when its outcome is
known.
"""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from queue_server.contract.states import PrintJob
from queue_server.contract.values import Id, Message, Text

MAX_LINE = 64 * 1024
"""Bytes; a longer line closes the connection."""


class Print(Message):
    """Print `job`. `job.id` is what makes it exactly once: asked again, it answers the first outcome again.

    `job.printer` names the kiosk's printer, or is `default` for the machine's first one.
    """

    do: Literal["print"] = "print"
    id: Id
    job: PrintJob


class AskHealth(Message):
    """How is every device of this machine?"""

    do: Literal["health"] = "health"
    id: Id


class Watch(Message):
    """Like AskHealth, and then again under the same id whenever something changes."""

    do: Literal["watch"] = "watch"
    id: Id


class Test(Message):
    """Show that `device` works: a test slip, the test pattern, a few words. Answered when it is known."""

    do: Literal["test"] = "test"
    id: Id
    device: Id


class Tested(Message):
    """What came of a test. `result` is `ok`, an outcome such as `unconfirmed`, or why not."""

    got: Literal["tested"] = "tested"
    id: Id
    device: Id
    result: Text


class Printed(Message):
    """The one outcome of a job. `failed` carries why; `unconfirmed` must not be shown as "printed"."""

    got: Literal["outcome"] = "outcome"
    id: Id
    job: Id
    outcome: Literal["printed", "unconfirmed", "failed"]
    reason: Text = ""
    """A `devices.ports.Reason`: paper_out, cover_open, offline, timeout, expired, no_proof and so on."""
    printer: Text = ""
    """The spare printer that took over: the slip is there; empty when it is where it was asked for."""


class DeviceHealth(Message):
    device: Id
    kind: Literal["printer", "display", "keypad", "speaker"] = "printer"
    state: Literal["ready", "degraded", "lost"]
    can_print: bool
    """False only when it is known that a slip would not come out."""
    health: dict[str, str] = Field(default_factory=dict)
    """paper = ok | near_end | out | unknown, cover = closed | open | unknown, error, detail."""
    spare: Text = ""
    """The printer that takes this one's jobs over; empty without one."""


class Healths(Message):
    got: Literal["health"] = "health"
    id: Id
    devices: tuple[DeviceHealth, ...]


class NotUnderstood(Message):
    """The line was no question of this protocol; nothing was done."""

    got: Literal["not_understood"] = "not_understood"
    id: Text = ""
    sentence: Text


Question = Annotated[Print | AskHealth | Watch | Test, Field(discriminator="do")]
Answer = Annotated[Printed | Healths | Tested | NotUnderstood, Field(discriminator="got")]

_QUESTION: TypeAdapter[Print | AskHealth | Watch | Test] = TypeAdapter(Question)
_ANSWER: TypeAdapter[Printed | Healths | Tested | NotUnderstood] = TypeAdapter(Answer)


def line(message: Message) -> bytes:
    """One message as a line, its newline included."""
    return message.model_dump_json().encode() + b"\n"


def read_question(raw: bytes) -> Print | AskHealth | Watch | Test:
    """Raises ValueError (pydantic's) for anything else."""
    return _QUESTION.validate_json(raw)


def read_answer(raw: bytes) -> Printed | Healths | Tested | NotUnderstood:
    """Raises ValueError (pydantic's) for anything else."""
    return _ANSWER.validate_json(raw)
