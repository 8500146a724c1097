"""Everything the status page says, Vietnamese and English."""

from queue_server.domain.words import Words

WORDS: dict[str, Words] = {
    "title": Words("Hồ sơ {code}", "File {code}"),
    "applicant": Words("Chủ hồ sơ", "Applicant"),
    "received": Words("Ngày nhận", "Received"),
    "due": Words("Hẹn trả", "Due"),
    "moved": Words(
        "Giấy hẹn ghi {day}; đã cộng thời gian chờ bổ sung.",
        "Your receipt says {day}; the time for missing papers has been added.",
    ),
    "no_due": Words("Chưa có ngày hẹn", "No date yet"),
    "office": Words("Nơi nhận hồ sơ", "Received by"),
    "unit": Words("Cơ quan giải quyết", "Decided by"),
    "result": Words("Nhận kết quả", "Collect the result"),
    "next": Words("Việc tiếp theo", "What to do next"),
    "way": Words("Hồ sơ đi đến đâu", "The way of the file"),
    "step_done": Words("đã xong", "done"),
    "step_here": Words("đang ở đây", "here now"),
    "step_to_come": Words("chưa đến", "to come"),
    "step_stopped": Words("dừng ở đây", "stopped here"),
    "updated": Words("{source}, cập nhật lúc {at}.", "{source}, as of {at}."),
    "more": Words(
        "Nội dung cần bổ sung, phí và nơi liên hệ chỉ hiện ở kiosk sau khi quét thẻ Căn cước, "
        "hoặc hỏi tại quầy.",
        "What is to be completed, fees and contacts are shown at the kiosk after your ID card, "
        "or at the counter.",
    ),
    "masked": Words(
        "Tên được che. Ai có giấy hẹn này đều mở được trang, mời Ông/Bà giữ giấy cẩn thận.",
        "The name is masked. Whoever holds the receipt can open this page, so please keep it safe.",
    ),
    "forged": Words("Mã QR này không đúng", "This QR code is not right"),
    "forged_next": Words(
        "Mã có thể bị in mờ, bị sửa, hoặc không do cơ quan này cấp. Mời quét lại mã trên giấy hẹn, "
        "tra cứu ở kiosk bằng mã hồ sơ, hoặc hỏi {desk}.",
        "It may be blurred or altered, or it was not made by this office. Scan the code on your receipt "
        "again, look the file up at a kiosk, or ask {desk}.",
    ),
    "not_found": Words("Không thấy hồ sơ này", "This file is not here"),
    "not_found_next": Words(
        "Hồ sơ có thể vừa nhận, chưa vào sổ, hoặc đã lâu nên không còn lưu. "
        "Mời quét lại sau, hoặc hỏi {desk}.",
        "It may be too new to be in the register, or too old to be kept. Try again later, or ask {desk}.",
    ),
    "elsewhere": Words("Hồ sơ này do nơi khác giữ", "Another office holds this file"),
    "elsewhere_next": Words("Mời liên hệ {office}.", "Please contact {office}."),
    "unavailable": Words("Chưa tra cứu được lúc này", "It cannot be looked up now"),
    "unavailable_next": Words(
        "Hệ thống giữ hồ sơ chưa trả lời. Hồ sơ của Ông/Bà không sao cả. "
        "Mời mở lại trang sau vài phút, hoặc hỏi {desk}.",
        "The system that holds it does not answer. Your file is safe. Open this page again in a few minutes, "
        "or ask {desk}.",
    ),
    "slower": Words("Tra cứu hơi nhanh", "A little too fast"),
    "slower_next": Words(
        "Mời mở lại trang sau {seconds} giây.", "Open this page again in {seconds} seconds."
    ),
}


def say(key: str, language: str, **values: object) -> str:
    """The words of a key in a language, with its places filled in."""
    return WORDS[key].in_(language).format(**values)
