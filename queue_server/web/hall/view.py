"""The hall display as finished strings: calls with their sound, waits per service, and the footer."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from queue_server.domain.ids import ServiceId, ZoneId
from queue_server.domain.office import Office
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.ticket import Told
from queue_server.web.hall.announce import spoken
from queue_server.web.hall.calls import Call, calls_of
from queue_server.web.hall.format import clock
from queue_server.web.hall.services import invitation, service_rows


def offset_min(config: OfficeConfig, now: datetime) -> int:
    """Minutes of the office's local time ahead of UTC, for the display's own clock."""
    offset = config.hours.local(now).utcoffset()
    return int(offset.total_seconds() // 60) if offset is not None else 0


def hall_view(
    office: Office,
    zone: ZoneId | None,
    waiting: Mapping[ServiceId, int],
    newcomers: Mapping[ServiceId, Told | None],
    now: datetime,
) -> dict[str, object]:
    """Everything the hall display of a zone (None: the whole office) shows and says; `version` grows."""
    config = office.config
    if config is None:
        return {"version": office.seq, "ready": False, "calls": [], "services": [], "footer": []}
    return {
        "version": office.seq,
        "ready": True,
        "title": config.name.vi,
        "offset_min": offset_min(config, now),
        "calls": [call_view(call, config, now) for call in calls_of(office, config, zone)],
        "invitation": invitation(office, config, now),
        "services": service_rows(office, config, waiting, newcomers, now),
        "footer": footer(office, config, now),
    }


SPOKEN_WITHIN = timedelta(seconds=60)
"""A page speaks only calls that are fresh (`FRESH_MS` of announce.js); older ones go without their clips."""


def call_view(call: Call, config: OfficeConfig, now: datetime) -> dict[str, object]:
    fresh = call.still and now - call.at <= SPOKEN_WITHIN
    return {
        "id": call.id,
        "number": call.number,
        "counter": str(call.counter.number),
        "at": clock(config.hours, call.at),
        "at_ms": int(call.at.timestamp() * 1000),
        "still": call.still,
        "again": call.again,
        "clips": spoken(call, config) if fresh and not _has_speaker(config, call) else [],
    }


def _has_speaker(config: OfficeConfig, call: Call) -> bool:
    """A loudspeaker of the zone says its calls: two voices would talk over each other."""
    return any(speaker.zone == call.counter.zone for speaker in config.speakers)


def footer(office: Office, config: OfficeConfig, now: datetime) -> list[str]:
    """What the bottom line says in turn: the office's notice, then hours and the services' own notes."""
    lines = [office.notice.vi, office.notice.en] if office.notice.vi else []
    lines.append(_hours_line(office, config, now))
    local = config.hours.local(now)
    for service in config.services:
        if service.note_after is not None:
            after, words = service.note_after
            if f"{local:%H:%M}" >= after or local.hour >= 12:
                lines.append(f"{service.name.vi}: {words.vi[:1].lower()}{words.vi[1:]}")
    lines.append(f"Cần giúp đỡ, mời đến {config.help_desk.vi}.")
    return [line for line in lines if line]


def _hours_line(office: Office, config: OfficeConfig, now: datetime) -> str:
    """A day that a person has closed does not open again: the next opening is then another day's."""
    hours = config.hours
    if hours.always_open:
        return ""
    after = now
    if office.day_closed and office.day is not None:
        after = hours.midnight(office.day + timedelta(days=1)) - timedelta(microseconds=1)
    else:
        spans = list(hours.spans(hours.day_of(now)))
        for start, end in spans:
            if start <= now < end:
                afternoon = next((later for later, _ in spans if later >= end), None)
                more = f", buổi chiều từ {clock(hours, afternoon)}" if afternoon else ""
                return f"Nhận hồ sơ đến {clock(hours, end)}{more}."
    opening = hours.next_opening(after)
    if opening is None:
        return "Hết giờ nhận hồ sơ."
    local = hours.local(opening)
    day = "" if local.date() == hours.day_of(now) else f" ngày {local:%d/%m}"
    return f"Hết giờ nhận hồ sơ, mở lại lúc {local:%H:%M}{day}."
