"""Decides a batch of commands, each on the state folded from those before it. Pure but for its arguments."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import structlog

from queue_server.domain.commands import Command, NoteClockStep, Tick
from queue_server.domain.events import Event
from queue_server.domain.ids import CommandId
from queue_server.domain.office import Office
from queue_server.domain.refusals import Refusal
from queue_server.engine.ports import Answer, Append, Recorded

_log = structlog.get_logger("engine")

Decide = Callable[[Office, Command, datetime], Sequence[Event] | Refusal]
Render = Callable[[Office, Command, Sequence[Event] | Refusal, datetime], str]
"""The edge's reply as text: (office after the command, command, what was decided, instant)."""


class Evolve(Protocol):
    def __call__(
        self, office: Office, event: Event, /, *, at: datetime, seq: int, command_id: CommandId
    ) -> Office: ...


def no_words(_office: Office, _command: Command, _decided: Sequence[Event] | Refusal, _at: datetime) -> str:
    """No reply is stored."""
    return ""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How this office decides, folds and words its answers."""

    decide: Decide
    evolve: Evolve
    render: Render = no_words


@dataclass(slots=True)
class Batch:
    """What a batch came to: the state after it, what to append, and an answer or an error per command."""

    office: Office
    appends: list[Append] = field(default_factory=list)
    answers: dict[CommandId, Answer] = field(default_factory=dict)
    errors: dict[CommandId, Exception] = field(default_factory=dict)


def decide_batch(
    batch: Batch,
    commands: Sequence[Command],
    known: Mapping[CommandId, Answer],
    behaviour: Behaviour,
    now: Callable[[], datetime],
    monotonic: Callable[[], float],
    new_id: Callable[[], str],
    boot_id: str,
) -> None:
    """Decide the commands in order, after those that are in the batch already, and add them to it; those in
    `known`, or there twice, are not decided again."""
    for command in commands:
        if command.id in known or command.id in batch.answers:
            continue
        try:
            _decide_one(batch, command, behaviour, now, monotonic, new_id, boot_id)
        except Exception as defect:
            _log.exception("command_failed", command=type(command).__name__, id=command.id)
            batch.errors[command.id] = defect


def _decide_one(
    batch: Batch,
    command: Command,
    behaviour: Behaviour,
    now: Callable[[], datetime],
    monotonic: Callable[[], float],
    new_id: Callable[[], str],
    boot_id: str,
) -> None:
    office = batch.office
    at = now()
    if office.at is not None and at < office.at:
        at = office.at
    decided = behaviour.decide(office, command, at)
    if isinstance(decided, Refusal):
        outcome = behaviour.render(office, command, decided, at)
        answer = Answer(command.id, at, (), decided, office.seq, False, outcome)
        batch.appends.append(Append(command, (), answer))
        batch.answers[command.id] = answer
        return
    seq, recorded, beat = office.seq, [], monotonic()
    for event in decided:
        seq += 1
        office = behaviour.evolve(office, event, at=at, seq=seq, command_id=command.id)
        recorded.append(Recorded(seq, new_id(), at, event, command.id, command.by, boot_id, beat, ""))
    outcome = behaviour.render(office, command, decided, at)
    answer = Answer(command.id, at, tuple(decided), None, seq, False, outcome)
    if recorded or not isinstance(command, Tick | NoteClockStep):
        batch.appends.append(Append(command, tuple(recorded), answer))
    batch.answers[command.id] = answer
    batch.office = office
