"""Who may do what on the staff pages: one table, read by the guard and shown to administrators."""

from enum import StrEnum

from queue_server.domain.commands import Role
from queue_server.domain.ids import ServiceId
from queue_server.domain.office_config import OfficeConfig
from queue_server.domain.words import Words
from queue_server.people.ports import Account


class Right(StrEnum):
    SERVE = "serve"
    """Sign on to a free counter and work there."""
    MIND_COUNTERS = "mind_counters"
    """Act at a counter where somebody else is signed on: close it, sign them off, change its services."""
    DESK = "desk"
    """Issue for a citizen, look a number up, cancel, bring back, transfer, change priority, reprint."""
    ANSWER_HELP = "answer_help"
    SEE_FIGURES = "see_figures"
    SEE_OFFICERS = "see_officers"
    """Figures by officer, with names."""
    SEE_DEVICES = "see_devices"
    RUN_THE_DAY = "run_the_day"
    """Close and reopen services, post notices, close the day, confirm the clock."""
    PAIR_DISPLAYS = "pair_displays"
    ACCOUNTS = "accounts"
    OFFICE_FILE = "office_file"
    DOSSIERS = "dossiers"
    """Enter dossiers at the counter, move them, read the registers."""
    CORRECT_DOSSIERS = "correct_dossiers"
    """Put a dossier's sheet right, take its last movement back: with a reason."""


_R = Role

RIGHTS: dict[Right, frozenset[Role]] = {
    Right.SERVE: frozenset({_R.OFFICER, _R.SUPERVISOR, _R.ADMINISTRATOR}),
    Right.MIND_COUNTERS: frozenset({_R.SUPERVISOR, _R.ADMINISTRATOR}),
    Right.DESK: frozenset({_R.OFFICER, _R.GREETER, _R.SUPERVISOR, _R.ADMINISTRATOR}),
    Right.ANSWER_HELP: frozenset({_R.OFFICER, _R.GREETER, _R.SUPERVISOR, _R.ADMINISTRATOR}),
    Right.SEE_FIGURES: frozenset({_R.SUPERVISOR, _R.MANAGER, _R.ADMINISTRATOR}),
    Right.SEE_OFFICERS: frozenset({_R.SUPERVISOR, _R.ADMINISTRATOR}),
    Right.SEE_DEVICES: frozenset({_R.GREETER, _R.SUPERVISOR, _R.MANAGER, _R.ADMINISTRATOR}),
    Right.RUN_THE_DAY: frozenset({_R.SUPERVISOR, _R.ADMINISTRATOR}),
    Right.PAIR_DISPLAYS: frozenset({_R.SUPERVISOR, _R.ADMINISTRATOR}),
    Right.ACCOUNTS: frozenset({_R.ADMINISTRATOR}),
    Right.OFFICE_FILE: frozenset({_R.ADMINISTRATOR}),
    Right.DOSSIERS: frozenset({_R.OFFICER, _R.SUPERVISOR, _R.ADMINISTRATOR}),
    Right.CORRECT_DOSSIERS: frozenset({_R.SUPERVISOR, _R.ADMINISTRATOR}),
}

WORDS: dict[Right, Words] = {
    Right.SERVE: Words("Làm việc tại quầy", "Work at a counter"),
    Right.MIND_COUNTERS: Words("Can thiệp quầy của người khác", "Mind other people's counters"),
    Right.DESK: Words(
        "Cấp số, tra số, huỷ, chuyển, đổi ưu tiên", "Issue, look up, cancel, transfer, change priority"
    ),
    Right.ANSWER_HELP: Words("Trả lời gọi giúp đỡ", "Answer calls for help"),
    Right.SEE_FIGURES: Words("Xem số liệu", "See figures"),
    Right.SEE_OFFICERS: Words("Xem số liệu theo công chức", "See figures by officer"),
    Right.SEE_DEVICES: Words("Xem thiết bị", "See devices"),
    Right.RUN_THE_DAY: Words(
        "Tạm ngừng việc, đăng thông báo, khoá ngày", "Close services, post notices, close the day"
    ),
    Right.PAIR_DISPLAYS: Words("Ghép màn hình", "Pair displays"),
    Right.ACCOUNTS: Words("Quản lý tài khoản", "Manage accounts"),
    Right.OFFICE_FILE: Words("Sửa tệp cấu hình văn phòng", "Change the office file"),
    Right.DOSSIERS: Words("Tiếp nhận, chuyển, trả hồ sơ; xem sổ", "Enter and move dossiers; read registers"),
    Right.CORRECT_DOSSIERS: Words("Sửa hồ sơ, huỷ bước vừa ghi", "Correct dossiers, take movements back"),
}

ROLE_WORDS: dict[Role, Words] = {
    _R.OFFICER: Words("Công chức tại quầy", "Counter officer"),
    _R.GREETER: Words("Hướng dẫn", "Greeter"),
    _R.SUPERVISOR: Words("Phụ trách", "Supervisor"),
    _R.MANAGER: Words("Lãnh đạo", "Manager"),
    _R.ADMINISTRATOR: Words("Quản trị", "Administrator"),
}


def may(role: Role, right: Right) -> bool:
    return role in RIGHTS[right]


def services_seen(account: Account, config: OfficeConfig) -> frozenset[ServiceId]:
    """The services whose figures this account sees: a manager of an agency sees that agency's only."""
    bound = account.role is Role.MANAGER and bool(account.agency)
    return frozenset(s.id for s in config.services if not bound or s.agency == account.agency)
