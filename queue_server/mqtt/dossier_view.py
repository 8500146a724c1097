"""An answer of the look-up in the contract's words: what is told is decided before it comes here."""

from datetime import date, datetime

from queue_server.contract import dossiers as wire
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.office_dossiers import DossierRules
from queue_server.domain.words import Words
from queue_server.dossiers.dossier import Dossier, When
from queue_server.dossiers.lookup import Answer
from queue_server.dossiers.ports import Found
from queue_server.dossiers.standing import own_service, standing_of
from queue_server.dossiers.statuses import citizen
from queue_server.dossiers.timeliness import Standing
from queue_server.dossiers.wording import timeliness_words, way
from queue_server.mqtt.states import bilingual

_LABELS = {
    "collect": Words("Lấy số nhận kết quả", "Get a number to collect"),
    "supplement": Words("Lấy số nộp bổ sung", "Get a number to hand papers in"),
    "pay": Words("Lấy số nộp phí", "Get a number to pay"),
    "ask": Words("Lấy số gặp công chức", "Get a number to see an officer"),
}
_SORRY = Words("Cơ quan xin lỗi Ông/Bà vì hồ sơ quá hạn.", "We apologise for the delay.")
_LONG, _SHORT = 2000, 400


def looked(answer: Answer, config: OfficeConfig, now: datetime) -> wire.Looked:
    """The result of `dossier-lookup`; the protected part only when the factor was right."""
    found = answer.found
    return wire.Looked.model_validate(
        {
            "outcome": answer.outcome,
            "dossier": _view(found, answer.source, config, now) if found else None,
            "other_office": bilingual(answer.other_office) if answer.other_office else None,
            "factor": answer.factor,
            "tries_left": answer.tries_left,
            "protected": _protected(found.dossier, config.dossiers)
            if found and answer.factor == "right"
            else None,
            "unreachable": [bilingual(name) for name in answer.away],
        }
    )


def _view(found: Found, source: Words, config: OfficeConfig, now: datetime) -> wire.DossierView:
    o = found.dossier
    standing = standing_of(o, config, now)
    words = bilingual(timeliness_words(standing))
    overdue = standing.standing is Standing.OVERDUE
    told = citizen(o, overdue)
    return wire.DossierView.model_validate(
        {
            "code": o.code,
            "status": int(o.status),
            "chip": {"tone": told.tone, "words": bilingual(told.chip)},
            "overdue": {"tone": "red", "words": words} if overdue else None,
            "procedure": o.procedure[:_LONG],
            "procedure_code": o.procedure_code[:_SHORT],
            "field": o.field[:_SHORT],
            "applicant": o.applicant[:_SHORT],
            "receiving_office": o.receiving_office[:_LONG] or config.name.vi,
            "deciding_unit": o.deciding_unit[:_LONG],
            **_moment("received", o.received),
            **_moment("due", o.told_due),
            "promised_on": _promised(o),
            "result_place": o.public_place[:_LONG],
            "result_method": o.result_method,
            "fee_is_due": bool(o.fee_due),
            "timeliness": {"state": standing.standing.value, "days": standing.days, "words": words},
            "next_step": bilingual(told.next_step),
            "apology": _apology(config.dossiers) if overdue else None,
            "offer": _offer(told.offer, o, config),
            "steps": [
                {
                    "name": {"vi": line.name.vi[:_SHORT], "en": line.name.en[:_SHORT]},
                    "unit": line.unit[:_LONG],
                    "state": line.state,
                    **_plain_moment(line.when),
                }
                for line in way(o)
            ],
            "source": bilingual(source),
            "as_of": found.as_of,
            "age_minutes": max(0, int((now - found.as_of).total_seconds() // 60)),
        }
    )


def _offer(why: str, dossier: Dossier, config: OfficeConfig) -> dict[str, object] | None:
    rules, own = config.dossiers, own_service(dossier, config)
    service = {
        "collect": rules.collect_service or own,
        "supplement": own or rules.supplement_service,
        "pay": rules.fee_service or own,
        "ask": own or rules.ask_service,
    }.get(why)
    if service is None or config.service(service) is None:
        return None
    return {"why": why, "service": service, "label": bilingual(_LABELS[why])}


def _apology(rules: DossierRules) -> dict[str, str]:
    said = rules.apology if rules.apology.vi else _SORRY
    vi, en = said.vi, said.en
    if rules.contact:
        vi, en = f"{vi} Liên hệ: {rules.contact}.", f"{en} Contact: {rules.contact}." if en else ""
    return {"vi": vi[:_SHORT], "en": en[:_SHORT]}


def _protected(dossier: Dossier, rules: DossierRules) -> dict[str, object]:
    return {
        "supplements": [
            {
                "asked_on": s.asked.day if s.asked else None,
                "reason": s.reason[:_LONG],
                "supplied_on": s.supplied.day if s.supplied else None,
            }
            for s in dossier.supplements
        ],
        "fee_due": dossier.fee_due,
        "contact": (dossier.contact or rules.contact)[:_LONG],
    }


def _promised(dossier: Dossier) -> date | None:
    """The day on the receipt, where it is not the day that is told."""
    due, told = dossier.due, dossier.told_due
    return due.day if due and told and due.day != told.day else None


def _moment(name: str, when: When | None) -> dict[str, object]:
    plain = _plain_moment(when)
    return {f"{name}_on": plain["on"], f"{name}_time": plain["time"]}


def _plain_moment(when: When | None) -> dict[str, object]:
    if when is None:
        return {"on": None, "time": ""}
    return {"on": when.day, "time": f"{when.at:%H:%M}" if when.at else ""}
