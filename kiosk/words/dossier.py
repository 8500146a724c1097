"""Asking about a dossier: the reader, the keypad, the second factor, the answer and no answer."""

from kiosk.words.pair import Words

DOSSIER = {
    "scan.title_scanner": Words("Đưa mã QR trên giấy hẹn vào ô quét", "Hold the QR code under the scanner"),
    "scan.title_camera": Words("Đưa mã QR trên giấy hẹn trước camera", "Hold the QR code before the camera"),
    "scan.where": Words(
        "Mã trên giấy hẹn trả kết quả, hoặc trên phiếu số thứ tự.",
        "The code of your receipt, or of a queue ticket.",
    ),
    "scan.slot_scanner": Words("Ô quét, dưới màn hình", "Scanner, below the screen"),
    "scan.slot_camera": Words("Camera, trên màn hình", "Camera, above the screen"),
    "scan.paper": Words("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "Receipt with the day of the result"),
    "scan.distance": Words("10–15 cm", "10–15 cm"),
    "scan.step_1_scanner": Words(
        "Cầm giấy phẳng, mã QR quay về phía ô quét", "Hold the paper flat, the code facing the scanner"
    ),
    "scan.step_1_camera": Words(
        "Cầm giấy phẳng, mã QR quay về phía camera", "Hold the paper flat, the code facing the camera"
    ),
    "scan.step_2": Words("Giữ yên, cách 10–15 cm", "Hold it still, 10–15 cm away"),
    "scan.step_3": Words("Nghe tiếng “bíp” là xong", "A beep says it is done"),
    "scan.by_hand": Words("Nhập mã hồ sơ bằng tay", "Type the dossier code instead"),
    "notice.unread": Words(
        "Chưa đọc được mã. Mời thử lại hoặc nhập bằng tay.", "Code not read. Try again or type it."
    ),
    "notice.id_card": Words(
        "Đây là số Căn cước. Mời đưa giấy hẹn hoặc nhập mã hồ sơ.",
        "This is an ID card. Show the receipt or type its code.",
    ),
    "notice.paper": Words(
        "Đây là mã của giấy tờ số hoá. Mời đưa giấy hẹn.", "This is a digital paper. Show the receipt."
    ),
    "notice.not_found": Words("Không thấy hồ sơ này. Mời kiểm tra lại mã.", "No such file. Check the code."),
    "notice.no_reader": Words(
        "Máy quét vừa ngừng. Mời nhập mã bằng tay.", "The scanner has stopped. Please type the code."
    ),
    "keypad.title": Words("Nhập mã hồ sơ", "Enter the code"),
    "keypad.where": Words("Mã in ở góc trên của giấy hẹn, ví dụ", "At the top of your receipt, such as"),
    "keypad.where_plain": Words("Mã in ở góc trên của giấy hẹn.", "It stands at the top of your receipt."),
    "keypad.note": Words(
        "Nhập đúng như trên giấy, cả dấu “.” và “-”. Sau 60 giây không chạm, mã đã nhập sẽ bị xoá.",
        "Type it as printed, with every “.” and “-”. It is cleared after 60 seconds without a touch.",
    ),
    "keypad.search": Words("Tìm hồ sơ", "Search"),
    "keypad.too_short": Words("Mời nhập mã trước", "Enter the code first"),
    "keypad.delete": Words("Xoá", "Delete"),
    "keypad.clear": Words("Xoá hết", "Clear"),
    "keypad.letters": Words("A–Z", "A–Z"),
    "keypad.numbers": Words("0–9", "0–9"),
    "looking.title": Words("Đang tìm hồ sơ", "Looking for your file"),
    "looking.ticket": Words("Đang xem số của Ông/Bà", "Looking for your number"),
    "result.applicant": Words("Chủ hồ sơ", "Applicant"),
    "result.received": Words("Ngày nhận", "Received"),
    "result.due": Words("Hẹn trả", "Due"),
    "result.moved": Words("{day} (giấy hẹn ghi {promised})", "{day} (your receipt says {promised})"),
    "result.no_due": Words("Chưa có ngày hẹn", "Not set yet"),
    "result.fee": Words("Phí, lệ phí", "Fee"),
    "result.fee_due": Words("Còn phải nộp", "Still to be paid"),
    "result.dong": Words("{n} đồng", "{n} VND"),
    "result.here": Words("Hồ sơ đang ở bước này", "Your file is here now"),
    "result.waits": Words("Đang chờ Ông/Bà đến nhận", "Waiting for you"),
    "result.opened": Words("Nội dung riêng của hồ sơ", "For the applicant only"),
    "result.asked": Words("Cần bổ sung", "To be supplemented"),
    "result.asked_on": Words("Cần bổ sung, yêu cầu ngày {day}", "To be supplemented, asked on {day}"),
    "result.supplied": Words("Đã nộp {day}", "Handed in {day}"),
    "result.contact": Words("Liên hệ", "Contact"),
    "result.bring": Words("Mang theo *giấy hẹn* và *thẻ Căn cước*.", "Bring your *receipt* and *ID card*."),
    "result.locked": Words(
        "Nội dung riêng của hồ sơ chỉ mở tại quầy. Mời đến {help_desk}, mang theo thẻ Căn cước.",
        "Its private part opens at the desk only. Please go to {help_desk} with your ID card.",
    ),
    "result.as_of": Words("Cập nhật lúc {at}", "As of {at}"),
    "result.as_of_source": Words("{source}, cập nhật lúc {at}", "{source}, as of {at}"),
    "result.another": Words("Tra cứu hồ sơ khác", "Another file"),
    "result.no_server": Words("Đang mất kết nối, mời hỏi {help_desk}", "Offline, please ask {help_desk}"),
    "result.unlock": Words("Xem nội dung riêng", "Show the private part"),
    "result.unlock_supplement": Words("Xem giấy tờ cần bổ sung", "Show missing papers"),
    "result.unlock_how": Words("Cần thẻ Căn cước hoặc 4 số cuối", "With your ID card or its last 4 digits"),
    "factor.title": Words("Nhập 4 số cuối", "Enter the last 4 digits"),
    "factor.how": Words(
        "Của số Căn cước hoặc số điện thoại đã ghi trong hồ sơ.",
        "Of the ID card or telephone that is written in the file.",
    ),
    "factor.how_card": Words(
        "Của số Căn cước hoặc số điện thoại đã ghi trong hồ sơ. Hoặc quét mã QR trên thẻ Căn cước.",
        "Of the ID card or telephone that is written in the file. Or scan the QR code of the ID card.",
    ),
    "factor.open": Words("Mở nội dung", "Open"),
    "factor.too_short": Words("Mời nhập đủ 4 số", "Enter all 4 digits"),
    "factor.note": Words(
        "Chỉ chủ hồ sơ mới xem được phần này. Sai 3 lần thì mời đến quầy.",
        "Only the applicant may see this part. After 3 wrong tries it opens at the desk only.",
    ),
    "factor.wrong": Words("Chưa đúng. Còn {n} lần thử.", "That does not fit. Tries left: {n}."),
    "no_answer.not_found": Words("Không thấy hồ sơ này", "No such file"),
    "no_answer.not_found_body": Words(
        "Mời kiểm tra mã trên giấy hẹn, hoặc hỏi {help_desk}.",
        "Check the code on your receipt, or ask {help_desk}.",
    ),
    "no_answer.elsewhere": Words("Hồ sơ này ở cơ quan khác", "This file is at another office"),
    "no_answer.elsewhere_body": Words(
        "Mời Ông/Bà liên hệ nơi đang giữ hồ sơ.", "Please ask the office that holds it."
    ),
    "no_answer.unavailable": Words("Chưa tra cứu được lúc này", "Files cannot be looked up now"),
    "no_answer.unavailable_body": Words(
        "Hệ thống hồ sơ chưa trả lời. Mời thử lại hoặc hỏi {help_desk}.",
        "The file system does not answer. Try again or ask {help_desk}.",
    ),
    "no_answer.slowed": Words("Máy vừa tra cứu nhiều lần", "Many files were looked up here"),
    "no_answer.slowed_soon": Words(
        "Mời chờ một phút rồi thử lại, hoặc hỏi {help_desk}.",
        "Wait a moment and try again, or ask {help_desk}.",
    ),
    "no_answer.slowed_body": Words(
        "Mời chờ {n} phút rồi thử lại, hoặc hỏi {help_desk}.",
        "Wait {n} minutes and try again, or ask {help_desk}.",
    ),
    "no_answer.refused": Words("Máy này chưa tra cứu được hồ sơ", "This kiosk cannot look up files"),
    "no_answer.refused_body": Words("Mời Ông/Bà hỏi {help_desk}.", "Please ask {help_desk}."),
    "no_answer.no_ticket": Words("Không thấy số này trong hôm nay", "No such number today"),
    "no_answer.no_ticket_body": Words(
        "Phiếu của ngày khác hoặc nơi khác không có giá trị ở đây. Mời Ông/Bà lấy số mới.",
        "A slip of another day or place is not valid here. Please take a new number.",
    ),
    "no_answer.office_line": Words("Nơi đang giữ hồ sơ", "The office that holds it"),
    "no_answer.desk_line": Words("Nhân viên tra cứu giúp Ông/Bà", "Staff will look it up for you"),
}
