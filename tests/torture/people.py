"""The people of a tortured office, as programs of their own: kiosks, officers, and one who only looks.

`python -m tests.torture.people kiosks|officers|panel PLAN`. Each appends what it asked and heard to its log
before it goes on, and takes its unanswered requests up again after a kill.
"""

import asyncio
import json
import random
import signal
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic, time
from typing import Any

from tests.torture.wire import Wire, _Client


class Journal:
    """A client's own log, JSON Lines. What was in it before is in `before`."""

    def __init__(self, path: Path) -> None:
        self.before = lines_of(path)
        torn = path.exists() and path.read_bytes()[-1:] not in (b"", b"\n")
        self._file = path.open("ab")
        if torn:
            self._file.write(b"\n")

    def __call__(self, **line: Any) -> None:
        self._file.write(json.dumps({"t": monotonic(), "wall": time(), **line}).encode() + b"\n")
        self._file.flush()


def lines_of(path: Path) -> list[dict[str, Any]]:
    """The whole lines of a log; one that a kill tore is left out."""
    found: list[dict[str, Any]] = []
    if path.exists():
        for line in path.read_bytes().split(b"\n"):
            with suppress(ValueError):
                found.append(json.loads(line))
    return found


class Kiosk:
    """Issues, prints through its machine's agent, tells the outcome; sometimes cancels, sometimes repeats."""

    def __init__(self, plan: dict[str, Any], user: str, chance: random.Random) -> None:
        self._plan, self._user, self._chance = plan, user, chance
        self._log = Journal(Path(plan["logs"]) / f"{user}.jsonl")
        self._wire = Wire(plan, user, self._log, f"k{chance.randrange(10**6)}")
        self._made = 0

    def _id(self) -> str:
        self._made += 1
        return f"{self._user}-{self._chance.randrange(10**12)}-{self._made}"

    async def live(self, quiet: Path) -> None:
        old = await self._catch_up()
        while not quiet.exists():
            id_ = self._id()
            reply = await self._ask("issue", id=id_, services=[self._chance.choice(self._plan["services"])])
            if reply["ok"]:
                old.append(id_)
                await self._after(reply)
            elif self._chance.random() < 0.5:
                await asyncio.sleep(0.3)
            if old and self._chance.random() < 0.2:
                again = self._chance.choice(old)
                self._wire.say(
                    "issue", {"id": again, "services": [self._chance.choice(self._plan["services"])]}
                )
            await asyncio.sleep(self._chance.uniform(0.05, 0.4))
        self._wire.close()

    async def _ask(self, verb: str, **body: Any) -> dict[str, Any]:
        return await self._wire.ask(verb, twice=self._chance.random() < 0.2, **body)

    async def _catch_up(self) -> list[str]:
        """What an earlier life began: requests without an end, tickets without a slip, slips untold."""
        asked = {e["id"]: e for e in self._log.before if e["do"] == "ask"}
        done = {e["id"] for e in self._log.before if e["do"] == "done"}
        replies = {e["id"]: e["reply"] for e in self._log.before if e["do"] == "reply" and e["id"] in done}
        settled = {e["ticket"] for e in self._log.before if e["do"] == "settled"}
        for id_, ask in asked.items():
            if id_ not in done and ask["verb"] == "issue":
                replies[id_] = await self._ask("issue", **ask["body"])
        for reply in replies.values():
            if reply["ok"] and reply.get("issued") and reply["issued"]["ticket"]["ticket"] not in settled:
                await self._after(reply)
        return [i for i in done if asked.get(i, {}).get("verb") == "issue"]

    async def _after(self, reply: dict[str, Any]) -> None:
        issued = reply["issued"]
        ticket, job = issued["ticket"]["ticket"], issued["job"]
        outcome, reason = await self._print(job, ticket, issued["slip"])
        await self._ask("slip-done", id=f"sd-{job}", ticket=ticket, job=job, outcome=outcome, reason=reason)
        if self._chance.random() < 0.06:
            await self._ask("cancel", id=f"cx-{job}", ticket=ticket, reason="")
        self._log(do="settled", ticket=ticket)

    async def _print(self, job: str, ticket: str, slip: dict[str, Any]) -> tuple[str, str]:
        expires = slip["issued_at"][:2] + "99" + slip["issued_at"][4:]
        asked = {"id": job, "ticket": ticket, "printer": "default", "slip": slip, "expires_at": expires}
        question = {"do": "print", "id": job, "job": asked}
        while True:
            with suppress(OSError, ValueError, TimeoutError, asyncio.TimeoutError):
                reader, writer = await asyncio.open_unix_connection(self._plan["socket"])
                try:
                    writer.write(json.dumps(question).encode() + b"\n")
                    answer = json.loads(await asyncio.wait_for(reader.readline(), 5))
                    if answer["got"] == "outcome":
                        self._log(
                            do="slip", job=job, ticket=ticket, **{k: answer[k] for k in ("outcome", "reason")}
                        )
                        return answer["outcome"], answer["reason"]
                    self._log(do="odd", answer=answer)
                finally:
                    writer.close()
            await asyncio.sleep(0.2)


