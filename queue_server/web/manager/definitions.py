"""What every figure of the manager's page means, in one place, in Vietnamese and English."""

from queue_server.domain.words import Words

DEFINITIONS: dict[str, tuple[Words, Words]] = {
    "mean": (
        Words("Thời gian chờ trung bình", "Mean wait"),
        Words(
            "Trung bình, trên các lượt giao dịch đã được phục vụ xong, của tổng thời gian"
            " chờ: từ lúc vào hàng (hoặc giờ hẹn, nếu muộn hơn) đến lần gọi đầu tiên, cộng qua "
            "mọi chặng của lượt. Gọi lại không tính lại từ đầu; thời gian Ông/Bà xin quay lại "
            "muộn hơn không tính; giờ nghỉ trưa có tính. Người vắng mặt và người bỏ về không nằm "
            "trong trung bình, được đếm riêng.",
            "Over the visits that have been served: the time from entering the queue (or the "
            "appointment, if later) to the first call, summed over the visit's legs. A recall "
            "never restarts it; pauses asked for by the citizen are left out; the lunch break "
            "counts. No-shows and abandoned visits are not in the mean and are counted beside it.",
        ),
    ),
    "p50": (
        Words("P50 · một nửa không quá", "P50 · half wait no longer"),
        Words(
            "Một nửa số lượt đã phục vụ chờ không quá chừng này phút.",
            "Half of the served visits waited no longer than this.",
        ),
    ),
    "p90": (
        Words("P90 · 9 trong 10 không quá", "P90 · 9 in 10 wait no longer"),
        Words(
            "Chín trong mười lượt đã phục vụ chờ không quá chừng này phút. Trung bình đạt mà P90 "
            "cao nghĩa là vẫn có nhiều người chờ rất lâu. Dưới 5 lượt thì không nêu.",
            "Nine in ten served visits waited no longer than this. A good mean with a high P90 "
            "hides long waits. Not given for fewer than 5 visits.",
        ),
    ),
    "within": (
        Words("Chờ không quá mốc", "Within target"),
        Words(
            "Phần các lượt đã phục vụ hoặc bỏ về mà thời gian chờ không quá mốc. Lượt bỏ về tính "
            "là không đạt.",
            "The share of served and abandoned visits whose wait was within the target. An "
            "abandoned visit is a miss.",
        ),
    ),
    "over_60": (
        Words("Chờ trên 60 phút", "Over 60 minutes"),
        Words(
            "Phần các lượt chờ lâu hơn 60 phút.",
            "The share of visits that waited longer than 60 minutes.",
        ),
    ),
    "abandoned": (
        Words("Bỏ về", "Abandoned"),
        Words(
            "Lượt đã rời đi hoặc chưa được gọi khi hết ngày. Không nằm trong trung bình, tính là "
            "không đạt mốc.",
            "Visits that left, or were still uncalled at closing. Outside the mean, counted as a miss.",
        ),
    ),
    "no_show": (
        Words("Vắng mặt khi gọi", "No-show"),
        Words(
            "Lượt đã được gọi mà không có người đến quầy. Không nằm trong trung bình.",
            "Visits that were called and never started. Outside the mean.",
        ),
    ),
    "forecast": (
        Words("Dự báo cho những người đang ở sảnh", "Forecast for those in the hall"),
        Words(
            "Trung bình ở trên chỉ gồm những lượt đã xong, nên lúc đông thường thấp hơn thực tế. "
            "Con số này là thời gian chờ trung bình dự báo của những người đang ở sảnh, với "
            "khoảng 8 trong 10 khả năng.",
            "The mean above holds only visits that are over, so at a peak it is too low. This is "
            "the predicted mean wait of everyone who is in the hall now, with its 80 % range.",
        ),
    ),
    "longest": (
        Words("Chờ lâu nhất lúc này", "Longest wait now"),
        Words(
            "Người đang chờ lâu nhất: tổng thời gian chờ của lượt tính đến bây giờ.",
            "Who has waited longest: the wait of the visit until now.",
        ),
    ),
    "alerts": (
        Words("Cảnh báo", "Alerts"),
        Words(
            "Việc cần xem ngay: trung bình hôm nay sắp vượt mốc (quá nửa số ngày mô phỏng), hàng không quầy "
            "nào nhận, người chờ quá giới hạn ưu tiên gọi, kiosk cần giúp, thiết bị hỏng, quầy nghỉ quá hẹn, "
            "đồng hồ máy chủ. Cảnh báo tự hết khi việc đã xong.",
            "What to look at now: today's mean about to miss its target (in more than half of the simulated "
            "days), queues no counter takes, waits past the rescue bound, calls for help, unwell devices, "
            "overlong pauses, the server's clock. An alert goes when its cause has gone.",
        ),
    ),
    "by_hour": (
        Words("Chờ trung bình theo giờ lấy số", "Mean wait by hour of issue"),
        Words(
            "Cột là trung bình các lượt lấy số trong giờ đó và đã phục vụ xong, râu là P90. Giờ "
            "chưa có số liệu để trống. Cột nét đứt là dự báo cho những người đang ở sảnh.",
            "Bars: mean of the visits issued in that hour and served; whiskers: P90. Hours "
            "without data are empty. The dashed bar is the forecast for those in the hall.",
        ),
    ),
    "quality": (
        Words("Chất lượng số liệu", "Data quality"),
        Words(
            "Những lượt cần nhìn lại trước khi tin con số: chúng vẫn nằm trong số liệu, và được đếm ở đây.",
            "Visits to look at before trusting a figure: they stay in the figures and are counted here.",
        ),
    ),
    "trend": (
        Words("Chờ trung bình theo thời gian", "Mean wait over time"),
        Words(
            "Mỗi cột là trung bình mọi lượt của ngày, tuần, tháng hoặc quý đó, không phải trung bình "
            "của các trung bình. Râu là P90.",
            "Each bar is the mean over all visits of that day, week, month or quarter, never a mean "
            "of means. Whiskers: P90.",
        ),
    ),
    "distribution": (
        Words("Phân bố thời gian chờ", "Distribution of waits"),
        Words(
            "Số lượt đã phục vụ theo thời gian chờ, mỗi cột 5 phút, và số lượt bỏ về. Hai vạch đứng là "
            "hai mốc. Trung bình đạt mà đuôi dài nghĩa là vẫn có người chờ rất lâu.",
            "Served visits by their wait, five minutes a column, and those who left. The upright lines "
            "are the targets. A good mean with a long tail hides long waits.",
        ),
    ),
    "queue": (
        Words("Số người chờ trong ngày", "People waiting over the day"),
        Words(
            "Số người đã lấy số mà chưa được gọi, tính tại mỗi mốc 5 phút; với nhiều ngày là trung bình "
            "của các ngày có số liệu. Ai xin quay lại muộn hơn vẫn được đếm.",
            "People with a number who were not called yet, at every five minutes; over several days, "
            "the mean over days with data. Those who asked to come back later are counted.",
        ),
    ),
    "services": (
        Words("Theo việc", "By service"),
        Words(
            "Lượt được xếp theo việc của chặng đầu tiên. Dự báo là khoảng chờ nếu lấy số bây giờ.",
            "A visit stands with the service of its first leg. Forecast: the range for a ticket taken now.",
        ),
    ),
    "counters": (
        Words("Theo quầy", "By counter"),
        Words(
            "Đã xong: số chặng phục vụ xong tại quầy. Phục vụ: từ lúc bắt đầu đến lúc kết thúc. Bận: phần "
            "thời gian mở cửa mà quầy đang mời hoặc đang phục vụ. Nghỉ: tổng số phút tạm nghỉ.",
            "Done: legs served at the counter. Service: from start to end. Busy: the part of its open time "
            "in which it was calling or serving. Paused: minutes of pauses in all.",
        ),
    ),
    "officers": (
        Words("Theo công chức", "By officer"),
        Words(
            "Chỉ phụ trách và quản trị xem được. Một lượt qua hai người được tính cho cả hai. Không dùng "
            "riêng con số này để đánh giá: việc khó, việc dễ khác nhau.",
            "Seen by supervisors and administrators only. A visit of two officers stands with both. Not "
            "for judging people by itself: services differ.",
        ),
    ),
    "classes": (
        Words("Theo đối tượng và nơi lấy số", "By class and place of issue"),
        Words(
            "Người ưu tiên, có hẹn và thường; các diện ưu tiên; nơi lấy số.",
            "Priority, booked and ordinary; groups of people with priority; where numbers were taken.",
        ),
    ),
    "weekdays": (
        Words("Theo thứ trong tuần", "By weekday"),
        Words("Mọi lượt của các thứ đó trong kỳ.", "All visits of those weekdays in the period."),
    ),
    "times": (
        Words("Thời gian tại quầy", "Time at the counters"),
        Words(
            "Đi tới quầy: từ lần gọi cuối đến lúc bắt đầu. Phục vụ: từ lúc bắt đầu đến lúc kết thúc. Rỗi: "
            "tổng giờ quầy mở mà không có ai. Tạm nghỉ: tổng giờ tạm nghỉ.",
            "Walk: from the last call to the start. Service: from start to end. Idle: hours counters were "
            "open with nobody there. Paused: hours of pauses.",
        ),
    ),
    "advice": (
        Words("Gợi ý bố trí quầy", "Staffing advice"),
        Words(
            "Mô phỏng phần còn lại của ngày nhiều lần với cách gọi số thật, việc từng quầy nhận được và "
            "lượng người dự báo. Một gợi ý chỉ hiện khi khoảng tin cậy của nó chắc chắn có lợi. Bấm Áp dụng "
            "là quầy nhận thêm việc đó ngay, được ghi lại như mọi thao tác.",
            "The rest of the day is simulated many times with the real calling rule, the services each "
            "counter takes and the people expected. Only acts whose interval leaves no doubt are shown. "
            "Apply gives the counter that service at once, recorded like any act.",
        ),
    ),
    "told": (
        Words("Chất lượng dự báo", "Prediction quality"),
        Words(
            "So thời gian chờ đã báo lúc lấy số với thực tế. Đúng khoảng: phần nằm trong khoảng đã báo, "
            "mong muốn 80 %. Lệch dương là báo lâu hơn thực tế.",
            "What was told at issue against what came true. Within range: wanted 80%. A positive bias "
            "means that longer was told than came true.",
        ),
    ),
}
