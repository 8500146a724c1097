"""The ticket and its slip: the number, the code for the phone, paper and printer."""

from kiosk.words.pair import Words

TICKET = {
    "ticket.heading": Words("Số thứ tự của Ông/Bà", "Your number"),
    "ticket.counter": Words("Quầy {counters}", "Counter {counters}"),
    "ticket.or": Words("hoặc", "or"),
    "ticket.any_counter": Words("Mời nghe loa gọi đến quầy", "Listen for your counter"),
    "ticket.ahead": Words("Trước Ông/Bà", "Ahead of you"),
    "ticket.people": Words("người", "people"),
    "ticket.person": Words("người", "person"),
    "ticket.next": Words("Người tiếp theo", "You are next"),
    "ticket.wait_about": Words("Thời gian chờ khoảng", "Waiting time about"),
    "ticket.wait": Words("Thời gian chờ", "Waiting time"),
    "ticket.minutes": Words("phút", "min"),
    "ticket.promise": Words("Dự kiến được gọi trước {at}", "Likely called before {at}"),
    "ticket.priority": Words("Ưu tiên: {group}", "Priority: {group}"),
    "ticket.done": Words("Xong", "Done"),
    "qr.follow": Words("Theo dõi lượt trên điện thoại", "Follow on your phone"),
    "qr.follow_body": Words(
        "Quét mã này để xem còn bao nhiêu người. Không cần cài ứng dụng, không cần đăng nhập.",
        "Scan this code to see how many people are ahead. Nothing to install, no sign-in.",
    ),
    "qr.keep": Words("Quét mã để giữ số", "Scan the code to keep your number"),
    "qr.photo": Words("Chụp ảnh mã này để giữ số", "Take a photo of this code"),
    "qr.remember": Words(
        "Hoặc ghi nhớ *{number}* và nghe loa gọi.", "Or remember *{number}* and listen for the call."
    ),
    "qr.told": Words("Nhân viên đã được báo.", "Staff have been told."),
    "paper.printing": Words("Đang in phiếu", "Printing your ticket"),
    "paper.printing_short": Words("Đang in", "Printing"),
    "paper.printed_short": Words("Nhận phiếu", "Take your ticket"),
    "paper.printed": Words("Vui lòng nhận phiếu", "Please take your ticket"),
    "paper.slot": Words("Khe bên dưới màn hình", "In the slot below the screen"),
    "paper.elsewhere": Words("Mời lấy phiếu ở {place}", "Please take your ticket at {place}"),
    "paper.elsewhere_unconfirmed": Words("Mời xem phiếu ở {place}", "Please look for your ticket at {place}"),
    "paper.elsewhere_body": Words(
        "Máy in ở đây tạm ngừng, máy khác đã in thay.", "This printer is out, another one printed it."
    ),
    "paper.printer": Words("máy in {name}", "printer {name}"),
    "paper.guidance_failed": Words(
        "Phiếu hướng dẫn chưa in được, mời hỏi {help_desk}.",
        "The list of missing papers was not printed, please ask {help_desk}.",
    ),
    "paper.guidance_failed_too": Words(
        "Phiếu hướng dẫn cũng chưa in được.", "The list of missing papers was not printed either."
    ),
    "paper.guidance_elsewhere": Words(
        "Phiếu hướng dẫn ở {place}.", "The list of missing papers is at {place}."
    ),
    "paper.unconfirmed": Words("Mời xem khe bên dưới màn hình", "Please look in the slot below"),
    "paper.unconfirmed_body": Words(
        "Chưa thấy phiếu thì chạm “In lại phiếu”.", "If there is no ticket, touch “Reprint”."
    ),
    "paper.unconfirmed_last": Words(
        "Chưa thấy phiếu, số vẫn có giá trị. Mời ghi nhớ số.",
        "Without a ticket your number is still valid. Please remember it.",
    ),
    "paper.without": Words("Số vẫn có giá trị khi không có phiếu", "Your number is valid without paper"),
    "paper.without_body": Words(
        "Mời ghi nhớ số và nghe loa gọi.", "Please remember your number and listen for the call."
    ),
    "printer.paper_out": Words("Máy hết giấy, chưa in được phiếu", "Out of paper, no ticket printed"),
    "printer.cover_open": Words(
        "Nắp máy in đang mở, chưa in được phiếu", "The printer is open, no ticket printed"
    ),
    "printer.offline": Words(
        "Máy in không trả lời, chưa in được phiếu", "The printer does not answer, no ticket printed"
    ),
    "printer.unknown": Words("Chưa in được phiếu", "Your ticket was not printed"),
    "printer.valid": Words(
        "Số {number} vẫn có giá trị. Ông/Bà không mất lượt.", "{number} is valid, you keep your place."
    ),
    "printer.retry": Words("Thử in lại", "Try again"),
    "printer.without": Words("Tiếp tục không cần phiếu", "Continue without paper"),
    "printer.mended": Words(
        "Máy in đã dùng lại được, mời thử in lại", "The printer works again, please try again"
    ),
    "trouble.paper_out": Words("Máy in hết giấy", "The printer is out of paper"),
    "trouble.cover_open": Words("Nắp máy in đang mở", "The printer is open"),
    "trouble.offline": Words("Máy in tạm ngừng", "The printer is out of use"),
    "trouble.body": Words(
        "Ông/Bà vẫn lấy được số: số hiện trên màn hình.",
        "You can still take a number: it is shown on the screen.",
    ),
}