class Officers:
    """One at each counter, and now and then a second one who presses at the same time."""

    def __init__(self, plan: dict[str, Any], chance: random.Random) -> None:
        self._plan, self._chance = plan, chance
        self._log = Journal(Path(plan["logs"]) / "operator.jsonl")
        self._wire = Wire(plan, "operator", self._log, f"o{chance.randrange(10**6)}")
        self._made = 0

    async def live(self, quiet: Path) -> None:
        asked = {e["id"]: e for e in self._log.before if e["do"] == "ask"}
        done = {e["id"] for e in self._log.before if e["do"] == "done"}
        await asyncio.gather(*(self._ask(e["verb"], **e["body"]) for i, e in asked.items() if i not in done))
        await asyncio.gather(*(self._counter(c, quiet) for c in self._plan["counters"]))
        self._wire.close()

    async def _ask(self, verb: str, **body: Any) -> dict[str, Any]:
        self._made += 1
        body.setdefault("id", f"op-{self._chance.randrange(10**12)}-{self._made}")
        return await self._wire.ask(verb, twice=self._chance.random() < 0.15, **body)

    async def _counter(self, counter: str, quiet: Path) -> None:
        chance = self._chance
        while not quiet.exists():
            reply = await self._ask("call-next", counter=counter)
            if not reply["ok"]:
                code = reply["refusal"]["code"]
                if code == "nobody_waiting":
                    await asyncio.sleep(0.3)
                else:
                    await self._ask("sign-on", counter=counter, officer=f"officer-{counter}")
                    await self._ask("open", counter=counter)
                    await self._ask(chance.choice(("end", "no-show")), counter=counter)
                    await asyncio.sleep(0.1)
                continue
            ticket = reply["acted"]["ticket"]["ticket"]
            if chance.random() < 0.1:
                await asyncio.gather(*(self._ask("call-next", counter=c) for c in (counter, counter)))
            if chance.random() < 0.2:
                await self._ask("recall", counter=counter, expected=ticket)
            if chance.random() < 0.15:
                await self._ask("no-show", counter=counter, expected=ticket)
                if chance.random() < 0.5:
                    await self._ask("come-back", ticket=ticket)
                continue
            await self._ask("start", counter=counter, expected=ticket)
            await asyncio.sleep(chance.uniform(0.02, 0.2))
            how = chance.random()
            if how < 0.1:
                await self._ask("transfer", ticket=ticket, service=chance.choice(self._plan["services"]))
            elif how < 0.2:
                await self._ask(
                    "park", ticket=ticket, by=chance.choice(("citizen", "office")), reason="đợi giấy"
                )
                await self._ask("unpark", ticket=ticket)
            elif how < 0.25:
                await self._ask("reprint", ticket=ticket, printer=self._plan["printer"])
                await self._ask("end", counter=counter, expected=ticket)
            else:
                await self._ask("end", counter=counter, expected=ticket)
            if chance.random() < 0.03:
                await self._ask("pause", counter=counter, reason="Nghỉ giải lao")
                await self._ask("open", counter=counter)


class Panel:
    """Writes down every state it is shown, and when its line was gone."""

    def __init__(self, plan: dict[str, Any], log: Path) -> None:
        self._plan, self._log = plan, Journal(log)

    async def look(self, until: asyncio.Event) -> None:
        count = random.randrange(10**6)
        while not until.is_set():
            count += 1
            with suppress(OSError, TimeoutError, asyncio.TimeoutError):
                root = self._plan["root"]
                client = await _Client.connect(
                    self._plan["port"], f"observer-p{count}", "observer", self._plan["accounts"]["observer"],
                    f"{root}/counter/+/state", self._shown)  # fmt: skip
                assert isinstance(client, _Client)
                self._log(do="connected")
                for number, filter_ in enumerate(("server/state", "board/+/state", "service/+/state"), 2):
                    raw = f"{root}/{filter_}".encode()
                    body = number.to_bytes(2, "big") + len(raw).to_bytes(2, "big") + raw + b"\0"
                    client._write(b"\x82" + bytes([len(body)]) + body)
                lost, ended = asyncio.ensure_future(client.lost.wait()), asyncio.ensure_future(until.wait())
                await asyncio.wait((lost, ended), return_when=asyncio.FIRST_COMPLETED)
                client.close()
            self._log(do="lost")
            with suppress(TimeoutError, asyncio.TimeoutError):
                await asyncio.wait_for(until.wait(), 0.1)

    def _shown(self, topic: bytes, payload: bytes) -> None:
        where = topic.decode().removeprefix(f"{self._plan['root']}/")
        self._log(do="state", topic=where, state=json.loads(payload))


async def _main(role: str, plan: dict[str, Any]) -> None:
    chance, quiet = random.Random(), Path(plan["quiet"])
    if role == "kiosks":
        await asyncio.gather(*(Kiosk(plan, user, chance).live(quiet) for user in plan["kiosks"]))
    elif role == "officers":
        await Officers(plan, chance).live(quiet)
    else:
        until = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, until.set)
        await Panel(plan, Path(plan["logs"]) / f"{role}.jsonl").look(until)


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1], json.loads(Path(sys.argv[2]).read_text())))
