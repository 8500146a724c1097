"""PURE: what classes, places, weekdays and flags are called, on paper and on the manager's page alike."""

from collections.abc import Mapping

from queue_server.domain.office_services import ServiceClass
from queue_server.domain.ticket import Channel
from queue_server.domain.words import Words

CLASSES: Mapping[str, Words] = {
    ServiceClass.ORDINARY.value: Words("Thường", "Ordinary"),
    ServiceClass.APPOINTMENT.value: Words("Có hẹn", "Appointment"),
    ServiceClass.PRIORITY.value: Words("Ưu tiên", "Priority"),
}
CHANNELS: Mapping[str, Words] = {
    Channel.KIOSK.value: Words("Máy lấy số", "Kiosk"),
    Channel.GREETER.value: Words("Quầy Hướng dẫn", "Reception"),
    Channel.COUNTER.value: Words("Tại quầy", "At a counter"),
    Channel.APPOINTMENT.value: Words("Lịch hẹn", "Appointment"),
    Channel.OFFLINE.value: Words("Máy lấy số khi mất kết nối", "Kiosk, offline"),
}
WEEKDAYS = (
    *(Words("Thứ Hai", "Monday"), Words("Thứ Ba", "Tuesday"), Words("Thứ Tư", "Wednesday")),
    *(Words("Thứ Năm", "Thursday"), Words("Thứ Sáu", "Friday"), Words("Thứ Bảy", "Saturday")),
    Words("Chủ nhật", "Sunday"),
)
FLAGS: Mapping[str, Words] = {
    "fast_no_show": Words("Báo vắng trong 60 giây sau khi gọi", "No-show within 60 s of the call"),
    "called_then_parked": Words("Gọi rồi tạm gác", "Called, then parked"),
    "citizen_park": Words("Công dân xin quay lại muộn hơn", "Parked at the citizen's wish"),
    "staff_cancel": Words("Công chức huỷ số", "Cancelled by staff"),
    "reissued": Words("Cùng người lấy lại số trong ngày", "Issued again the same day"),
    "ended_by_turn": Words("Không bấm kết thúc, ngày tự đóng", "Never ended, closed by the day"),
    "clock_step": Words("Đồng hồ máy chủ nhảy trong lượt", "Server's clock stepped"),
    "estimated_time": Words("Giờ lấy số là ước tính", "Issue time estimated"),
    "out_of_turn": Words("Gọi ngoài thứ tự", "Called out of turn"),
    "served_in_outage": Words("Phục vụ khi mất kết nối", "Served during an outage"),
    "outcome_unknown": Words("Phiếu về sổ muộn, không rõ kết cục", "Paper came late, outcome unknown"),
}
"""Integrity flags of visits, as the figures name them."""
