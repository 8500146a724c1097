"""Every sentence of the kiosk's screens, Vietnamese and English; presenters fill `{…}`, `*…*` is bold."""

from types import MappingProxyType
from typing import NamedTuple


class Words(NamedTuple):
    vi: str
    en: str


_W = Words

WORDS = MappingProxyType(
    {
        # Home
        "home.greeting": _W("Xin chào!", "Welcome."),
        "home.title": _W("Ông/Bà cần làm gì?", "How can we help?"),
        "home.helper": _W("Chạm vào một ô bên dưới.", "Touch one of the boxes below."),
        "home.begin": _W("Chạm để bắt đầu.", "Touch to begin."),
        "home.take_number": _W("Lấy số thứ tự", "Take a queue number"),
        "home.take_number_short": _W("Lấy số thứ tự", "Take a number"),
        "home.live": _W("Đang chờ *{people}*", "*{people}* waiting"),
        "home.people_one": _W("{n} người", "{n} person"),
        "home.people": _W("{n} người", "{n} people"),
        "home.about": _W("khoảng *{n} phút*", "about *{n} min*"),
        "home.nobody": _W("Chưa có người chờ", "No one waiting"),
        "home.best": _W("Nên đến: *{when}*", "Best time: *{when}*"),
        "home.closed": _W("Hết giờ nhận hồ sơ", "Closed"),
        "home.reopens": _W("mở lại {at}", "reopens {at}"),
        "home.closed_title": _W("Hết giờ nhận hồ sơ", "We are closed now"),
        "home.closed_helper": _W(
            "Ông/Bà trở lại trong giờ mở cửa hoặc hỏi {help_desk}.",
            "Please come back in opening hours or ask {help_desk}.",
        ),
        # The server is away, numbers are given all the same
        "offline.title": _W("Đang mất kết nối với máy chủ", "The kiosk is offline"),
        "offline.body": _W(
            "Ông/Bà vẫn lấy được số. Số in ra có giá trị và được gọi đúng thứ tự.",
            "You can still take a number. It is valid and called in its turn.",
        ),
        "offline.wait": _W("Chưa tính được thời gian chờ.", "The wait is not known yet."),
        "offline.line": _W(
            "Đang mất kết nối. Số vẫn có giá trị.", "Offline. Tickets are issued and stay valid."
        ),
        "offline.still": _W("Vẫn cấp số bình thường", "Numbers are given as usual"),
        "offline.paused": _W("Tạm ngừng: đang mất kết nối", "Paused: the kiosk is offline"),
        # Aids and the bar
        "bar.back": _W("Quay lại", "Back"),
        "bar.home": _W("Trang đầu", "Home"),
        "bar.large_text": _W("Chữ lớn", "Large text"),
        "bar.contrast": _W("Tương phản", "Contrast"),
        "bar.listen": _W("Nghe đọc", "Listen"),
        "bar.low_reach": _W("Phím ở thấp", "Low reach"),
        "bar.vietnamese": _W("Tiếng Việt", "Tiếng Việt"),
        "bar.english": _W("English", "English"),
        "bar.reprint": _W("In lại phiếu", "Reprint"),
        "bar.another": _W("Lấy thêm số", "Another number"),
        "bar.help": _W("Tôi cần giúp", "I need help"),
        # Services
        "services.title": _W("Chọn việc cần làm", "Choose a service"),
        "services.intro": _W(
            "Thời gian chờ là dự báo: 8 trong 10 người được gọi trong khoảng ghi trên ô.",
            "Forecast: 8 in 10 people are called within the range.",
        ),
        "services.not_sure": _W(
            "Chưa biết chọn ô nào? Mời hỏi *{help_desk}*.", "Not sure? Ask *{help_desk}*."
        ),
        "services.not_sure_short": _W("Chưa rõ? Mời hỏi quầy Hướng dẫn.", "Not sure? Ask the help desk."),
        "services.more": _W("Xem thêm", "More"),
        "services.page": _W("Trang {page} trên {pages}", "Page {page} of {pages}"),
        "services.waiting_one": _W("{n} người đang chờ", "{n} waiting"),
        "services.waiting": _W("{n} người đang chờ", "{n} waiting"),
        "services.nobody": _W("Chưa có người chờ", "No one waiting"),
        "services.closed_until": _W("Tạm ngừng đến {at}", "Closed until {at}"),
        "services.closed": _W("Tạm ngừng nhận số", "Closed for now"),
        "services.full": _W("Đã hết số hôm nay", "No more numbers today"),
        "services.ask": _W("Mời hỏi {help_desk}", "Please ask {help_desk}"),
        "services.reopens": _W("Mở lại {at}", "Reopens {at}"),
        # Waits
        "wait.range": _W("khoảng {low}–{high} phút", "about {low}–{high} min"),
        "wait.one": _W("khoảng {high} phút", "about {high} min"),
        "wait.hour": _W("hơn 1 giờ", "over 1 hour"),
        "wait.soon": _W("Sắp đến lượt", "Soon"),
        "wait.unknown": _W("Chưa tính được thời gian chờ", "Wait not known"),
        "wait.unknown_short": _W("Chưa tính được", "Not known"),
        # Priority
        "priority.title": _W("Ông/Bà có thuộc diện ưu tiên không?", "Are you entitled to priority service?"),
        "priority.intro": _W(
            "Công chức xem giấy tờ khi Ông/Bà đến quầy.", "Papers are checked at the counter."
        ),
        "priority.none": _W("Không, lấy số thường", "No, ordinary ticket"),
        # Issuing
        "issuing.title": _W("Đang xử lý…", "One moment…"),
        "issuing.body": _W("Ông/Bà chờ trong giây lát.", "Please wait a moment."),
        "late.title": _W("Máy chủ chưa trả lời", "The server has not answered yet"),
        "late.body": _W(
            "Yêu cầu của Ông/Bà vẫn được giữ, số hiện ra ngay khi có trả lời. "
            "Không muốn chờ, mời Ông/Bà đến {help_desk}.",
            "Your request is kept; the number appears as soon as there is an answer. "
            "If you prefer not to wait, go to {help_desk}.",
        ),
        "late.leave": _W("Bỏ yêu cầu, về trang đầu", "Drop the request and go home"),
        # Ticket
        "ticket.heading": _W("Số thứ tự của Ông/Bà", "Your number"),
        "ticket.counter": _W("Quầy {counters}", "Counter {counters}"),
        "ticket.or": _W("hoặc", "or"),
        "ticket.any_counter": _W("Mời nghe loa gọi đến quầy", "Listen for your counter"),
        "ticket.ahead": _W("Trước Ông/Bà", "Ahead of you"),
        "ticket.people": _W("người", "people"),
        "ticket.person": _W("người", "person"),
        "ticket.next": _W("Người tiếp theo", "You are next"),
        "ticket.wait_about": _W("Thời gian chờ khoảng", "Waiting time about"),
        "ticket.wait": _W("Thời gian chờ", "Waiting time"),
        "ticket.minutes": _W("phút", "min"),
        "ticket.promise": _W("Dự kiến được gọi trước {at}", "Likely called before {at}"),
        "ticket.priority": _W("Ưu tiên: {group}", "Priority: {group}"),
        "ticket.done": _W("Xong", "Done"),
        "qr.follow": _W("Theo dõi lượt trên điện thoại", "Follow on your phone"),
        "qr.follow_body": _W(
            "Quét mã này để xem còn bao nhiêu người. Không cần cài ứng dụng, không cần đăng nhập.",
            "Scan this code to see how many people are ahead. Nothing to install, no sign-in.",
        ),
        "qr.keep": _W("Quét mã để giữ số", "Scan the code to keep your number"),
        "qr.photo": _W("Chụp ảnh mã này để giữ số", "Take a photo of this code"),
        "qr.remember": _W(
            "Hoặc ghi nhớ *{number}* và nghe loa gọi.", "Or remember *{number}* and listen for the call."
        ),
        "qr.told": _W("Nhân viên đã được báo.", "Staff have been told."),
        "paper.printing": _W("Đang in phiếu", "Printing your ticket"),
        "paper.printing_short": _W("Đang in", "Printing"),
        "paper.printed_short": _W("Nhận phiếu", "Take your ticket"),
        "paper.printed": _W("Vui lòng nhận phiếu", "Please take your ticket"),
        "paper.slot": _W("Khe bên dưới màn hình", "In the slot below the screen"),
        "paper.elsewhere": _W("Mời lấy phiếu ở {place}", "Please take your ticket at {place}"),
        "paper.elsewhere_unconfirmed": _W(
            "Mời xem phiếu ở {place}", "Please look for your ticket at {place}"
        ),
        "paper.elsewhere_body": _W(
            "Máy in ở đây tạm ngừng, máy khác đã in thay.", "This printer is out, another one printed it."
        ),
        "paper.printer": _W("máy in {name}", "printer {name}"),
        "paper.guidance_failed": _W(
            "Phiếu hướng dẫn chưa in được, mời hỏi {help_desk}.",
            "The list of missing papers was not printed, please ask {help_desk}.",
        ),
        "paper.guidance_failed_too": _W(
            "Phiếu hướng dẫn cũng chưa in được.", "The list of missing papers was not printed either."
        ),
        "paper.guidance_elsewhere": _W(
            "Phiếu hướng dẫn ở {place}.", "The list of missing papers is at {place}."
        ),
        "paper.unconfirmed": _W("Mời xem khe bên dưới màn hình", "Please look in the slot below"),
        "paper.unconfirmed_body": _W(
            "Chưa thấy phiếu thì chạm “In lại phiếu”.", "If there is no ticket, touch “Reprint”."
        ),
        "paper.unconfirmed_last": _W(
            "Chưa thấy phiếu, số vẫn có giá trị. Mời ghi nhớ số.",
            "Without a ticket your number is still valid. Please remember it.",
        ),
        "paper.without": _W("Số vẫn có giá trị khi không có phiếu", "Your number is valid without paper"),
        "paper.without_body": _W(
            "Mời ghi nhớ số và nghe loa gọi.", "Please remember your number and listen for the call."
        ),
        # Printer failed
        "printer.paper_out": _W("Máy hết giấy, chưa in được phiếu", "Out of paper, no ticket printed"),
        "printer.cover_open": _W(
            "Nắp máy in đang mở, chưa in được phiếu", "The printer is open, no ticket printed"
        ),
        "printer.offline": _W(
            "Máy in không trả lời, chưa in được phiếu", "The printer does not answer, no ticket printed"
        ),
        "printer.unknown": _W("Chưa in được phiếu", "Your ticket was not printed"),
        "printer.valid": _W(
            "Số {number} vẫn có giá trị. Ông/Bà không mất lượt.", "{number} is valid, you keep your place."
        ),
        "printer.retry": _W("Thử in lại", "Try again"),
        "printer.without": _W("Tiếp tục không cần phiếu", "Continue without paper"),
        "printer.mended": _W(
            "Máy in đã dùng lại được, mời thử in lại", "The printer works again, please try again"
        ),
        # Printer's trouble, before anybody takes a number
        "trouble.paper_out": _W("Máy in hết giấy", "The printer is out of paper"),
        "trouble.cover_open": _W("Nắp máy in đang mở", "The printer is open"),
        "trouble.offline": _W("Máy in tạm ngừng", "The printer is out of use"),
        "trouble.body": _W(
            "Ông/Bà vẫn lấy được số: số hiện trên màn hình.",
            "You can still take a number: it is shown on the screen.",
        ),
        # Refusals
        "refused.service_closed": _W("Việc này vừa tạm ngừng nhận số", "This service has just closed"),
        "refused.full": _W("Việc này vừa hết số hôm nay", "No more numbers today for this service"),
        "refused.out_of_hours": _W("Hết giờ nhận hồ sơ", "The office has just closed"),
        "refused.try": _W("Chưa lấy được số", "No number was issued"),
        "refused.machine": _W("Máy này chưa cấp được số", "This kiosk cannot issue numbers yet"),
        "refused.other_service": _W(
            "Ông/Bà chưa có số. Mời chọn việc khác hoặc hỏi {help_desk}.",
            "You have no number yet. Choose another service or ask {help_desk}.",
        ),
        "refused.come_back": _W(
            "Ông/Bà chưa có số. Mời trở lại khi mở cửa hoặc hỏi {help_desk}.",
            "You have no number yet. Come back when we are open or ask {help_desk}.",
        ),
        "refused.again": _W(
            "Hệ thống đang bận. Mời thử lại hoặc đến {help_desk}.",
            "The system is busy. Try again or go to {help_desk}.",
        ),
        "refused.too_often": _W(
            "Máy vừa cấp nhiều số liền nhau. Mời chờ một phút rồi thử lại, hoặc đến {help_desk}.",
            "Many numbers were just issued here. Wait a minute and try again, or go to {help_desk}.",
        ),
        "refused.go": _W(
            "Mời Ông/Bà đến {help_desk}, nhân viên cấp số giúp.",
            "Please go to {help_desk}: staff will give you a number.",
        ),
        "refused.try_again": _W("Thử lại", "Try again"),
        "refused.another": _W("Chọn việc khác", "Choose another service"),
        "refused.home": _W("Về trang đầu", "Back to the first page"),
        # Out of service
        "out.title": _W("Máy này tạm ngừng phục vụ", "This kiosk is out of service"),
        "out.sorry": _W("Chúng tôi xin lỗi Ông/Bà vì sự bất tiện này.", "We apologise."),
        "out.kiosk_line": _W("Mời Ông/Bà thử máy này", "Please try this one"),
        "out.desk_line": _W("Nhân viên cấp số giúp Ông/Bà", "Staff will give you a number"),
        "out.still_called": _W(
            "Ai đã có số vẫn được gọi bình thường.", "Numbers already issued are called as usual."
        ),
        "out.code": _W("Mã sự cố: {code}", "Fault code: {code}"),
        "starting.title": _W("Máy đang khởi động", "The kiosk is starting"),
        "starting.body": _W(
            "Ông/Bà chờ trong giây lát hoặc đến {help_desk}.", "Please wait a moment or go to {help_desk}."
        ),
        "safe.title": _W("Máy đang khởi động lại", "The kiosk is starting again"),
        "safe.body": _W(
            "Chỉ mất vài giây. Ai đã có số không mất lượt.",
            "It takes a few seconds. Nobody with a number loses their place.",
        ),
        "safe.ticket": _W(
            "Số của Ông/Bà vẫn có giá trị. Mời ghi nhớ số và nghe loa gọi.",
            "Your number is valid. Please remember it and listen for the call.",
        ),
        # Overlays
        "timeout.title": _W("Ông/Bà còn ở đó không?", "Are you still there?"),
        "timeout.body_one": _W(
            "Sau {n} giây, màn hình về trang đầu và xoá những gì vừa nhập.",
            "In {n} second the screen returns to the start and clears what you entered.",
        ),
        "timeout.body": _W(
            "Sau {n} giây, màn hình về trang đầu và xoá những gì vừa nhập.",
            "In {n} seconds the screen returns to the start and clears what you entered.",
        ),
        "timeout.here": _W("Tôi vẫn ở đây", "I am here"),
        "timeout.leave": _W("Kết thúc, về trang đầu", "Finish, go to the start"),
        "help.calling": _W("Đang báo {help_desk}", "Calling {help_desk}"),
        "help.called": _W("Đã báo {help_desk}", "Help is on the way"),
        "help.not_called": _W("Chưa báo được {help_desk}", "The call did not get through"),
        "help.wait": _W("Mời Ông/Bà chờ tại máy.", "Please wait here."),
        "help.go": _W("Mời Ông/Bà đến {help_desk}.", "Please go to {help_desk}."),
        "help.close": _W("Đóng", "Close"),
        "help.desk": _W("quầy Hướng dẫn", "the help desk"),
        # A dossier's code
        "home.track_file": _W("Tra cứu hồ sơ", "Track my file"),
        "home.track_file_helper": _W("Quét giấy hẹn hoặc nhập mã", "Scan your receipt or type its code"),
        "scan.title_scanner": _W("Đưa mã QR trên giấy hẹn vào ô quét", "Hold the QR code under the scanner"),
        "scan.title_camera": _W("Đưa mã QR trên giấy hẹn trước camera", "Hold the QR code before the camera"),
        "scan.where": _W(
            "Mã trên giấy hẹn trả kết quả, hoặc trên phiếu số thứ tự.",
            "The code of your receipt, or of a queue ticket.",
        ),
        "scan.slot_scanner": _W("Ô quét, dưới màn hình", "Scanner, below the screen"),
        "scan.slot_camera": _W("Camera, trên màn hình", "Camera, above the screen"),
        "scan.paper": _W("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "Receipt with the day of the result"),
        "scan.distance": _W("10–15 cm", "10–15 cm"),
        "scan.step_1_scanner": _W(
            "Cầm giấy phẳng, mã QR quay về phía ô quét", "Hold the paper flat, the code facing the scanner"
        ),
        "scan.step_1_camera": _W(
            "Cầm giấy phẳng, mã QR quay về phía camera", "Hold the paper flat, the code facing the camera"
        ),
        "scan.step_2": _W("Giữ yên, cách 10–15 cm", "Hold it still, 10–15 cm away"),
        "scan.step_3": _W("Nghe tiếng “bíp” là xong", "A beep says it is done"),
        "scan.by_hand": _W("Nhập mã hồ sơ bằng tay", "Type the dossier code instead"),
        "notice.unread": _W(
            "Chưa đọc được mã. Mời thử lại hoặc nhập bằng tay.", "Code not read. Try again or type it."
        ),
        "notice.id_card": _W(
            "Đây là số Căn cước. Mời đưa giấy hẹn hoặc nhập mã hồ sơ.",
            "This is an ID card. Show the receipt or type its code.",
        ),
        "notice.paper": _W(
            "Đây là mã của giấy tờ số hoá. Mời đưa giấy hẹn.", "This is a digital paper. Show the receipt."
        ),
        "notice.not_found": _W("Không thấy hồ sơ này. Mời kiểm tra lại mã.", "No such file. Check the code."),
        "notice.no_reader": _W(
            "Máy quét vừa ngừng. Mời nhập mã bằng tay.", "The scanner has stopped. Please type the code."
        ),
        "keypad.title": _W("Nhập mã hồ sơ", "Enter the code"),
        "keypad.where": _W("Mã in ở góc trên của giấy hẹn, ví dụ", "At the top of your receipt, such as"),
        "keypad.where_plain": _W("Mã in ở góc trên của giấy hẹn.", "It stands at the top of your receipt."),
        "keypad.note": _W(
            "Nhập đúng như trên giấy, cả dấu “.” và “-”. Sau 60 giây không chạm, mã đã nhập sẽ bị xoá.",
            "Type it as printed, with every “.” and “-”. It is cleared after 60 seconds without a touch.",
        ),
        "keypad.search": _W("Tìm hồ sơ", "Search"),
        "keypad.too_short": _W("Mời nhập mã trước", "Enter the code first"),
        "keypad.delete": _W("Xoá", "Delete"),
        "keypad.clear": _W("Xoá hết", "Clear"),
        "keypad.letters": _W("A–Z", "A–Z"),
        "keypad.numbers": _W("0–9", "0–9"),
        "looking.title": _W("Đang tìm hồ sơ", "Looking for your file"),
        # One's own ticket
        "looking.ticket": _W("Đang xem số của Ông/Bà", "Looking for your number"),
        "mine.waiting": _W("Đang chờ đến lượt", "Waiting"),
        "mine.ahead": _W("Trước Ông/Bà {n} người", "{n} people ahead of you"),
        "mine.ahead_one": _W("Trước Ông/Bà {n} người", "{n} person ahead of you"),
        "mine.others_first": _W(
            "Người ưu tiên và người có hẹn có thể được gọi trước.",
            "Priority and booked visitors may be called first.",
        ),
        "mine.listen": _W("Mời nghe loa và nhìn bảng gọi số.", "Listen and look at the hall display."),
        "mine.called": _W("Đến lượt Ông/Bà: {counter}", "It is your turn: {counter}"),
        "mine.go_now": _W("Mời Ông/Bà đến quầy ngay.", "Please go there now."),
        "mine.serving": _W("Số này đang được phục vụ", "This number is being served"),
        "mine.stay": _W("Mời Ông/Bà ở tại quầy.", "Please stay at the counter."),
        "mine.served": _W("Số này đã phục vụ xong", "This number has been served"),
        "mine.served_body": _W(
            "Cần làm việc khác, mời Ông/Bà lấy số mới.", "Take a new number for anything else."
        ),
        "mine.no_show": _W("Số này đã qua lượt", "Your turn has passed"),
        "mine.no_show_body": _W(
            "Trước {until}, mời đến {help_desk} báo số {number}: số trở lại hàng chờ.",
            "Before {until}, tell {help_desk} your number {number}: it goes back into the queue.",
        ),
        "mine.no_show_over": _W(
            "Không trở lại hàng chờ được nữa. Mời Ông/Bà lấy số mới.",
            "It cannot go back into the queue. Please take a new one.",
        ),
        "mine.parked": _W("Số này đang được giữ", "This number is being kept"),
        "mine.parked_body": _W(
            "Quầy sẽ gọi lại. Đã quay lại mà chưa được gọi, mời báo {help_desk}.",
            "It will be called again. If you are back and not called, tell {help_desk}.",
        ),
        "mine.awaiting_result": _W("Đang giải quyết hồ sơ", "Your file is being handled"),
        "mine.awaiting_result_body": _W(
            "Mời Ông/Bà chờ ở sảnh. Có kết quả, quầy sẽ gọi số này.",
            "Please wait in the hall: this number is called when the result is there.",
        ),
        "mine.cancelled": _W("Số này đã huỷ", "This number was cancelled"),
        "mine.cancelled_body": _W(
            "Cần làm việc, mời Ông/Bà lấy số mới.", "Please take a new number if you need one."
        ),
        "mine.abandoned": _W("Số này đã đóng", "This number is closed"),
        "mine.abandoned_body": _W(
            "Mời Ông/Bà lấy số mới hoặc hỏi {help_desk}.", "Take a new number or ask {help_desk}."
        ),
        "mine.other": _W("Số của Ông/Bà", "Your number"),
        "mine.other_body": _W("Mời Ông/Bà hỏi {help_desk}.", "Please ask {help_desk}."),
        # A dossier's answer
        "result.applicant": _W("Chủ hồ sơ", "Applicant"),
        "result.received": _W("Ngày nhận", "Received"),
        "result.due": _W("Hẹn trả", "Due"),
        "result.moved": _W("{day} (giấy hẹn ghi {promised})", "{day} (your receipt says {promised})"),
        "result.no_due": _W("Chưa có ngày hẹn", "Not set yet"),
        "result.fee": _W("Phí, lệ phí", "Fee"),
        "result.fee_due": _W("Còn phải nộp", "Still to be paid"),
        "result.dong": _W("{n} đồng", "{n} VND"),
        "result.here": _W("Hồ sơ đang ở bước này", "Your file is here now"),
        "result.waits": _W("Đang chờ Ông/Bà đến nhận", "Waiting for you"),
        "result.opened": _W("Nội dung riêng của hồ sơ", "For the applicant only"),
        "result.asked": _W("Cần bổ sung", "To be supplemented"),
        "result.asked_on": _W("Cần bổ sung, yêu cầu ngày {day}", "To be supplemented, asked on {day}"),
        "result.supplied": _W("Đã nộp {day}", "Handed in {day}"),
        "result.contact": _W("Liên hệ", "Contact"),
        "result.bring": _W("Mang theo *giấy hẹn* và *thẻ Căn cước*.", "Bring your *receipt* and *ID card*."),
        "result.locked": _W(
            "Nội dung riêng của hồ sơ chỉ mở tại quầy. Mời đến {help_desk}, mang theo thẻ Căn cước.",
            "Its private part opens at the desk only. Please go to {help_desk} with your ID card.",
        ),
        "result.as_of": _W("Cập nhật lúc {at}", "As of {at}"),
        "result.as_of_source": _W("{source}, cập nhật lúc {at}", "{source}, as of {at}"),
        "result.another": _W("Tra cứu hồ sơ khác", "Another file"),
        "result.no_server": _W("Đang mất kết nối, mời hỏi {help_desk}", "Offline, please ask {help_desk}"),
        "result.unlock": _W("Xem nội dung riêng", "Show the private part"),
        "result.unlock_supplement": _W("Xem giấy tờ cần bổ sung", "Show missing papers"),
        "result.unlock_how": _W("Cần thẻ Căn cước hoặc 4 số cuối", "With your ID card or its last 4 digits"),
        "factor.title": _W("Nhập 4 số cuối", "Enter the last 4 digits"),
        "factor.how": _W(
            "Của số Căn cước hoặc số điện thoại đã ghi trong hồ sơ.",
            "Of the ID card or telephone that is written in the file.",
        ),
        "factor.how_card": _W(
            "Của số Căn cước hoặc số điện thoại đã ghi trong hồ sơ. Hoặc quét mã QR trên thẻ Căn cước.",
            "Of the ID card or telephone that is written in the file. Or scan the QR code of the ID card.",
        ),
        "factor.open": _W("Mở nội dung", "Open"),
        "factor.too_short": _W("Mời nhập đủ 4 số", "Enter all 4 digits"),
        "factor.note": _W(
            "Chỉ chủ hồ sơ mới xem được phần này. Sai 3 lần thì mời đến quầy.",
            "Only the applicant may see this part. After 3 wrong tries it opens at the desk only.",
        ),
        "factor.wrong": _W("Chưa đúng. Còn {n} lần thử.", "That does not fit. Tries left: {n}."),
        "no_answer.not_found": _W("Không thấy hồ sơ này", "No such file"),
        "no_answer.not_found_body": _W(
            "Mời kiểm tra mã trên giấy hẹn, hoặc hỏi {help_desk}.",
            "Check the code on your receipt, or ask {help_desk}.",
        ),
        "no_answer.elsewhere": _W("Hồ sơ này ở cơ quan khác", "This file is at another office"),
        "no_answer.elsewhere_body": _W(
            "Mời Ông/Bà liên hệ nơi đang giữ hồ sơ.", "Please ask the office that holds it."
        ),
        "no_answer.unavailable": _W("Chưa tra cứu được lúc này", "Files cannot be looked up now"),
        "no_answer.unavailable_body": _W(
            "Hệ thống hồ sơ chưa trả lời. Mời thử lại hoặc hỏi {help_desk}.",
            "The file system does not answer. Try again or ask {help_desk}.",
        ),
        "no_answer.slowed": _W("Máy vừa tra cứu nhiều lần", "Many files were looked up here"),
        "no_answer.slowed_soon": _W(
            "Mời chờ một phút rồi thử lại, hoặc hỏi {help_desk}.",
            "Wait a moment and try again, or ask {help_desk}.",
        ),
        "no_answer.slowed_body": _W(
            "Mời chờ {n} phút rồi thử lại, hoặc hỏi {help_desk}.",
            "Wait {n} minutes and try again, or ask {help_desk}.",
        ),
        "no_answer.refused": _W("Máy này chưa tra cứu được hồ sơ", "This kiosk cannot look up files"),
        "no_answer.refused_body": _W("Mời Ông/Bà hỏi {help_desk}.", "Please ask {help_desk}."),
        "no_answer.no_ticket": _W("Không thấy số này trong hôm nay", "No such number today"),
        "no_answer.no_ticket_body": _W(
            "Phiếu của ngày khác hoặc nơi khác không có giá trị ở đây. Mời Ông/Bà lấy số mới.",
            "A slip of another day or place is not valid here. Please take a new number.",
        ),
        "no_answer.office_line": _W("Nơi đang giữ hồ sơ", "The office that holds it"),
        "no_answer.desk_line": _W("Nhân viên tra cứu giúp Ông/Bà", "Staff will look it up for you"),
        # Days
        "day.0": _W("Thứ Hai", "Monday"),
        "day.1": _W("Thứ Ba", "Tuesday"),
        "day.2": _W("Thứ Tư", "Wednesday"),
        "day.3": _W("Thứ Năm", "Thursday"),
        "day.4": _W("Thứ Sáu", "Friday"),
        "day.5": _W("Thứ Bảy", "Saturday"),
        "day.6": _W("Chủ Nhật", "Sunday"),
        "day.at": _W("{clock} {day} {date}", "{clock} {day} {date}"),
    }
)
"""Key → both languages. Keys that differ by `_one` are for a count of one."""
