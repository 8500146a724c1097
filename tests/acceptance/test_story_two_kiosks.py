"""Two kiosks cut off in both directions, clocks ten minutes wrong, one dead until next day: all is kept."""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from queue_server.link.ports import Address
from queue_server.office_dir import OfficeDir, write_secret
from queue_server.office_file.load import load_office
from queue_server.up.programs import kiosk_program
from tests.acceptance.kiosk_glass import (
    DONE,
    FIRST_SERVICE,
    HOME,
    LOOK_S,
    ORDINARY,
    PRIORITY,
    SERVICES,
    TAKE_NUMBER,
    Offscreen,
    offscreen,
    press,
)
from tests.acceptance.office_process import ROOT, OfficeProcess, journal, office_file, until, verified
from tests.acceptance.test_story_offline import OFFLINE_TICKET as TICKET
from tests.torture.person import Person
from tests.torture.proxy import Cables
from tests.torture.shuffle import Dice

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
FILE = "office-under-test.toml"
A, B = "kiosk-1", "kiosk-2"
DAY_S = 86_400
SEED = 8
"""With these dice the very first message is said twice, and late."""
WRONG_S = {A: -600, B: 600}
"""By how much each kiosk's clock is wrong; the office's is right."""
AHEAD = 12 - datetime.now(UTC).hour
NOON = f"Etc/GMT{-AHEAD:+d}"
"""Where it is about noon now, so that no day turns under the story; POSIX counts westwards."""


