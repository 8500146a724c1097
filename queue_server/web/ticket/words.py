"""Everything the phone page says, Vietnamese and English."""

from queue_server.domain.words import Words

WORDS: dict[str, Words] = {
    "your_number": Words("Số thứ tự của Ông/Bà", "Your number"),
    "counters": Words("Quầy {counters}", "Counter {counters}"),
    "ahead": Words("Trước Ông/Bà", "Ahead of you"),
    "people": Words("người", "people"),
    "person": Words("người", "person"),
    "wait": Words("Chờ khoảng", "Wait about"),
    "minutes": Words("phút", "min"),
    "soon": Words("Sắp đến lượt", "Soon"),
    "over_hour": Words("hơn 1 giờ", "over 1 hour"),
    "unknown": Words("Chưa tính được", "Not known"),
    "be_there": Words("Mời có mặt ở sảnh trước {hour}.", "Be in the hall by {hour}."),
    "called_by": Words("Dự kiến được gọi trước {hour}.", "Likely called before {hour}."),
    "stay": Words("Sắp đến lượt, mời Ông/Bà ở lại sảnh.", "It is soon your turn: please stay in the hall."),
    "wait_in_hall": Words(
        "Chưa tính được thời gian chờ. Mời Ông/Bà ở gần sảnh và theo dõi trang này.",
        "The wait is not known yet. Please stay near the hall and watch this page.",
    ),
    "others_first": Words(
        "Người ưu tiên và người có hẹn có thể được gọi trước.",
        "Priority and booked visitors may be called first.",
    ),
    "computed": Words("Dự báo tính lúc {hour}.", "Forecast made at {hour}."),
    "updated": Words("Tự cập nhật", "Updates by itself"),
    "then": Words("Sau đó: {services}", "After that: {services}"),
    "alert": Words("Báo khi sắp đến lượt", "Tell me when it is soon"),
    "hold": Words("Giữ chỗ giúp tôi {minutes} phút", "Hold my place for {minutes} minutes"),
    "hold_hint": Words(
        "Quầy gọi người tiếp theo; hết giờ, số của Ông/Bà tự vào lại hàng ở chỗ cũ. Mỗi lượt một lần.",
        "The counter calls the next person; then your number goes back to its place. Once per visit.",
    ),
    "later": Words("Tôi quay lại muộn hơn", "I will be back later"),
    "later_hint": Words(
        "Số được giữ, tối đa {minutes} phút; thời gian ấy không tính là chờ.",
        "Your number is kept, {minutes} minutes at most; that time is not counted as waiting.",
    ),
    "cancel": Words("Huỷ số này", "Cancel this number"),
    "cancel_sure": Words(
        "Huỷ rồi thì không lấy lại được. Muốn làm việc lại phải lấy số mới ở kiosk.",
        "A cancelled number cannot be restored; you would need a new one from the kiosk.",
    ),
    "cancel_yes": Words("Đồng ý huỷ số {number}", "Yes, cancel {number}"),
    "your_turn": Words("Đến lượt Ông/Bà", "It is your turn"),
    "go_to": Words("Mời đến", "Go to"),
    "counter": Words("Quầy {counter}", "Counter {counter}"),
    "call_time": Words("Gọi lần {times} lúc {hour}", "Call {times} at {hour}"),
    "come_now": Words(
        "Chưa đến kịp thì báo công chức ở quầy Hướng dẫn để được giữ lượt.",
        "If you cannot come at once, tell the help desk to keep your turn.",
    ),
    "on_my_way": Words("Tôi đang đến quầy", "I am on my way"),
    "serving": Words("Đang phục vụ Ông/Bà", "You are being served"),
    "serving_at": Words("Mời Ông/Bà ở tại quầy.", "Please stay at the counter."),
    "parked": Words("Số được giữ giúp Ông/Bà", "Your number is being kept"),
    "parked_until": Words(
        "Mời bấm “Tôi đã quay lại” trước {hour}. Từ lúc quay lại, Ông/Bà giữ nguyên thời gian đã chờ.",
        "Press “I am back” before {hour}. You keep the time you have already waited.",
    ),
    "parked_long": Words(
        "Đã quá {hour}. Mời bấm “Tôi đã quay lại” ngay khi tới sảnh.",
        "It is past {hour}. Press “I am back” as soon as you are in the hall.",
    ),
    "back": Words("Tôi đã quay lại", "I am back"),
    "set_aside": Words("Quầy đang tạm gác số này", "The counter has set your number aside"),
    "set_aside_next": Words(
        "Mời Ông/Bà chờ ở sảnh, quầy sẽ gọi lại. Cần hỏi, mời đến quầy Hướng dẫn.",
        "Please wait in the hall, the counter will call again. Ask at the help desk if in doubt.",
    ),
    "awaiting": Words("Đang giải quyết hồ sơ", "Your file is being handled"),
    "awaiting_next": Words(
        "Mời Ông/Bà chờ ở sảnh. Có kết quả, quầy sẽ gọi số này.",
        "Please wait in the hall: this number is called when the result is there.",
    ),
    "no_show": Words("Đã gọi số này lúc {hour}", "This number was called at {hour}"),
    "no_show_next": Words(
        "Ông/Bà chưa đến quầy nên số đã qua lượt. Trước {until}, mời đến {desk} và báo số {number}: "
        "công chức đưa số trở lại hàng chờ.",
        "You were not at the counter. Before {until}, tell {desk} your number {number}: "
        "it goes back into the queue.",
    ),
    "no_show_over": Words(
        "Số này không trở lại hàng chờ được nữa. Mời Ông/Bà lấy số mới ở kiosk hoặc hỏi {desk}.",
        "This number cannot go back into the queue. Please take a new one or ask {desk}.",
    ),
    "served": Words("Đã phục vụ xong", "All done"),
    "served_next": Words("Cảm ơn Ông/Bà.", "Thank you."),
    "feedback": Words("Góp ý về lần phục vụ này", "Tell us how it was"),
    "cancelled": Words("Số này đã huỷ", "This number is cancelled"),
    "cancelled_next": Words(
        "Muốn làm việc, mời Ông/Bà lấy số mới ở kiosk.",
        "Please take a new number from the kiosk if you need one.",
    ),
    "abandoned": Words("Ngày làm việc đã kết thúc", "The day has ended"),
    "abandoned_next": Words(
        "Xin lỗi vì số này chưa được gọi. Mời Ông/Bà lấy số mới vào ngày làm việc sau.",
        "We are sorry that this number was not called. Please take a new one on the next working day.",
    ),
}


def say(key: str, language: str, **values: object) -> str:
    """The words of a key in a language, with its places filled in."""
    return WORDS[key].in_(language).format(**values)
