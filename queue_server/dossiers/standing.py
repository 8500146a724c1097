"""PURE: how a dossier stands in this office: its working days, its legal days, the service it belongs to."""

from datetime import date, datetime

from queue_server.domain.ids import ServiceId
from queue_server.domain.office_config import OfficeConfig
from queue_server.dossiers.dossier import Dossier, When
from queue_server.dossiers.statuses import fold
from queue_server.dossiers.timeliness import Timeliness, legal_due, timeliness


def standing_of(dossier: Dossier, config: OfficeConfig, now: datetime) -> Timeliness:
    """How it stands now; the legal maximum is counted in the office's own working days."""
    hours = config.hours
    limit = None
    days = dossier.legal_days if dossier.legal_days is not None else _legal_days(dossier, config)
    if dossier.due is None and dossier.received is not None and days is not None:

        def is_working(day: date) -> bool:
            return bool(hours.sessions(day))

        limit = legal_due(dossier.received, days, is_working)
    return timeliness(dossier, When.of(hours.local(now).replace(tzinfo=None)), limit)


def _legal_days(dossier: Dossier, config: OfficeConfig) -> int | None:
    code = dossier.procedure_code[:8]
    procedures = (p for s in config.services for p in s.procedures)
    return next((p.legal_days for p in procedures if code and p.code[:8] == code), None)


def own_service(dossier: Dossier, config: OfficeConfig) -> ServiceId | None:
    """The service that the dossier's procedure belongs to: by code, by name, or by the name of its field."""
    code, name, field = dossier.procedure_code[:8], fold(dossier.procedure), fold(dossier.field)
    for service in config.services:
        if any((code and p.code[:8] == code) or fold(p.name.vi) == name for p in service.procedures):
            return service.id
    return next((s.id for s in config.services if field and fold(s.name.vi) == field), None)
