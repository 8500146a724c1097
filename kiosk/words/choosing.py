"""Choosing a service and waiting for a number: services, priority, the wait, issuing, refusals."""

from kiosk.words.pair import Words

CHOOSING = {
    "services.title": Words("Chọn việc cần làm", "Choose a service"),
    "services.intro": Words(
        "Thời gian chờ là dự báo: 8 trong 10 người được gọi trong khoảng ghi trên ô.",
        "Forecast: 8 in 10 people are called within the range.",
    ),
    "services.not_sure": Words(
        "Chưa biết chọn ô nào? Mời hỏi *{help_desk}*.", "Not sure? Ask *{help_desk}*."
    ),
    "services.not_sure_short": Words("Chưa rõ? Mời hỏi quầy Hướng dẫn.", "Not sure? Ask the help desk."),
    "services.more": Words("Xem thêm", "More"),
    "services.page": Words("Trang {page} trên {pages}", "Page {page} of {pages}"),
    "services.waiting_one": Words("{n} người đang chờ", "{n} waiting"),
    "services.waiting": Words("{n} người đang chờ", "{n} waiting"),
    "services.nobody": Words("Chưa có người chờ", "No one waiting"),
    "services.closed_until": Words("Tạm ngừng đến {at}", "Closed until {at}"),
    "services.closed": Words("Tạm ngừng nhận số", "Closed for now"),
    "services.full": Words("Đã hết số hôm nay", "No more numbers today"),
    "services.ask": Words("Mời hỏi {help_desk}", "Please ask {help_desk}"),
    "services.reopens": Words("Mở lại {at}", "Reopens {at}"),
    "wait.range": Words("khoảng {low}–{high} phút", "about {low}–{high} min"),
    "wait.one": Words("khoảng {high} phút", "about {high} min"),
    "wait.hour": Words("hơn 1 giờ", "over 1 hour"),
    "wait.soon": Words("Sắp đến lượt", "Soon"),
    "wait.unknown": Words("Chưa tính được thời gian chờ", "Wait not known"),
    "wait.unknown_short": Words("Chưa tính được", "Not known"),
    "priority.title": Words("Ông/Bà có thuộc diện ưu tiên không?", "Are you entitled to priority service?"),
    "priority.intro": Words(
        "Công chức xem giấy tờ khi Ông/Bà đến quầy.", "Papers are checked at the counter."
    ),
    "priority.none": Words("Không, lấy số thường", "No, ordinary ticket"),
    "issuing.title": Words("Đang xử lý…", "One moment…"),
    "issuing.body": Words("Ông/Bà chờ trong giây lát.", "Please wait a moment."),
    "late.title": Words("Máy chủ chưa trả lời", "The server has not answered yet"),
    "late.body": Words(
        "Yêu cầu của Ông/Bà vẫn được giữ, số hiện ra ngay khi có trả lời. "
        "Không muốn chờ, mời Ông/Bà đến {help_desk}.",
        "Your request is kept; the number appears as soon as there is an answer. "
        "If you prefer not to wait, go to {help_desk}.",
    ),
    "late.leave": Words("Bỏ yêu cầu, về trang đầu", "Drop the request and go home"),
    "refused.service_closed": Words("Việc này vừa tạm ngừng nhận số", "This service has just closed"),
    "refused.full": Words("Việc này vừa hết số hôm nay", "No more numbers today for this service"),
    "refused.out_of_hours": Words("Hết giờ nhận hồ sơ", "The office has just closed"),
    "refused.try": Words("Chưa lấy được số", "No number was issued"),
    "refused.machine": Words("Máy này chưa cấp được số", "This kiosk cannot issue numbers yet"),
    "refused.other_service": Words(
        "Ông/Bà chưa có số. Mời chọn việc khác hoặc hỏi {help_desk}.",
        "You have no number yet. Choose another service or ask {help_desk}.",
    ),
    "refused.come_back": Words(
        "Ông/Bà chưa có số. Mời trở lại khi mở cửa hoặc hỏi {help_desk}.",
        "You have no number yet. Come back when we are open or ask {help_desk}.",
    ),
    "refused.again": Words(
        "Hệ thống đang bận. Mời thử lại hoặc đến {help_desk}.",
        "The system is busy. Try again or go to {help_desk}.",
    ),
    "refused.too_often": Words(
        "Máy vừa cấp nhiều số liền nhau. Mời chờ một phút rồi thử lại, hoặc đến {help_desk}.",
        "Many numbers were just issued here. Wait a minute and try again, or go to {help_desk}.",
    ),
    "refused.go": Words(
        "Mời Ông/Bà đến {help_desk}, nhân viên cấp số giúp.",
        "Please go to {help_desk}: staff will give you a number.",
    ),
    "refused.try_again": Words("Thử lại", "Try again"),
    "refused.another": Words("Chọn việc khác", "Choose another service"),
    "refused.home": Words("Về trang đầu", "Back to the first page"),
}
