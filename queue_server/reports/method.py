"""PURE: the method page: how every figure was measured, and how anybody can check it."""

from queue_server.reports.report import Report


def method(report: Report, language: str) -> list[tuple[str, str]]:
    """(title, text) of each paragraph."""
    record = report.record
    if language == "en":
        found = [
            (
                "Wait",
                "From entering a queue (or the appointment, if later) to the first call, summed over all"
                " legs of a visit. A recall never restarts it. Pauses asked for by the citizen are left out;"
                " pauses by the office and the lunch break count. Measured in seconds on the server's"
                " clock; a step of the clock changes no wait.",
            ),
            (
                "In the mean",
                "Visits that were served. Who left or was still uncalled at closing, and who did not come"
                " when called, is counted beside it. “Within” counts served and abandoned visits; an"
                " abandoned one is a miss. The mean “with those who left or missed” counts their waits too.",
            ),
            (
                "Periods",
                "A period's figures are computed over all of its visits, never as an average of averages."
                " Percentiles come from exact histograms of whole seconds, nearest rank; P90 and P95 are"
                " not given for fewer than 5 visits.",
            ),
            (
                "95% interval",
                "Bootstrap, 400 resamples: over days from five days with visits on, over visits before"
                " that. Equal data give equal intervals.",
            ),
            (
                "Per open hour",
                "Legs served divided by the hours in which a counter with its officer was idle, calling or"
                " serving.",
            ),
        ]
        if report.on_time is not None:
            found.append(
                (
                    "Dossiers on time",
                    "As Decision 766/QĐ-TTg, 2.1, counts them: dossiers finished in the period, without the"
                    " time of supplements; one for which supplements were asked for more than once is late.",
                )
            )
        checked = (
            f"Journal, events {record.first_seq} to {record.last_seq}; SHA-256 of the last"
            f" {record.last_hash or '–'}; {record.signed_days} of {record.opened_days} days signed."
            " “motcua journal export” gives the events and “motcua journal verify” checks the chain:"
            " every figure here can be computed from them again."
        )
        return [*found, ("To check", checked)]
    found = [
        (
            "Thời gian chờ",
            "Từ lúc vào hàng (hoặc giờ hẹn, nếu muộn hơn) đến lần gọi đầu tiên, cộng qua mọi chặng của lượt."
            " Gọi lại không tính lại từ đầu. Thời gian công dân xin quay lại muộn hơn không tính; tạm gác do"
            " cơ quan và giờ nghỉ trưa có tính. Đo bằng giây theo đồng hồ máy chủ; chỉnh đồng hồ không làm"
            " đổi thời gian chờ.",
        ),
        (
            "Lượt nằm trong trung bình",
            "Các lượt đã được phục vụ. Người bỏ về hoặc chưa được gọi khi hết ngày, và người vắng mặt khi"
            " gọi, được đếm riêng. Tỷ lệ “chờ không quá” tính trên lượt đã phục vụ và lượt bỏ về; lượt bỏ về"
            " là không đạt. Trung bình “kể cả người bỏ về, vắng mặt” tính cả thời gian chờ của họ.",
        ),
        (
            "Số liệu của kỳ",
            "Tính trên mọi lượt của kỳ, không phải trung bình của các trung bình. P50, P90, P95 lấy từ bảng"
            " đếm từng giây; dưới 5 lượt thì không nêu P90, P95.",
        ),
        (
            "Khoảng tin cậy 95 %",
            "Lấy mẫu lại 400 lần: theo ngày khi có từ 5 ngày có lượt, theo lượt khi ít hơn. Cùng dữ liệu thì"
            " cùng kết quả.",
        ),
        (
            "Chặng mỗi giờ mở quầy",
            "Số chặng phục vụ xong chia cho số giờ quầy có công chức đang rỗi, đang mời hoặc đang phục vụ.",
        ),
    ]
    if report.on_time is not None:
        found.append(
            (
                "Hồ sơ đúng hạn",
                "Theo cách tính của Quyết định 766/QĐ-TTg, mục 2.1: hồ sơ giải quyết xong trong kỳ, trừ thời"
                " gian bổ sung; yêu cầu bổ sung quá một lần tính là quá hạn.",
            )
        )
    checked = (
        f"Nhật ký gốc: sự kiện {record.first_seq} đến {record.last_seq}; mã băm SHA-256 của sự kiện cuối"
        f" {record.last_hash or '–'}; {record.signed_days} trên {record.opened_days} ngày có chữ ký số."
        " Lệnh “motcua journal export” xuất các sự kiện, “motcua journal verify” kiểm tra chuỗi băm: mọi con"
        " số ở đây đều tính lại được từ đó."
    )
    return [*found, ("Kiểm chứng", checked)]
