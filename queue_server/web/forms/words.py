"""What the printing routes say when there is nothing to print, and what came of a slip."""

from queue_server.domain.words import Words

NO_DOSSIER = (
    Words("Không có hồ sơ này", "There is no such file"),
    Words("Mời tìm lại bằng mã hồ sơ trong sổ.", "Search for it again by its code."),
)
NO_SUPPLEMENT = (
    Words("Hồ sơ này chưa có yêu cầu hoàn thiện", "Nothing is asked to be completed"),
    Words(
        "Mời ghi nội dung cần hoàn thiện vào hồ sơ rồi in.",
        "Write what is missing into the file, then print.",
    ),
)
NO_REGISTER = (
    Words("Không có sổ của lĩnh vực và năm này", "There is no register of this field and year"),
    Words("Mời chọn lĩnh vực và năm có trong danh sách sổ.", "Choose a register from the list."),
)
FORGOTTEN = (
    Words("Hồ sơ đã hết thời gian lưu", "The file is past its time"),
    Words(
        "Tên và thông tin của người nộp đã xoá theo quy định, không in lại mẫu này được nữa.",
        "The applicant's data has been deleted; this form cannot be printed any more.",
    ),
)
NO_PRINTER = (
    Words("Không có máy in này", "There is no such printer"),
    Words("Mời chọn máy in khác, hoặc in tệp PDF.", "Choose another printer, or print the PDF."),
)
BUSY = (
    Words("Máy chủ đang tạo nhiều tệp in", "The server is making other documents"),
    Words("Mời chờ nửa phút rồi bấm in lại.", "Wait half a minute and print again."),
)
NOT_MADE = (
    Words("Chưa tạo được tệp in", "The document could not be made"),
    Words(
        "Hồ sơ không bị ảnh hưởng. Mời bấm in lại; nếu vẫn lỗi, báo quản trị viên xem nhật ký máy chủ.",
        "The file is not affected. Print again; if it stays, tell the administrator to look at the log.",
    ),
)
BOOK_AWAY = (
    Words("Chưa đọc được sổ hồ sơ", "The register cannot be read now"),
    Words("Mời chờ một lát rồi tải lại trang.", "Wait a moment and reload the page."),
)

OUTCOMES: dict[str, Words] = {
    "waiting": Words("Đang in…", "Printing…"),
    "printed": Words("Đã in phiếu.", "The slip is printed."),
    "unconfirmed": Words(
        "Chưa chắc phiếu đã ra: mời xem khay giấy trước khi in lại.",
        "It may not have come out: look at the printer before you print again.",
    ),
    "failed": Words(
        "Phiếu không in được: mời xem giấy và nắp máy in rồi in lại.",
        "The slip was not printed: check paper and cover, then print again.",
    ),
    "unknown": Words(
        "Không rõ phiếu đã in chưa (máy chủ vừa khởi động lại): mời xem khay giấy.",
        "It is not known whether it was printed (the server has restarted): look at the printer.",
    ),
}
