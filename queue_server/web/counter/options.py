"""What the console's dialogs offer: reasons, services, counters, officers, priority groups, printers."""

from collections.abc import Mapping

from queue_server.domain.ids import OfficerId
from queue_server.domain.office import Office
from queue_server.domain.words import Words
from queue_server.web.counter import words as w
from queue_server.web.say import counter_name, either


def dialog_options(office: Office, names: Mapping[OfficerId, str], language: str) -> dict[str, object]:
    """Each list holds `{"value", "text"}`; `names` are shown to the staff only and go nowhere else."""
    config = office.config
    if config is None:
        return {}
    none = Words("Không ưu tiên", "No priority")
    return {
        "pause_reasons": w.choices(config.rules.pause_reasons, language),
        "pause_minutes": [
            {"value": m, "text": either(language, f"{m} phút", f"{m} min")} for m in w.PAUSE_MINUTES
        ],
        "park_reasons": w.choices(w.PARK_REASONS, language),
        "citizen_park": {"value": w.CITIZEN_PARK.vi, "text": w.CITIZEN_PARK.in_(language)},
        "transfer_reasons": w.choices(w.TRANSFER_REASONS, language),
        "priority_reasons": w.choices(w.PRIORITY_REASONS, language),
        "cancel_reasons": w.choices(w.CANCEL_REASONS, language),
        "services": [
            {"value": s.id, "text": s.name.in_(language), "letter": s.letter} for s in config.services
        ],
        "counters": [
            {
                "value": c.id,
                "text": f"{counter_name(office, c.id, language)} · {c.name.in_(language)}",
                "staffed": office.counters[c.id].officer is not None,
            }
            for c in config.counters
        ],
        "officers": sorted(
            (
                {
                    "value": officer,
                    "text": f"{names.get(officer, '?')} · {counter_name(office, counter, language)}",
                }
                for officer, counter in office.officers.items()
            ),
            key=lambda row: row["text"],
        ),
        "priorities": [
            {"value": "", "text": none.in_(language)},
            *({"value": g.id, "text": g.name.in_(language)} for g in config.priority_groups),
        ],
        "printers": [{"value": p.id, "text": p.name.in_(language)} for p in config.printers],
    }
