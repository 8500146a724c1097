"""The console's own words: states, acts, reasons; Vietnamese and English."""

from queue_server.domain.counter_table import CounterState
from queue_server.domain.office_services import ServiceClass
from queue_server.domain.words import Words

STATES: dict[CounterState, tuple[Words, str]] = {
    CounterState.UNSTAFFED: (Words("Chưa có người", "Nobody signed on"), ""),
    CounterState.CLOSED: (Words("Quầy đóng", "Closed"), ""),
    CounterState.IDLE: (Words("Đang mở", "Open"), "green"),
    CounterState.CALLING: (Words("Đang mở", "Open"), "green"),
    CounterState.SERVING: (Words("Đang mở", "Open"), "green"),
    CounterState.PAUSED: (Words("Tạm nghỉ", "Paused"), "gold"),
}
"""State → what the chip says, and its tone."""

CLASSES: dict[ServiceClass, tuple[Words, str]] = {
    ServiceClass.PRIORITY: (Words("Ưu tiên", "Priority"), "gold"),
    ServiceClass.APPOINTMENT: (Words("Hẹn", "Booked"), "blue"),
}

UNDONE: dict[str, Words] = {
    "ticket.called": Words("Hoàn tác gọi {number}", "Undo calling {number}"),
    "ticket.started": Words("Hoàn tác bắt đầu {number}", "Undo starting {number}"),
    "ticket.ended": Words("Hoàn tác kết thúc {number}", "Undo ending {number}"),
    "ticket.no_show": Words("Hoàn tác vắng mặt {number}", "Undo no-show of {number}"),
    "ticket.parked": Words("Hoàn tác tạm gác {number}", "Undo parking {number}"),
    "ticket.transferred": Words("Hoàn tác chuyển {number}", "Undo transferring {number}"),
    "ticket.result_awaited": Words("Hoàn tác chờ kết quả {number}", "Undo awaiting {number}"),
    "ticket.cancelled": Words("Hoàn tác huỷ {number}", "Undo cancelling {number}"),
}
"""What an undo would take back, by the event of the act."""
UNDO = Words("Hoàn tác {number}", "Undo {number}")

PARK_REASONS = (
    Words("Chờ bổ sung giấy tờ", "Papers are missing"),
    Words("Chờ nộp phí, lệ phí", "Fee to be paid"),
    Words("Chờ ý kiến lãnh đạo", "Waiting for a decision"),
    Words("Chờ tra cứu hồ sơ", "File is being looked up"),
    Words("Lý do khác của cơ quan", "Another reason of the office"),
)
CITIZEN_PARK = Words("Công dân xin quay lại sau", "The citizen comes back later")
TRANSFER_REASONS = (
    Words("Bước tiếp theo ở việc khác", "The next step is another service"),
    Words("Lấy nhầm số", "Wrong number taken"),
    Words("Cần người phụ trách việc này", "Needs the person in charge"),
    Words("San bớt người chờ", "To even out the queues"),
)
PRIORITY_REASONS = (
    Words("Đã xem giấy tờ ưu tiên", "Papers seen"),
    Words("Công dân quên chọn ở kiosk", "Not chosen at the kiosk"),
    Words("Chọn nhầm ở kiosk", "Chosen by mistake at the kiosk"),
    Words("Không đủ giấy tờ ưu tiên", "Not entitled"),
)
CANCEL_REASONS = (
    Words("Công dân xin huỷ", "The citizen cancels"),
    Words("Lấy nhầm số", "Wrong number taken"),
    Words("Lấy trùng số", "Number taken twice"),
)
PAUSE_MINUTES = (5, 10, 15, 30, 60)
"""Reasons are chosen, never typed, so that no name gets into the journal."""


def choices(words: tuple[Words, ...], language: str) -> list[dict[str, str]]:
    """For a dialog: `value` goes to the journal (always Vietnamese), `text` is shown."""
    return [{"value": w.vi, "text": w.in_(language)} for w in words]
