"""Device accounts in force: rotated and revoked ones reach the running broker and this machine's programs."""

from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic

import structlog

from queue_server.broker.accounts import BrokerAccount, Role
from queue_server.broker.embedded import EmbeddedBroker
from queue_server.broker.errors import BrokerTrouble
from queue_server.domain.office_config import OfficeConfig
from queue_server.link.ports import Address
from queue_server.office_dir import SERVER, DeviceAccount, DirectoryTrouble, OfficeDir, write_secret
from queue_server.up.children import Child
from queue_server.up.cut_off import SHUT_OUT_S, CutOff
from queue_server.up.programs import LOCAL_AGENT, agent_program

log = structlog.get_logger("up")

_ROLES = {
    "server": Role.SERVER,
    "kiosk": Role.KIOSK,
    "agent": Role.PRINTER_AGENT,
    "keypad": Role.KEYPAD,
    "display": Role.DISPLAY,
    "observer": Role.OBSERVER,
    "operator": Role.KEYPAD,
}
"""Kind of device account → rights on the broker. An operator publishes and reads like a keypad: its own
requests, its own replies and the public states; which verbs it may use is the server's to say."""


AGAIN_AFTER_S = 5.0

_TROUBLE = (BrokerTrouble, DirectoryTrouble, OSError, ValueError)
"""ValueError: an account in the file that no broker takes."""


def broker_account(account: DeviceAccount) -> BrokerAccount:
    """Raises ValueError for a name, password or kind that no broker takes."""
    role = _ROLES.get(account.kind)
    if role is None:
        raise ValueError(f"The account {account.user} is of no known kind: {account.kind}.")
    return BrokerAccount(account.user, role, account.password, account.devices)


class AccountWatch:
    """Carries out what is changed in the file of the device accounts, and shuts out who floods the broker."""

    def __init__(
        self, office: OfficeDir, config: OfficeConfig, broker: Address, accounts: Sequence[DeviceAccount]
    ) -> None:
        self._office, self._config, self._where = office, config, broker
        self._in_force = {a.user: a for a in accounts}
        self._shut_out: frozenset[str] = frozenset()
        self._cut_off = CutOff(office.cut_off_folder)
        self._seen = self._stamp()
        self._again_at: float | None = None
        self._trouble = ""

    def look(
        self, broker: EmbeddedBroker | None, children: Sequence[Child], say: Callable[[str], None]
    ) -> None:
        """Put in force what has been written or asked for since the last look. What cannot be carried out is
        said once and tried again every few seconds; until then the old accounts hold. Raises nothing."""
        again = self._again_at is not None and monotonic() >= self._again_at
        try:
            stamp, moved = self._stamp(), self._cut_off.look()
            if stamp == self._seen and not moved and not again:
                return
            self._seen = stamp
            self._put_in_force(broker, children, say)
            self._again_at, self._trouble = None, ""
        except _TROUBLE as problem:
            self._again_at = monotonic() + AGAIN_AFTER_S
            if str(problem) != self._trouble:
                self._trouble = str(problem)
                say(f"The device accounts stay as they were: {problem}")

    def _put_in_force(
        self, broker: EmbeddedBroker | None, children: Sequence[Child], say: Callable[[str], None]
    ) -> None:
        shut_out = self._cut_off.users
        now = {a.user: a for a in self._office.written_accounts() if not a.revoked}
        changed = {user for user in self._in_force | now if self._in_force.get(user) != now.get(user)}
        if not changed and shut_out == self._shut_out:
            return
        if broker is not None:
            broker.reload([broker_account(a) for a in now.values() if a.user not in shut_out])
        flooding, self._in_force, self._shut_out = shut_out - self._shut_out, now, shut_out
        if changed:
            log.info("accounts_in_force", changed=sorted(changed))
            say(f"Device accounts in force: {', '.join(sorted(changed))}.")
        for user in sorted(flooding):
            log.warning("shut_out", account=user, seconds=SHUT_OUT_S)
            say(f"{user} floods the broker: it is shut out for {SHUT_OUT_S:g} seconds.")
        for child in children:
            try:
                self._tell(child, changed)
            except (DirectoryTrouble, OSError) as problem:
                say(f"{child.program.name} could not be told of its account: {problem}")

    def _tell(self, child: Child, changed: set[str]) -> None:
        """A program of this machine starts again with the new password, or stays away when it is revoked."""
        name = child.program.name
        kiosk = next((k.id for k in self._config.kiosks if name == f"kiosk-{k.id}"), "")
        if name == SERVER and SERVER in changed:
            child.start_again()
        elif name == LOCAL_AGENT and changed & {LOCAL_AGENT, *(k.id for k in self._config.keypads)}:
            if agent_program(self._office, self._config, self._where) is None:
                child.ask_to_stop()
            else:
                child.start_again()
        elif kiosk in changed:
            if self._office.may_connect(kiosk):
                password = self._office.account(kiosk).password
                write_secret(self._office.kiosk_state(kiosk) / "password", password)
                child.start_again()
            else:
                child.ask_to_stop()

    def _stamp(self) -> tuple[int, int]:
        return _stamp(self._office.accounts_file)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except FileNotFoundError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_ino)
