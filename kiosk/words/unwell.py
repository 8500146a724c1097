"""The kiosk that is not well: offline, out of service, starting, starting again."""

from kiosk.words.pair import Words

UNWELL = {
    "offline.title": Words("Đang mất kết nối với máy chủ", "The kiosk is offline"),
    "offline.body": Words(
        "Ông/Bà vẫn lấy được số. Số in ra có giá trị và được gọi đúng thứ tự.",
        "You can still take a number. It is valid and called in its turn.",
    ),
    "offline.wait": Words("Chưa tính được thời gian chờ.", "The wait is not known yet."),
    "offline.line": Words(
        "Đang mất kết nối. Số vẫn có giá trị.", "Offline. Tickets are issued and stay valid."
    ),
    "offline.still": Words("Vẫn cấp số bình thường", "Numbers are given as usual"),
    "offline.paused": Words("Tạm ngừng: đang mất kết nối", "Paused: the kiosk is offline"),
    "out.title": Words("Máy này tạm ngừng phục vụ", "This kiosk is out of service"),
    "out.sorry": Words("Chúng tôi xin lỗi Ông/Bà vì sự bất tiện này.", "We apologise."),
    "out.kiosk_line": Words("Mời Ông/Bà thử máy này", "Please try this one"),
    "out.desk_line": Words("Nhân viên cấp số giúp Ông/Bà", "Staff will give you a number"),
    "out.still_called": Words(
        "Ai đã có số vẫn được gọi bình thường.", "Numbers already issued are called as usual."
    ),
    "out.code": Words("Mã sự cố: {code}", "Fault code: {code}"),
    "starting.title": Words("Máy đang khởi động", "The kiosk is starting"),
    "starting.body": Words(
        "Ông/Bà chờ trong giây lát hoặc đến {help_desk}.", "Please wait a moment or go to {help_desk}."
    ),
    "safe.title": Words("Máy đang khởi động lại", "The kiosk is starting again"),
    "safe.body": Words(
        "Chỉ mất vài giây. Ai đã có số không mất lượt.",
        "It takes a few seconds. Nobody with a number loses their place.",
    ),
    "safe.ticket": Words(
        "Số của Ông/Bà vẫn có giá trị. Mời ghi nhớ số và nghe loa gọi.",
        "Your number is valid. Please remember it and listen for the call.",
    ),
}
