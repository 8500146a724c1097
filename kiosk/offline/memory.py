"""What a kiosk switched on in an outage still knows: the office as it was last told, the last contact."""

import json
import logging
import os
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from kiosk.offline.lines import contact_data, contact_of
from kiosk.offline.moments import Contact
from queue_server.contract.states import OfficeState, ServiceState

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Remembered:
    office: OfficeState | None = None
    services: tuple[ServiceState, ...] = ()
    contact: Contact | None = None


class Memory:
    """One small file, replaced whole. A disk that fails is logged and stops nobody."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def keep(self, known: Remembered) -> None:
        data = {
            "office": known.office.model_dump(mode="json") if known.office else None,
            "services": [service.model_dump(mode="json") for service in known.services],
            "contact": contact_data(known.contact) if known.contact else None,
        }
        new = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with new.open("w", encoding="utf-8") as file:
                json.dump(data, file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            new.replace(self._path)
        except OSError as problem:
            _log.error("offline memory is not kept: %s", problem.strerror)

    def known(self) -> Remembered:
        """What was kept last; nothing of a file that is not there or makes no sense."""
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
            return Remembered(
                OfficeState.model_validate(data["office"]) if data["office"] else None,
                tuple(ServiceState.model_validate(one) for one in data["services"]),
                contact_of(data["contact"]) if data["contact"] else None,
            )
        except FileNotFoundError:
            return Remembered()
        except (OSError, ValueError, KeyError, TypeError, ValidationError):
            _log.error("offline memory cannot be read and is left out")
            return Remembered()
