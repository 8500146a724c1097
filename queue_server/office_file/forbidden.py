"""PURE: calling rules that no office can configure, refused by name with the reason.

A rule that saves whoever can still make the target and leaves those who cannot wins the share within
target (87 % in a simulated office) by making people wait for hours.
"""

from queue_server.office_file.parse import bad

POLICIES = frozenset(
    {
        "save_in_time",
        "save_reachable",
        "still_can_make_it",
        "still_in_time",
        "target_first",
        "within_target_first",
        "deadline",
        "earliest_deadline",
        "edd",
        "least_slack",
        "drop_late",
        "late_last",
        "newest_first",
        "lifo",
        "cuu_kip_gio",
        "bo_nguoi_tre",
    }
)
"""Names under which such a rule is known, with `_` between the words."""
KEYS = frozenset(
    {
        "target_minutes",
        "save_within_minutes",
        "deadline_minutes",
        "drop_after_minutes",
        "give_up_after_minutes",
        "late_last",
        "rescue",
    }
)
"""Keys that would bring it in by another door."""

_WHY_VI = (
    "bỏ người đã quá mốc lại phía sau để cứu người còn kịp: tỷ lệ đạt mốc tăng, "
    "nhưng có người phải chờ hàng giờ"
)
_WHY_EN = (
    "leaves those past the target behind to save those who can still make it: the share rises while some "
    "wait for hours"
)
_FIX_VI = (
    'Dùng "accumulating", "fifo", "strict", "interleaved" hoặc "short_first"; '
    "ai chờ quá rescue_after_minutes luôn được gọi trước."
)
_FIX_EN = (
    'Use "accumulating", "fifo", "strict", "interleaved" or "short_first"; whoever waits past '
    "rescue_after_minutes always goes first."
)


def parse_policy(value: object) -> object:
    """The name of a policy as it stands; raises for one that is refused on purpose."""
    if isinstance(value, str) and value.strip().lower().replace("-", "_").replace(" ", "_") in POLICIES:
        raise bad(
            f'Cách gọi "{value}" không được dùng ở đây: nó {_WHY_VI}.',
            f'The policy "{value}" cannot be configured: it {_WHY_EN}.',
            _FIX_VI,
            _FIX_EN,
        )
    return value


def refuse_keys(section: object) -> object:
    """The [calling] section as it stands; raises for a key that would bring such a rule in."""
    for key in sorted(KEYS & set(section)) if isinstance(section, dict) else ():
        raise bad(
            f'Khoá "{key}" không được dùng ở [calling]: nó {_WHY_VI}.',
            f'The key "{key}" cannot be used in [calling]: it {_WHY_EN}.',
            _FIX_VI,
            _FIX_EN,
        )
    return section


def check_rates(ordinary: float, appointment: float, priority: float) -> None:
    """Raises when a class the law serves first would gather its score more slowly than an ordinary ticket."""
    if ordinary <= appointment <= priority:
        return
    raise bad(
        "Tốc độ tăng điểm phải theo thứ tự ordinary_rate ≤ appointment_rate ≤ priority_rate.",
        "The rates have to be in order: ordinary_rate ≤ appointment_rate ≤ priority_rate.",
        "Ví dụ 1.0, 1.6 và 2.5.",
        "For example 1.0, 1.6 and 2.5.",
    )
