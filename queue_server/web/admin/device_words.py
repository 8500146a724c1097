"""What devices say of themselves, in the office's languages, each with what to do about it."""

from queue_server.domain.words import Words

KINDS: dict[str, tuple[str, Words]] = {
    "kiosk": ("monitor", Words("Kiosk", "Kiosk")),
    "printer": ("printer", Words("Máy in", "Printer")),
    "scanner": ("scan-line", Words("Máy quét", "Scanner")),
    "display": ("tv", Words("Bảng", "Display")),
    "speaker": ("volume-2", Words("Loa", "Speaker")),
    "keypad": ("keyboard", Words("Bàn phím gọi số", "Keypad")),
    "agent": ("server", Words("Chương trình thiết bị", "Device agent")),
}
STATES: dict[str, tuple[Words, str, str]] = {
    "lost": (Words("Mất kết nối", "Lost"), "red", "circle-x"),
    "degraded": (Words("Suy giảm", "Degraded"), "gold", "triangle-alert"),
    "ready": (Words("Sẵn sàng", "Ready"), "green", "circle-check"),
}
"""State → words, tone, icon; in the order they matter."""
HEALTH: dict[tuple[str, str], Words] = {
    ("paper", "ok"): Words("Giấy đủ", "Paper is in"),
    ("paper", "near_end"): Words("Giấy sắp hết: chuẩn bị cuộn mới", "Paper low: have a roll ready"),
    ("paper", "out"): Words("Hết giấy: thay cuộn mới", "Out of paper: put in a new roll"),
    ("paper", "unknown"): Words("Máy không báo còn giấy hay hết", "It does not say whether paper is in"),
    ("cover", "closed"): Words("Nắp đóng", "Cover closed"),
    ("cover", "open"): Words("Nắp đang mở: đóng nắp lại", "Cover open: close it"),
    ("error", "offline"): Words(
        "Không nhận lệnh: kiểm tra nguồn, dây và nút trực tuyến",
        "Takes nothing: check power, cable and its online button",
    ),
    ("error", "no_answer"): Words(
        "Không trả lời: kiểm tra nguồn, dây và địa chỉ", "Does not answer: check power, cable and address"
    ),
    ("error", "cutter"): Words(
        "Dao cắt kẹt: mở nắp, gỡ giấy kẹt", "Cutter jammed: open the cover, take the paper out"
    ),
    ("error", "overheated"): Words(
        "Quá nóng: chờ nguội, kiểm tra chỗ đặt", "Too hot: let it cool, check where it stands"
    ),
    ("error", "unrecoverable"): Words(
        "Lỗi phần cứng: tắt, bật lại; còn lỗi thì gọi sửa",
        "Hardware error: switch off and on; if it stays, have it repaired",
    ),
    ("error", "disk_full"): Words("Đĩa đầy: giải phóng chỗ trống", "The disk is full: free some space"),
    ("error", "hangs"): Words("Bị treo, đã tự khởi động lại", "It hung and was started again"),
    ("error", "unplugged"): Words("Chưa cắm: kiểm tra dây và nguồn", "Not plugged in: check cable and power"),
    ("error", "refused"): Words(
        "Không nhận nội dung: kiểm tra địa chỉ và kiểu giao thức",
        "Refuses what it is told: check address and protocol",
    ),
    ("error", "display"): Words("Hỏng đoạn đèn: thay bảng", "Broken segments: replace the display"),
    ("error", "player"): Words(
        "Không phát được: kiểm tra card âm thanh và loa", "Cannot play: check sound card and loudspeaker"
    ),
    ("error", "agent"): Words(
        "Mất liên lạc với máy có thiết bị này", "The machine that this device hangs on is away"
    ),
    ("error", "flood"): Words(
        "Gửi quá nhiều tin, tạm bị ngắt một phút: khởi động lại; còn tái diễn thì đổi mật khẩu thiết bị",
        "Sent far too much, shut out for a minute: restart it; if it happens again, change its password",
    ),
    ("error", "clock"): Words(
        "Đồng hồ máy lệch xa máy chủ: kiểm tra đồng bộ giờ",
        "Its clock is far from the server's: check time synchronisation",
    ),
}
FACTS: dict[str, Words] = {
    "firmware": Words("Phần sụn {}", "Firmware {}"),
    "address": Words("Địa chỉ {}", "Address {}"),
    "device": Words("Cổng âm thanh {}", "Sound device {}"),
    "said": Words("Đã đọc {} lượt", "{} announcements"),
    "clock_offset_ms": Words("Đồng hồ lệch máy chủ {} ms", "Clock {} ms from the server's"),
}
RESULTS: dict[str, Words] = {
    "ok": Words("Đã thử: chạy tốt", "Tested: works"),
    "printed": Words("Đã in thử", "Test slip printed"),
    "unconfirmed": Words("Đã gửi bản in thử, máy không xác nhận", "Test slip sent, not confirmed"),
}
TEST_FAILED = Words("Thử không được", "The test failed")
TESTS: dict[str, tuple[str, Words]] = {
    "printer": ("printer", Words("In thử", "Test print")),
    "display": ("tv", Words("Thử bảng", "Test pattern")),
    "speaker": ("volume-2", Words("Thử loa", "Test sound")),
}
"""Kind → icon and words of the button that tests it; a kiosk and a keypad are tested by touching them."""
NEVER = Words(
    "Chưa nối lần nào từ khi máy chủ chạy. Kiểm tra nguồn, dây mạng và tài khoản thiết bị.",
    "Not seen since the server started. Check power, cable and device account.",
)
DEVICE_OF_IT = Words("Có thiết bị của máy này không ổn", "A device of this machine is unwell")
LOST = Words("Kiểm tra nguồn và dây mạng.", "Check power and cable.")
SINCE = Words("Không ổn từ {}", "Unwell since {}")
TOLD = Words(", đã báo phụ trách", ", the supervisor has been told")
"""Follows `SINCE`."""
_UNWELL_KEYS = ("error", "paper", "cover")
_WELL = ("ok", "closed", "unknown")


def trouble(health: dict[str, str], language: str) -> str:
    """What is wrong, in words; empty when nothing known is."""
    bad = [
        HEALTH[(key, health[key])].in_(language)
        for key in _UNWELL_KEYS
        if is_trouble(key, health.get(key, "")) and (key, health[key]) in HEALTH
    ]
    return "; ".join(bad)


def is_trouble(key: str, reading: str) -> bool:
    return key in _UNWELL_KEYS and reading not in ("", *_WELL)
