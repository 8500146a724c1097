"""What officers read of the book: movements, stages, what is wrong, why not; Vietnamese and English."""

from queue_server.domain.words import Words
from queue_server.dossiers.book_movements import CITIZEN, DESK, No
from queue_server.dossiers.book_reception import Wrong
from queue_server.dossiers.book_table import Kind, Stage

_K, _S, _N, _W = Kind, Stage, No, Wrong

KINDS: dict[Kind, Words] = {
    _K.RECEIVED: Words("Tiếp nhận", "Received"),
    _K.FORWARDED: Words("Chuyển hồ sơ", "Forwarded"),
    _K.CAME_BACK: Words("Nhận lại từ bộ phận giải quyết", "Back from the unit"),
    _K.SUPPLEMENT_ASKED: Words("Yêu cầu bổ sung", "More papers asked for"),
    _K.SUPPLIED: Words("Đã nộp bổ sung", "Papers supplied"),
    _K.FEE_SET: Words("Yêu cầu nộp phí, lệ phí", "Fee asked for"),
    _K.FEE_PAID: Words("Đã thu phí, lệ phí", "Fee paid"),
    _K.REFUSED: Words("Từ chối, dừng giải quyết", "Refused, stopped"),
    _K.WITHDRAWAL_ASKED: Words("Công dân xin rút hồ sơ", "Withdrawal asked for"),
    _K.WITHDRAWAL_DROPPED: Words("Công dân thôi rút hồ sơ", "Withdrawal dropped"),
    _K.WITHDRAWN: Words("Đã trả lại hồ sơ rút", "Withdrawn, papers given back"),
    _K.RESULT_READY: Words("Đã có kết quả", "Result ready"),
    _K.RESULT_RETURNED: Words("Trả kết quả", "Result returned"),
    _K.CORRECTED: Words("Sửa thông tin", "Sheet corrected"),
    _K.UNDONE: Words("Huỷ bước vừa ghi", "Last movement taken back"),
}
BUTTONS: dict[Kind, tuple[str, Words]] = {
    _K.FORWARDED: ("arrow-right", Words("Chuyển hồ sơ", "Forward")),
    _K.CAME_BACK: ("arrow-left", Words("Nhận lại từ bộ phận", "Take back from the unit")),
    _K.SUPPLEMENT_ASKED: ("file-plus", Words("Yêu cầu bổ sung", "Ask for papers")),
    _K.SUPPLIED: ("file-check", Words("Ghi đã nộp bổ sung", "Papers supplied")),
    _K.FEE_SET: ("hand-coins", Words("Yêu cầu nộp phí", "Ask for a fee")),
    _K.FEE_PAID: ("receipt", Words("Ghi đã thu phí", "Fee paid")),
    _K.REFUSED: ("circle-x", Words("Từ chối hồ sơ", "Refuse")),
    _K.WITHDRAWAL_ASKED: ("undo-2", Words("Công dân xin rút", "Withdrawal asked for")),
    _K.WITHDRAWAL_DROPPED: ("rotate-ccw", Words("Công dân thôi rút", "Withdrawal dropped")),
    _K.WITHDRAWN: ("archive", Words("Trả lại hồ sơ rút", "Give the papers back")),
    _K.RESULT_READY: ("package-check", Words("Báo có kết quả", "Result ready")),
    _K.RESULT_RETURNED: ("circle-check", Words("Trả kết quả cho công dân", "Return the result")),
}
"""Icon and words of the button of each movement an officer may make."""

USUAL: dict[Stage, Kind] = {
    _S.AT_DESK: _K.FORWARDED,
    _S.AT_UNIT: _K.CAME_BACK,
    _S.BACK: _K.RESULT_READY,
    _S.SUPPLEMENT: _K.SUPPLIED,
    _S.FEE: _K.FEE_PAID,
    _S.WITHDRAWAL: _K.WITHDRAWN,
    _S.READY: _K.RESULT_RETURNED,
}
"""The movement that usually comes next: it stands first, filled."""

STAGES: dict[Stage, tuple[str, Words]] = {
    _S.AT_DESK: ("blue", Words("Được tiếp nhận", "Accepted")),
    _S.AT_UNIT: ("blue", Words("Đang xử lý", "In progress")),
    _S.BACK: ("blue", Words("Đã về Một cửa", "Back at the desk")),
    _S.SUPPLEMENT: ("gold", Words("Chờ bổ sung", "Papers awaited")),
    _S.FEE: ("gold", Words("Chờ nộp phí", "Fee awaited")),
    _S.WITHDRAWAL: ("", Words("Xin rút hồ sơ", "Withdrawal asked for")),
    _S.READY: ("green", Words("Đã có kết quả", "Result ready")),
    _S.RETURNED: ("", Words("Đã trả kết quả", "Result returned")),
    _S.NOT_ACCEPTED: ("red", Words("Không được tiếp nhận", "Not accepted")),
    _S.STOPPED: ("red", Words("Dừng xử lý", "Stopped")),
}

PLACES: dict[str, Words] = {CITIZEN: Words("Công dân", "Citizen"), DESK: Words("Một cửa", "The desk")}

CHANNELS = {
    "counter": Words("Trực tiếp tại quầy", "At the counter"),
    "post": Words("Bưu chính", "By post"),
    "online": Words("Trực tuyến", "Online"),
}
METHODS = {
    "counter": Words("Nhận tại Một cửa", "Collect at the office"),
    "post": Words("Qua bưu chính", "By post"),
    "online": Words("Nhận trực tuyến", "Online"),
}

