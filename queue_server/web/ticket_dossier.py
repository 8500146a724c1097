"""The dossier that a ticket of the staff is about: its code looked up before the number is given."""

from dataclasses import dataclass

from fastapi.concurrency import run_in_threadpool

from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words
from queue_server.dossiers.officers import At, OfficerDesk, Seen
from queue_server.dossiers.ports import SourceUnavailable
from queue_server.dossiers.statuses import citizen
from queue_server.web.ports import WebDeps

UNKNOWN = "dossier_unknown"
_NO_CODE = Words(
    "Chưa cấp số: đây không phải mã hồ sơ. Quét mã trên giấy hẹn, hoặc xoá ô Mã hồ sơ rồi cấp số.",
    "No number yet: this is no dossier code. Scan the receipt, or empty the field and issue.",
)
_NOT_FOUND = Words(
    "Chưa cấp số: không nguồn nào có mã này. So lại với giấy hẹn, hoặc xoá ô Mã hồ sơ rồi cấp số.",
    "No number yet: no source has this code. Compare it with the receipt, or empty the field and issue.",
)
_ELSEWHERE = Words(
    "Chưa cấp số: hồ sơ này do {office} giữ. Mời công dân liên hệ nơi đó, hoặc xoá ô Mã hồ sơ rồi cấp số.",
    "No number yet: {office} holds this dossier. Send the citizen there, or empty the field and issue.",
)
_AWAY = Words(
    "Chưa hỏi được nơi giữ hồ sơ; công chức sẽ tra lại khi gọi số.",
    "Who holds the dossier cannot be asked now; the officer will look again when calling.",
)


@dataclass(frozen=True, slots=True)
class About:
    """`code` goes with the ticket when it is `given`; `words` say what it is about, or why not."""

    code: str
    words: Words
    given: bool = True


async def about(deps: WebDeps, at: At, typed: str) -> About | None:
    """What a typed or scanned text says of a ticket's dossier; None where there is nothing to look up.

    Who looked is noted, as at every counter.
    """
    desk, config = deps.dossiers, deps.engine.office.config
    if desk is None or config is None or not config.dossiers.sources or not typed.strip():
        return None
    return await run_in_threadpool(_about, deps, desk, config, at, typed)


def _about(deps: WebDeps, desk: OfficerDesk, config: OfficeConfig, at: At, typed: str) -> About:
    try:
        seen = desk.see(at, typed, config, deps.clock.now())
    except SourceUnavailable:
        return About("", _AWAY)
    return _said(seen)


def _said(seen: Seen) -> About:
    if seen.found is not None:
        chip = citizen(seen.found.dossier).chip
        return About(seen.code, Words(f"{seen.code} · {chip.vi}", f"{seen.code} · {chip.en or chip.vi}"))
    if not seen.code:
        return About("", _NO_CODE, given=False)
    if seen.other_office is not None:
        o = seen.other_office
        words = Words(_ELSEWHERE.vi.format(office=o.vi), _ELSEWHERE.en.format(office=o.en or o.vi))
        return About("", words, given=False)
    return About(seen.code, _AWAY) if seen.outcome == "unavailable" else About("", _NOT_FOUND, given=False)
