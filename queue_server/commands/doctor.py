"""`motcua doctor`: looks at an installation and says what to mend."""

import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import typer

from queue_server.commands.doctor_devices import devices, logs, revoked
from queue_server.commands.doctor_doors import certificates, secrets_kept
from queue_server.commands.doctor_office import clock_in_doubt, papers, second_factors
from queue_server.commands.finding import Finding
from queue_server.commands.screen import console
from queue_server.commands.shared import HERE, DirOption


def doctor(dir: DirOption = HERE) -> None:
    """Check this installation and say what to fix. Exit 1 when something must be mended."""
    findings = []
    for look in LOOKS:
        for finding in _safely(look, dir.expanduser().absolute()):
            findings.append(finding)
            mark = {True: "[green]✓[/]", False: "[red]✗[/]", None: "[yellow]![/]"}[finding.ok]
            console.print(f"{mark} {finding.what}: {finding.said}", highlight=False)
            if finding.mend:
                console.print(f"    → {finding.mend}", highlight=False)
    raise typer.Exit(1 if any(f.ok is False for f in findings) else 0)


def _safely(look: Callable[[Path], Iterator[Finding]], root: Path) -> Iterator[Finding]:
    try:
        yield from look(root)
    except Exception as problem:
        yield Finding(look.__name__.strip("_"), False, f"{type(problem).__name__}: {problem}")


def _python(_: Path) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    fits = (3, 11) <= sys.version_info[:2] <= (3, 13)
    yield Finding("Python", fits, version, "" if fits else "Use Python 3.11, 3.12 or 3.13.")


def _directory(root: Path) -> Iterator[Finding]:
    from queue_server.office_dir import DirectoryTrouble, OfficeDir

    if not root.exists():
        yield Finding("directory", None, f"{root} is not there yet", f"motcua up --dir {root}")
        return
    try:
        OfficeDir(root).prepare()
        free = shutil.disk_usage(root).free // 1_000_000
        low = free < 1000
        yield Finding(
            "directory",
            None if low else True,
            f"{root}, {free} MB free",
            "Free some space: a busy office writes about 10 MB a day." if low else "",
        )
    except DirectoryTrouble as problem:
        yield Finding("directory", False, str(problem))


def _office_file(root: Path) -> Iterator[Finding]:
    from queue_server.office_dir import OfficeDir
    from queue_server.office_file.load import check_office
    from queue_server.office_file.problems import lines

    path = OfficeDir(root).office_file
    if not path.exists():
        yield Finding("office file", None, "none yet; the first start writes the sample commune")
        return
    config, problems = check_office(path.read_text("utf-8-sig"), str(path), path.parent)
    if config is None:
        yield Finding("office file", False, "; ".join(lines(problems, "en")), f"motcua office check {path}")
    else:
        words = f"{config.short_name.vi}, {len(config.services)} services, {len(config.counters)} counters"
        yield Finding("office file", None if problems else True, words, "; ".join(lines(problems, "en")))


def _broker(_: Path) -> Iterator[Finding]:
    from queue_server.broker.embedded import nats_binary
    from queue_server.broker.errors import BrokerMissing

    try:
        yield Finding("embedded broker", True, nats_binary().name)
    except BrokerMissing as problem:
        yield Finding("embedded broker", None, str(problem))


def _kiosk(_: Path) -> Iterator[Finding]:
    if find_spec("kivy") is None:
        yield Finding("kiosk", None, "Kivy is not here", "pip install 'motcua[kiosk]' on kiosk machines")
    else:
        yield Finding("kiosk", True, "Kivy is here")
    if find_spec("escpos") is None:
        yield Finding("printers", None, "python-escpos is not here", "pip install 'motcua[devices]'")
    else:
        yield Finding("printers", True, "python-escpos is here")


def _voice(root: Path) -> Iterator[Finding]:
    from assets.clips import ClipStore
    from queue_server.office_dir import OfficeDir
    from queue_server.office_file.load import load_office
    from queue_server.web.hall.announce import sound_check

    office = OfficeDir(root)
    if not office.office_file.exists():
        return
    missing = sound_check(load_office(office.office_file), ClipStore(office.sounds))
    said = (
        f"{len(missing)} clips missing: {', '.join(missing[:5])}" if missing else "every call can be spoken"
    )
    yield Finding("voice", not missing, said, "motcua display --sound-check" if missing else "")


def _clock(_: Path) -> Iterator[Finding]:
    from queue_server.clock import SystemClock, kernel_clock

    clock, kernel, mend = SystemClock(), kernel_clock(), "Set a time server: timedatectl set-ntp true"
    if not clock.synchronised():
        yield Finding("clock", False, "not synchronised", mend)
    elif kernel is not None and not kernel.synchronised:
        yield Finding("clock", None, f"{clock.now():%Y-%m-%d %H:%M} UTC, no time service says so", mend)
    else:
        bound = "" if kernel is None else f", off by {kernel.off_by_at_most.total_seconds():.3f} s at most"
        yield Finding("clock", True, f"{clock.now():%Y-%m-%d %H:%M} UTC{bound}")


def _running(root: Path) -> Iterator[Finding]:
    from queue_server.office_dir import DirectoryTrouble, OfficeDir
    from queue_server.web.own_pages import health

    try:
        noted = OfficeDir(root).noted_running()
    except DirectoryTrouble:
        yield Finding("running office", None, "none from this directory")
        return
    try:
        status, _ = health(noted.base, noted.certificate, within_s=3)
        yield Finding("running office", status == 200, f"{noted.base} answers")
    except OSError as problem:
        yield Finding("running office", False, f"{noted.base}: {problem}", f"Look into {root / 'logs'}.")
    with socket.socket() as probe:
        probe.settimeout(2)
        reached = probe.connect_ex(noted.mqtt) == 0
        mend = "" if reached else "Start the broker: motcua up does, or systemctl start mosquitto."
        yield Finding("broker", reached, f"{noted.mqtt[0]}:{noted.mqtt[1]}", mend)


def _journal(root: Path) -> Iterator[Finding]:
    from queue_server.commands.journal import database_of
    from queue_server.storage.keys import PUBLIC_FILE
    from queue_server.storage.verify import verify

    office, database = database_of(root, must_exist=False)
    if database.is_sqlite and not database.path.exists():
        return
    problems = verify(database, (office.secrets / PUBLIC_FILE).read_text().strip())
    said = "whole"
    if problems:
        said = f"{len(problems)} problems, first at event {problems[0].seq}: {problems[0].sentence}"
    mend = "Keep this directory as it is, and restore the last backup elsewhere." if problems else ""
    yield Finding("journal", not problems, said, mend)


LOOKS: tuple[Callable[[Path], Iterator[Finding]], ...] = (
    _python,
    _directory,
    _office_file,
    certificates,
    secrets_kept,
    _broker,
    _kiosk,
    devices,
    revoked,
    logs,
    _voice,
    _clock,
    _running,
    clock_in_doubt,
    papers,
    second_factors,
    _journal,
)
"""In the order in which an installation comes to life."""
