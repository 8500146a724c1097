"""The dossier at the counter as the console shows it: finished strings, the name masked until asked for."""

from datetime import datetime

from queue_server.domain.hours import Hours
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words
from queue_server.dossiers.dossier import Dossier, SupplementRequest, When
from queue_server.dossiers.officers import Seen
from queue_server.dossiers.standing import standing_of
from queue_server.dossiers.statuses import citizen
from queue_server.dossiers.wording import METHODS, TONES, timeliness_words, way
from queue_server.web.say import either, figure

_NOT_THERE = {
    "not_found": Words(
        "Không nguồn nào có mã này. So lại với giấy hẹn rồi tra lại (F7).",
        "No source has this code. Compare it with the receipt and look again (F7).",
    ),
    "unavailable": Words(
        "Chưa hỏi được nơi giữ hồ sơ. Thử lại sau một phút (F7).",
        "Who holds the dossier cannot be asked just now. Try again in a minute (F7).",
    ),
}


def dossier_panel(seen: Seen, config: OfficeConfig, now: datetime, language: str) -> dict[str, object]:
    """What dossier.js draws; `rows` are label and value, `found` is false where there is only a sentence."""
    skipped = _skipped(seen, language)
    if seen.found is None:
        return {
            "found": False,
            "code": seen.code,
            "words": _why_not(seen, language),
            "skipped": skipped if seen.outcome != "unavailable" else "",
        }
    dossier = seen.found.dossier
    told = citizen(dossier)
    standing = standing_of(dossier, config, now)
    in_time = timeliness_words(standing).in_(language)
    return {
        "found": True,
        "code": dossier.code,
        "chip": {"text": told.chip.in_(language), "tone": told.tone},
        "in_time": {"text": in_time, "tone": TONES.get(standing.standing, "")} if in_time else None,
        "procedure": dossier.procedure,
        "name": {
            "label": either(language, "Chủ hồ sơ", "Applicant"),
            "masked": dossier.applicant,
            "full": seen.name,
            "may_ask": seen.has_name,
            "ask": either(language, "Hiện tên", "Show name"),
            "note": ""
            if seen.has_name
            else either(language, "Nguồn này chỉ có tên đã che.", "This source has the masked name only."),
        },
        "open": {
            "page": f"/dossiers/{seen.page_id}",
            "text": either(language, "Mở trong sổ", "Open in the book"),
        }
        if seen.page_id
        else None,
        "rows": _rows(dossier, config, language),
        "next_step": told.next_step.in_(language),
        "supplements": [_supplement(one, language) for one in dossier.supplements],
        "locked": _locked(seen, language),
        "steps": [
            {"name": s.name.in_(language), "unit": s.unit, "state": s.state, "when": _moment(s.when)}
            for s in way(dossier)
        ],
        "steps_title": either(language, "Quá trình giải quyết", "Its way so far"),
        "source": f"{seen.source.in_(language)} · {_as_of(config.hours, seen.found.as_of, now, language)}",
        "skipped": skipped,
    }


def _why_not(seen: Seen, language: str) -> str:
    if seen.other_office is not None:
        where = seen.other_office.in_(language)
        return either(
            language,
            f"Hồ sơ này do {where} giữ. Mời công dân liên hệ nơi đó.",
            f"This dossier is held by {where}. Please send the citizen there.",
        )
    return _NOT_THERE[seen.outcome].in_(language)


def _skipped(seen: Seen, language: str) -> str:
    if not seen.away:
        return ""
    names = ", ".join(name.in_(language) for name in seen.away)
    return either(language, f"Chưa hỏi được: {names}.", f"Could not be asked: {names}.")


def _rows(dossier: Dossier, config: OfficeConfig, language: str) -> list[dict[str, str]]:
    place = dossier.result_place
    method = METHODS.get(dossier.result_method)
    if method is not None:
        place = f"{place} ({method.in_(language)})" if place else method.in_(language)
    rows = (
        (Words("Ngày nhận", "Received"), _moment(dossier.received)),
        (Words("Hẹn trả", "Due"), _moment(dossier.due)),
        (Words("Hẹn trả sau bổ sung", "Due after papers"), _moment(dossier.due_now)),
        (Words("Có kết quả", "Result ready"), _moment(dossier.done)),
        (Words("Đã trả", "Returned"), _moment(dossier.returned)),
        (Words("Phí còn nộp", "Fee due"), _fee(dossier.fee_due, language)),
        (Words("Trả kết quả", "Result"), place),
        (Words("Đơn vị", "Unit"), dossier.deciding_unit),
        (Words("Nơi nhận", "Received at"), _elsewhere(dossier, config)),
        (Words("Liên hệ", "Contact"), dossier.contact),
    )
    return [{"label": label.in_(language), "value": value[:400]} for label, value in rows if value]


def _elsewhere(dossier: Dossier, config: OfficeConfig) -> str:
    return "" if dossier.receiving_office in (config.name.vi, "") else dossier.receiving_office


def _fee(due: int | None, language: str) -> str:
    if due is None:
        return ""
    return either(language, "không", "none") if not due else f"{figure(due, language, 0)} đ"


def _supplement(one: SupplementRequest, language: str) -> dict[str, object]:
    asked = f" ({_moment(one.asked)})" if one.asked else ""
    title = either(language, "Yêu cầu bổ sung", "To be supplied") + asked
    if one.supplied is not None:
        title = either(language, "Đã bổ sung ", "Supplied ") + _moment(one.supplied)
    return {"title": title, "reason": one.reason, "open": one.supplied is None}


def _locked(seen: Seen, language: str) -> dict[str, str] | None:
    if not seen.locked:
        return None
    return {
        "words": either(
            language,
            "Đã khoá sau ba lần nhập sai. Xem thẻ Căn cước rồi mở khoá.",
            "Locked after three wrong tries. Look at the ID card, then unlock.",
        ),
        "button": either(language, "Mở khoá", "Unlock"),
    }


def _moment(when: When | None) -> str:
    if when is None:
        return ""
    return f"{when.day:%d/%m/%Y}" + (f" {when.at:%H:%M}" if when.at else "")


def _as_of(hours: Hours, at: datetime, now: datetime, language: str) -> str:
    local, today = hours.local(at), hours.local(now).date()
    if local.date() == today:
        return either(language, f"cập nhật lúc {local:%H:%M}", f"updated at {local:%H:%M}")
    return either(language, f"cập nhật {local:%d/%m/%Y lúc %H:%M}", f"updated on {local:%d/%m/%Y at %H:%M}")