def clock_at(seconds: int) -> dict[str, str]:
    """The environment of a program whose wall clock is that much later."""
    fake = {"LD_PRELOAD": str(FAKETIME), "FAKETIME": f"{seconds:+d}", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    fake["FAKETIME_FORCE_MONOTONIC_FIX"] = "0"
    return fake if seconds else {}


SWITCHED_ON = """
import runpy, sys
from pathlib import Path
from devices import clock
clock._BOOT_ID = Path(sys.argv.pop(1))
runpy.run_module("kiosk.main", run_name="__main__", alter_sys=True)
"""
"""The kiosk's program on a machine that has been switched on once more: what tells it is another file."""


@dataclass
class Kiosk:
    """A kiosk's real program, drawn offscreen, and the finger of who stands in front of it."""

    process: subprocess.Popen[bytes]
    state: Path
    glass: Offscreen

    def papers(self) -> list[dict[str, Any]]:
        """Its own journal, as it lies on its disk."""
        path = self.state / "offline" / "papers.journal"
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        return [json.loads(line.split(" ", 1)[1]) for line in lines]

    def kinds(self, kind: str) -> list[dict[str, Any]]:
        return [fact for fact in self.papers() if fact["kind"] == kind]

    def comes_to_the_last_question(self) -> None:
        press(self.glass, HOME, TAKE_NUMBER, SERVICES.on)
        press(self.glass, SERVICES, FIRST_SERVICE, PRIORITY.on)

    def answers_it(self) -> None:
        press(self.glass, PRIORITY, ORDINARY, lambda picture: not PRIORITY.on(picture))

    def goes_home(self) -> None:
        """The citizen is done with the number, or has gone and the screen leaves by itself."""

        def at_home() -> bool:
            picture = self.glass.picture()
            if TICKET.on(picture):
                self.glass.touch(DONE)
            return HOME.on(picture)

        until(at_home, "the first screen again", every_s=LOOK_S)

    def kill(self) -> None:
        """kill -9, as when its plug is pulled."""
        self.process.kill()
        self.process.wait(30)


@contextmanager
def running(command: Sequence[str], log: Path, seconds: int) -> Iterator[subprocess.Popen[bytes]]:
    """A program of a kiosk's machine, whose clock is `seconds` wrong."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **clock_at(seconds)},
            stdin=subprocess.DEVNULL, stdout=out, stderr=out,
        )  # fmt: skip
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


@contextmanager
def kiosk(office: OfficeProcess, id_: str, port: int, seconds: int) -> Iterator[Kiosk]:
    """A machine with kiosk, agent and printer: one clock for all of them."""
    directory, config = OfficeDir(office.dir), load_office(office.dir.parent / FILE)
    (mine,) = (one for one in config.kiosks if one.id == id_)
    state = directory.agent_state(id_)
    with tempfile.TemporaryDirectory(prefix="kiosk-") as folder:
        frames, agent = Path(folder) / "frames", Path(folder) / "agent"
        account = directory.account(f"may-{id_}")
        settings = {
            "agent": account.user, "office": config.id, "state_dir": str(state), "socket": str(agent),
            "printers": [{"id": mine.printer, "address": f"sim:{state / 'slips'}", "dots": 576}],
            "broker": {"host": "127.0.0.1", "port": port, "user": account.user, "password": account.password},
        }  # fmt: skip
        write_secret(state / "agent.json", json.dumps(settings))
        program = kiosk_program(
            directory, replace(config, kiosks=(mine,)), Address("127.0.0.1", port), window=False
        )
        boot = Path(folder) / "boot"
        boot.write_text(f"{id_}-{seconds}", "ascii")
        assert program.command[1:3] == ("-m", "kiosk.main")
        command = [sys.executable, "-c", SWITCHED_ON, str(boot), *program.command[3:]]
        for flag, path in (("--frames-socket", frames), ("--agent-socket", agent)):
            command[command.index(flag) + 1] = str(path)
        of_agent = (sys.executable, "-m", "devices.agent.main", "--config", str(state / "agent.json"))
        with (
            running(of_agent, office.dir / f"agent-{id_}.log", seconds),
            running(command, office.dir / f"{id_}.log", seconds) as process,
        ):
            until(lambda: frames.exists() or process.poll() is not None, f"{id_} draws")
            with offscreen(frames) as glass:
                yield Kiosk(process, directory.kiosk_state(id_), glass)


@contextmanager
def office_of(folder: Path, environment: dict[str, str]) -> Iterator[OfficeProcess]:
    path = folder / FILE
    if not path.exists():
        agents = {f'id = "may-in-{n}"': f'id = "may-in-{n}"\nagent = "may-kiosk-{n}"' for n in (1, 2)}
        office_file(folder, **{'"Asia/Ho_Chi_Minh"': f'"{NOON}"'}, **agents)
    made = OfficeProcess(folder, path, "--headless", environment=environment)
    try:
        made.wait_open()
        yield made
    finally:
        made.stop()


def both(act: Callable[[Kiosk], object], *kiosks: Kiosk) -> None:
    """At the same time, as two citizens do."""
    with ThreadPoolExecutor(len(kiosks)) as pool:
        list(pool.map(act, kiosks))


def issued(office: OfficeProcess) -> dict[str, dict[str, Any]]:
    """Number → event, and no number twice in a day."""
    events = [event for event in journal(office) if event["type"] == "ticket.issued"]
    numbers = [(event["data"]["number"], event["data"]["issued_at"][:10]) for event in events]
    assert len(set(numbers)) == len(numbers)
    return {event["data"]["number"]: event["data"] for event in events}


def test_two_kiosks_cut_off_lose_nothing_and_give_no_number_twice(tmp_path: Path) -> None:
    cables = Cables()
    try:
        with office_of(tmp_path, {}) as office:
            first_day(office, cables)
        with office_of(tmp_path, clock_at(DAY_S)) as office:
            next_day(office, cables)
    finally:
        cables.close()


def first_day(office: OfficeProcess, cables: Cables) -> None:
    ports = {id_: cables.add(id_, office.mqtt) for id_ in (A, B)}
    with (
        kiosk(office, A, ports[A], WRONG_S[A]) as a,
        kiosk(office, B, ports[B], WRONG_S[B]) as b,
    ):
        until(lambda: a.kinds("granted") and b.kinds("granted"), "both have numbers of their own")
        both(Kiosk.comes_to_the_last_question, a, b)
        both(Kiosk.answers_it, a, b)
        until(lambda: len(issued(office)) == 2, "both have a number", every_s=0.5)
        both(Kiosk.goes_home, a, b)
        both(Kiosk.comes_to_the_last_question, a, b)

        cables.silence(A, there=True, back=False)  # the office does not hear it
        cables.silence(B, there=False, back=True)  # it does not hear the office
        gone = datetime.now(UTC)
        both(Kiosk.answers_it, a, b)
        until(lambda: a.kinds("paper") and b.kinds("paper"), "both have given a number of their own")
        given = datetime.now(UTC)
        a.kill()

        dice = Dice(random.Random(SEED))
        cables.shuffle(B, dice)
        cables.silence(B, there=False, back=False)
        until(lambda: b.kinds("home"), "what the living one gave is home")
        b.goes_home()
        b.comes_to_the_last_question()
        b.answers_it()
        until(lambda: len(issued(office)) == 4, "the living one gives numbers as before", every_s=0.5)
        assert dice.done > 0, "something was said twice or out of order"

    (paper,) = a.kinds("paper")
    (other,) = b.kinds("paper")
    here = issued(office)
    aliases = [e["data"] for e in journal(office) if e["type"] == "ticket.alias_given"]
    assert [one["alias"] for one in aliases] == [other["number"]], (
        "the reply was lost: one visit, two numbers"
    )
    assert set(here) == {"A001", "A002", "A003", "A004"}, "and the dead one's paper is not known yet"
    assert paper["number"] not in {*here, other["number"]}
    (office.dir / "story.json").write_text(
        json.dumps({"number": paper["number"], "gone": gone.isoformat(), "given": given.isoformat()})
    )


def next_day(office: OfficeProcess, cables: Cables) -> None:
    story = json.loads((office.dir / "story.json").read_text())
    until(Person(office.base, OfficeDir(office.dir).first_sign_in).confirm_clock, "the clock is believed")
    with kiosk(office, A, cables.add("woken", office.mqtt), WRONG_S[A] + DAY_S) as woken:
        until(lambda: woken.kinds("home"), "what the dead one gave is home")
    paper = issued(office)[story["number"]]
    assert (paper["late"], paper["channel"], paper["kiosk"]) == (True, "offline", A)
    at, near = datetime.fromisoformat(paper["issued_at"]), timedelta(seconds=60)
    gone, given = datetime.fromisoformat(story["gone"]), datetime.fromisoformat(story["given"])
    assert gone - near <= at <= given + near, "yesterday, though its clock is ten minutes wrong"
    assert len([e for e in journal(office) if e["data"].get("number") == story["number"]]) == 1
    assert verified(office)
