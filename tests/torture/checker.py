"""The independent judge of a round: reads what was left behind and names every broken promise."""

import hashlib
import json
from collections.abc import Iterator

from tests.torture.evidence import Evidence, Line
from tests.torture.history import History, tell

ACTS = frozenset({
    "issue", "cancel", "call-next", "start", "end", "no-show", "come-back", "park", "unpark", "transfer",
    "recall", "sign-on", "open", "pause", "slip-done", "reprint",
})  # fmt: skip
"""Verbs whose yes must be found in the journal."""
NOT_KEPT = frozenset({"storage_failed", "draining"})
"""Refusals after which nothing is known: the client asks again."""
FIELDS = (
    "seq",
    "id",
    "type",
    "version",
    "at",
    "data",
    "command_id",
    "by_role",
    "by_id",
    "by_where",
    "boot_id",
    "monotonic",
)


def check(found: Evidence) -> list[str]:
    """Sentences `kind: what`; empty when every promise held."""
    history = tell(found.journal)
    return [
        *history.problems,
        *_chain(found),
        *_acts(found, history),
        *_seen(found, history),
        *_slips(found, history),
        *_displays(found.panel, history),
        *_last_look(found, history),
    ]


def _chain(found: Evidence) -> Iterator[str]:
    """The hashes, computed here as the format's page says, and what the product's own check said."""
    previous = ""
    for row in found.journal:
        fields = [row[name] for name in FIELDS]
        fields[5] = _text(row["data"])
        if hashlib.sha256(_text([previous, *fields]).encode()).hexdigest() != row["hash"]:
            yield f"chain: row {row['seq']} does not follow from the row before it"
        previous = row["hash"]
    if found.verify:
        yield f"chain: motcua journal verify: {found.verify}"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _acts(found: Evidence, history: History) -> Iterator[str]:
    """Every yes is in the journal as it was told, every no is not, the same id had one answer."""
    made: dict[str, list[Line]] = {}
    for row in found.journal:
        made.setdefault(row["command_id"], []).append(row)
    verbs = {(a["user"], a["id"]): a["verb"] for a in found.clients if a["do"] == "ask"}
    answers: dict[tuple[str, str], str] = {}
    for line in (line for line in found.clients if line["do"] == "reply"):
        reply, key = line["reply"], (line["user"], line["id"])
        code = (reply.get("refusal") or {}).get("code", "")
        if code in NOT_KEPT or (not reply["ok"] and code == "bad_request" and key not in verbs):
            continue
        text = _text(reply)
        if answers.setdefault(key, text) != text:
            yield f"answers: {key[0]} was answered {key[1]} in two ways"
        rows = made.get(f"{key[0]}.{key[1]}", [])
        verb = verbs.get(key)
        if not reply["ok"]:
            if rows:
                yield f"refused but done: {key[0]} {verb} {key[1]} ({code})"
        elif verb in ACTS and not rows:
            yield f"lost: {key[0]} {verb} {key[1]} was acknowledged and is not in the journal"
        elif verb == "issue":
            told = reply["issued"]["ticket"]
            if history.numbers.get(told["ticket"]) != told["number"]:
                yield f"lost: {told['number']} was told to {key[0]} and is not in the journal as that"


def _seen(found: Evidence, history: History) -> Iterator[str]:
    """Whatever a kiosk showed a citizen is in the books, under that number, and no two saw the same one."""
    known = {(ticket, number) for ticket, number in history.numbers.items()}
    aliases = {number for numbers in history.aliases.values() for number in numbers}
    for line in (line for line in found.clients if line["do"] == "seen"):
        if (line["ticket"], line["number"]) not in known and line["number"] not in aliases:
            yield f"lost: {line['number']} was seen at {line['user']} and is not in the journal as that"


def _slips(found: Evidence, history: History) -> Iterator[str]:
    """Every slip that came out is known with one outcome, and none that is said to be printed is missing."""
    for job, outcomes in history.outcomes.items():
        if len(outcomes) > 1:
            yield f"slip: job {job} has {len(outcomes)} outcomes"
        if outcomes[0] == "printed" and job not in found.slips:
            yield f"slip: job {job} is said to be printed and never came out"
        if outcomes[0] == "failed" and job in found.slips:
            yield f"slip: job {job} is said to have failed and came out"
    for job in sorted(found.slips - set(history.outcomes)):
        yield f"slip: job {job} came out and nobody knows"


def _displays(panel: list[Line], history: History) -> Iterator[str]:
    """What a counter's display showed was the truth at the version it named."""
    for line in panel:
        if line["do"] != "state" or not line["topic"].startswith("counter/"):
            continue
        state = line["state"]
        truth = history.at_counter(state["counter"], state["version"])
        if (state["state"], state["number"]) != truth:
            yield (
                f"display: {state['counter']} showed {state['state']} {state['number']} at version "
                f"{state['version']}, where it was {truth[0]} {truth[1]}"
            )


def _last_look(found: Evidence, history: History) -> Iterator[str]:
    """In the quiet at the end a display shows the truth, or has been told that the server is lost."""
    for who, lines in (("the panel", found.panel), ("a fresh panel", found.fresh)):
        last: dict[str, Line] = {}
        for line in lines:
            if line["do"] == "state":
                last[line["topic"]] = line["state"]
        if not lines or last.get("server/state", {}).get("state") == "lost":
            continue
        for counter in history.counters:
            state = last.get(f"counter/{counter}/state")
            truth = history.at_counter(counter, 2**62)
            if state is None:
                yield f"display: {who} was shown nothing of {counter}"
            elif (state["state"], state["number"]) != truth:
                left = f"{counter} {state['state']} {state['number']}"
                yield f"display: {who} is left with {left}, it is {truth}"