NOES: dict[No, Words] = {
    _N.NOT_NOW: Words(
        "Hồ sơ không còn ở bước đó. Xem trạng thái mới rồi chọn lại.",
        "The dossier is no longer at that step. Look at its state and choose again.",
    ),
    _N.MOVED_SINCE: Words(
        "Hồ sơ vừa được người khác ghi thêm bước, chưa có gì thay đổi. Xem các bước rồi bấm lại nếu vẫn cần.",
        "Somebody has just moved this dossier; nothing was changed. Look at its steps, then press again.",
    ),
    _N.REASON_WANTED: Words("Chưa ghi lý do. Ghi lý do rồi bấm lại.", "Write the reason, then press again."),
    _N.ITEMS_WANTED: Words(
        "Chưa ghi giấy tờ cần bổ sung. Ghi mỗi loại một dòng rồi bấm lại.",
        "Write what is missing, one paper a line, then press again.",
    ),
    _N.UNIT_WANTED: Words(
        "Chưa chọn nơi chuyển đến, hoặc hồ sơ đang ở đó. Chọn bộ phận khác.",
        "Choose another unit: none was chosen, or the dossier is there already.",
    ),
    _N.AMOUNT_WANTED: Words(
        "Số tiền chưa đúng. Ghi số đồng, như 8.000.", "Write the amount in đồng, such as 8,000."
    ),
    _N.NOTHING_TO_PAY: Words(
        "Hồ sơ không còn khoản nào phải thu. Xem mục phí.", "There is nothing left to pay. See the fee."
    ),
    _N.FEE_UNPAID: Words(
        "Còn phí, lệ phí chưa thu. Thu tiền, bấm Ghi đã thu phí, rồi trả kết quả.",
        "The fee is not paid. Take it, press Fee paid, then return the result.",
    ),
    _N.NOTHING_TO_UNDO: Words(
        "Không còn bước nào huỷ được: bước tiếp nhận luôn ở lại trong sổ.",
        "Nothing can be taken back: the reception always stays in the book.",
    ),
    _N.TOO_LONG: Words(
        "Nội dung quá dài. Viết gọn trong 500 ký tự, nhiều nhất 12 dòng giấy tờ.",
        "Too long. Keep to 500 characters, and 12 papers at the most.",
    ),
    _N.FORGOTTEN: Words(
        "Hồ sơ đã hết thời hạn lưu, thông tin cá nhân đã xoá nên không ghi thêm được. Mở hồ sơ mới nếu cần.",
        "This dossier is past its retention and can no longer change. Enter a new one if needed.",
    ),
}

WRONGS: dict[Wrong, Words] = {
    _W.PROCEDURE: Words("Chọn thủ tục trong danh mục.", "Choose a procedure of the list."),
    _W.NAME: Words("Ghi họ tên người nộp hoặc tên tổ chức.", "Write a name or an organisation."),
    _W.ID_NUMBER: Words(
        "Số căn cước có 12 chữ số (chứng minh nhân dân cũ: 9).",
        "The ID number has 12 digits (an old card: 9).",
    ),
    _W.PHONE: Words(
        "Số điện thoại bắt đầu bằng 0 và có 10 hoặc 11 chữ số.", "The phone has 10 or 11 digits."
    ),
    _W.EMAIL: Words("Thư điện tử có dạng ten@noi.vn.", "Write the e-mail as name@place.vn."),
    _W.SETS: Words("Số bộ hồ sơ từ 1 đến 99.", "1 to 99 sets."),
    _W.PAPERS: Words("Mỗi loại nhiều nhất 99 bản; nhiều nhất 30 loại.", "At most 99 of each of 30 papers."),
    _W.FEE: Words("Phí là số đồng, như 8.000.", "The fee is an amount in đồng, such as 8,000."),
    _W.CHANNEL: Words("Chọn cách nộp.", "Choose how it was handed in."),
    _W.METHOD: Words("Chọn cách nhận kết quả.", "Choose how the result is collected."),
    _W.ADDRESS: Words("Nhận qua bưu chính thì cần địa chỉ.", "A result sent by post needs an address."),
    _W.DUE_DAY: Words(
        "Chọn ngày hẹn trả: một ngày làm việc, không sớm hơn ngày bắt đầu tính.",
        "Choose the due day: a working day, not before the day that counts as receipt.",
    ),
    _W.UNIT: Words("Chọn bộ phận giải quyết trong danh sách.", "Choose a unit of the list."),
    _W.TOO_LONG: Words(
        "Có ô quá dài: nhiều nhất 300 ký tự.", "A field is too long: 300 characters at the most."
    ),
}

NOT_FOUND = Words(
    "Sổ của cơ quan không có hồ sơ này. Kiểm tra lại mã trên giấy tiếp nhận, hoặc tìm theo số như 12/TNHS.",
    "Not in the office's book. Check the code on the receipt, or search by a number such as 12/TNHS.",
)
DUE_CHANGED = Words(
    "Ngày hẹn trả được tính như dưới đây. Nói với công dân rồi bấm Lưu vào sổ.",
    "The due day is as below. Tell the citizen, then press Save.",
)
DONE = {
    "received": Words("Đã ghi vào sổ.", "Written into the book."),
    "moved": Words("Đã ghi bước mới.", "The movement is written."),
    "corrected": Words("Đã sửa.", "Corrected."),
}
