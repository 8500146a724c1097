"""What the staff reads when the office says no: every code in both languages, with what to do next."""

from collections.abc import Mapping

from queue_server.domain.refusals import Code, Refusal
from queue_server.domain.words import Words

_C = Code

REFUSALS: dict[Code, Words] = {
    _C.NOT_CONFIGURED: Words(
        "Văn phòng chưa được cấu hình. Nhờ quản trị viên nạp tệp cấu hình.",
        "The office is not configured yet. Ask the administrator to load the office file.",
    ),
    _C.CLOCK_UNCONFIRMED: Words(
        "Giờ của máy chủ chưa được xác nhận nên chưa cấp số. Nhờ phụ trách kiểm tra giờ "
        "và bấm Xác nhận ở trang Quản trị.",
        "The server's clock is not confirmed, so no numbers are given. "
        "Ask a supervisor to check it and press Confirm under Administration.",
    ),
    _C.OUT_OF_HOURS: Words(
        "Ngoài giờ nhận hồ sơ nên chưa cấp số. Mời hẹn công dân giờ mở lại, hoặc nhờ phụ trách cấp.",
        "Outside opening hours. Tell the citizen when it reopens, or ask a supervisor to issue it.",
    ),
    _C.SERVICE_UNKNOWN: Words(
        "Việc này không còn trong danh mục. Mời tải lại trang và chọn việc khác.",
        "This service is no longer in the list. Reload the page and choose another.",
    ),
    _C.SERVICE_CLOSED: Words(
        "Việc này đang tạm ngừng. Mời chọn việc khác, hoặc nhờ phụ trách mở lại.",
        "This service is closed for now. Choose another, or ask a supervisor to reopen it.",
    ),
    _C.QUOTA_REACHED: Words(
        "Đã hết số hôm nay của việc này. Mời hẹn công dân ngày khác, hoặc nhờ phụ trách cấp thêm.",
        "Today's numbers for this service are given out. Offer another day, or ask a supervisor.",
    ),
    _C.NUMBERS_EXHAUSTED: Words(
        "Dãy số hôm nay đã dùng hết. Báo quản trị viên mở rộng dãy số.",
        "The number series is used up today. Ask the administrator to widen it.",
    ),
    _C.TICKET_UNKNOWN: Words(
        "Hôm nay không có số này. Mời kiểm tra lại số trên phiếu.",
        "There is no such number today. Check the number on the slip.",
    ),
    _C.TICKET_STATE: Words(
        "Số này vừa đổi trạng thái nên không làm được việc đó nữa. Nhìn trạng thái mới rồi chọn lại.",
        "The ticket has just changed, so this is no longer possible. Look at its state and choose again.",
    ),
    _C.COUNTER_UNKNOWN: Words(
        "Không có quầy này trong cấu hình. Mời chọn quầy khác.",
        "The office has no such counter. Choose another.",
    ),
    _C.COUNTER_STATE: Words(
        "Quầy đang ở trạng thái khác nên chưa làm được. Nhìn nút lớn để biết bước tiếp theo.",
        "The counter is in another state. The big button shows the next step.",
    ),
    _C.COUNTER_TAKEN: Words(
        "Quầy này đã có người. Mời chọn quầy khác, hoặc nhờ phụ trách cho người kia rời quầy.",
        "Somebody is signed on here. Choose another counter, or ask a supervisor to free it.",
    ),
    _C.OFFICER_ELSEWHERE: Words(
        "Người này đang ở quầy khác hoặc chưa ngồi quầy nào. Mời rời quầy cũ, hoặc chọn quầy thay cho người.",
        "That person is at another counter, or at none. Leave the old counter first, or choose a counter.",
    ),
    _C.NOT_YOUR_COUNTER: Words(
        "Ông/Bà không ngồi ở quầy này nữa. Mời chọn lại quầy của mình.",
        "You are not signed on at this counter any more. Choose your counter again.",
    ),
    _C.NOT_YOUR_TICKET: Words(
        "Số ở quầy đã khác với lúc bấm, chưa có gì thay đổi. Nhìn số đang hiện rồi bấm lại nếu cần.",
        "The ticket at the counter is not the one you saw; nothing was changed. Look and press again.",
    ),
    _C.COUNTER_CANNOT_SERVE: Words(
        "Quầy này không nhận việc của số đó. Hãy chuyển số sang quầy khác, hoặc thêm việc cho quầy.",
        "This counter does not take that service. Transfer the ticket, or add the service to the counter.",
    ),
    _C.NOBODY_WAITING: Words(
        "Chưa có ai chờ quầy này. Có người lấy số, danh sách sẽ hiện ngay.",
        "Nobody waits for this counter. A new ticket will show at once.",
    ),
    _C.TOO_LATE: Words(
        "Đã quá thời gian cho phép. Mời làm bước tiếp theo như bình thường, hoặc cấp số mới.",
        "Too late for that. Go on with the next step, or issue a new number.",
    ),
    _C.TOO_OFTEN: Words(
        "Số này đã vắng mặt quá số lần cho phép. Mời cấp số mới cho công dân.",
        "This number has missed its call too often. Issue a new one.",
    ),
    _C.NOTHING_TO_UNDO: Words(
        "Không còn thao tác nào để hoàn tác. Số đã đi tiếp, mời làm theo trạng thái hiện tại.",
        "There is nothing left to undo; the ticket has moved on. Go on from what is shown.",
    ),
    _C.REASON_NEEDED: Words(
        "Việc này cần có lý do. Mời chọn một lý do rồi làm lại.",
        "This needs a reason. Choose one and try again.",
    ),
    _C.PRIORITY_UNKNOWN: Words(
        "Diện ưu tiên này không có trong cấu hình. Mời tải lại trang và chọn lại.",
        "The office has no such priority group. Reload the page and choose again.",
    ),
    _C.STRANDS_TICKETS: Words(
        "Cấu hình mới sẽ bỏ rơi số đang mở hoặc quầy đang có người. Hãy kết thúc các số đó trước.",
        "The new file would strand open tickets or staffed counters. Finish them first.",
    ),
    _C.KIOSK_UNKNOWN: Words(
        "Không có kiosk này trong cấu hình. Báo quản trị viên kiểm tra tệp cấu hình.",
        "The office has no such kiosk. Ask the administrator to check the office file.",
    ),
    _C.NO_OUTAGE: Words(
        "Số này không chờ trong lúc mất kết nối. Hãy gọi, huỷ số, hoặc nhờ phụ trách đánh dấu.",
        "There was no outage while this number waited. Call or cancel it, or ask a supervisor to mark it.",
    ),
    _C.ALREADY_DONE: Words(
        "Việc này đã được làm rồi, không cần bấm lại.",
        "This is done already; there is no need to press again.",
    ),
    _C.BAD_REQUEST: Words(
        "Yêu cầu thiếu hoặc sai thông tin. Mời tải lại trang rồi chọn lại.",
        "Something is missing or wrong in the request. Reload the page and choose again.",
    ),
    _C.FORBIDDEN: Words(
        "Tài khoản này không có quyền làm việc đó. Nhờ phụ trách làm giúp.",
        "This account may not do that. Ask a supervisor.",
    ),
    _C.STORAGE_FAILED: Words(
        "Máy chủ không ghi được, chưa có gì thay đổi. Chờ vài giây rồi bấm lại; vẫn lỗi thì báo quản trị.",
        "The server could not write; nothing was changed. Wait a few seconds and press again.",
    ),
    _C.DRAINING: Words(
        "Máy chủ đang khởi động lại, chưa có gì thay đổi. Chờ trang nối lại rồi bấm lại.",
        "The server is restarting; nothing was changed. Wait until the page is back and press again.",
    ),
}
"""Code → the sentence under the buttons."""

STATUS: Mapping[Code, int] = {
    Code.FORBIDDEN: 403,
    Code.BAD_REQUEST: 422,
    Code.STORAGE_FAILED: 503,
    Code.DRAINING: 503,
}
"""HTTP status of a refusal, 409 where it is not named."""


def answer_of(refusal: Refusal) -> dict[str, object]:
    """The JSON of a refusal: code, words in both languages, details a page may show."""
    words = REFUSALS[refusal.code]
    return {
        "ok": False,
        "code": refusal.code.value,
        "words": {"vi": words.vi, "en": words.en},
        "detail": refusal.detail,
    }
