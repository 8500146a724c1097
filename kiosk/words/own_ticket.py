"""What became of a ticket that is held to the reader."""

from kiosk.words.pair import Words

OWN_TICKET = {
    "mine.waiting": Words("Đang chờ đến lượt", "Waiting"),
    "mine.ahead": Words("Trước Ông/Bà {n} người", "{n} people ahead of you"),
    "mine.ahead_one": Words("Trước Ông/Bà {n} người", "{n} person ahead of you"),
    "mine.others_first": Words(
        "Người ưu tiên và người có hẹn có thể được gọi trước.",
        "Priority and booked visitors may be called first.",
    ),
    "mine.listen": Words("Mời nghe loa và nhìn bảng gọi số.", "Listen and look at the hall display."),
    "mine.called": Words("Đến lượt Ông/Bà: {counter}", "It is your turn: {counter}"),
    "mine.go_now": Words("Mời Ông/Bà đến quầy ngay.", "Please go there now."),
    "mine.serving": Words("Số này đang được phục vụ", "This number is being served"),
    "mine.stay": Words("Mời Ông/Bà ở tại quầy.", "Please stay at the counter."),
    "mine.served": Words("Số này đã phục vụ xong", "This number has been served"),
    "mine.served_body": Words(
        "Cần làm việc khác, mời Ông/Bà lấy số mới.", "Take a new number for anything else."
    ),
    "mine.no_show": Words("Số này đã qua lượt", "Your turn has passed"),
    "mine.no_show_body": Words(
        "Trước {until}, mời đến {help_desk} báo số {number}: số trở lại hàng chờ.",
        "Before {until}, tell {help_desk} your number {number}: it goes back into the queue.",
    ),
    "mine.no_show_over": Words(
        "Không trở lại hàng chờ được nữa. Mời Ông/Bà lấy số mới.",
        "It cannot go back into the queue. Please take a new one.",
    ),
    "mine.parked": Words("Số này đang được giữ", "This number is being kept"),
    "mine.parked_body": Words(
        "Quầy sẽ gọi lại. Đã quay lại mà chưa được gọi, mời báo {help_desk}.",
        "It will be called again. If you are back and not called, tell {help_desk}.",
    ),
    "mine.awaiting_result": Words("Đang giải quyết hồ sơ", "Your file is being handled"),
    "mine.awaiting_result_body": Words(
        "Mời Ông/Bà chờ ở sảnh. Có kết quả, quầy sẽ gọi số này.",
        "Please wait in the hall: this number is called when the result is there.",
    ),
    "mine.cancelled": Words("Số này đã huỷ", "This number was cancelled"),
    "mine.cancelled_body": Words(
        "Cần làm việc, mời Ông/Bà lấy số mới.", "Please take a new number if you need one."
    ),
    "mine.abandoned": Words("Số này đã đóng", "This number is closed"),
    "mine.abandoned_body": Words(
        "Mời Ông/Bà lấy số mới hoặc hỏi {help_desk}.", "Take a new number or ask {help_desk}."
    ),
    "mine.other": Words("Số của Ông/Bà", "Your number"),
    "mine.other_body": Words("Mời Ông/Bà hỏi {help_desk}.", "Please ask {help_desk}."),
}
