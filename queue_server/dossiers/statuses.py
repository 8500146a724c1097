"""PURE: the ten national statuses in a citizen's words: the chip, and what to do next."""

from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category, normalize

from queue_server.domain.words import Words
from queue_server.dossiers.dossier import Dossier, Status

WITH_DUE = Words("Chưa cần đến, hẹn trả {day}.", "No need to come yet, due {day}.")
WITHOUT_DUE = Words(
    "Chưa cần đến. Mời xem ngày hẹn trên giấy hẹn.", "No need to come yet. See the day on your receipt."
)
PAST_DUE = Words(
    "Hồ sơ đã quá ngày hẹn {day}. Mời hỏi nơi liên hệ, hoặc chờ cơ quan báo tin.",
    "Past its due day {day}. Please ask at the contact, or wait for our notice.",
)

LONGEST_CHIP = 60


@dataclass(frozen=True, slots=True)
class Citizen:
    """What a citizen reads. `tone` is a tint of the look; `offer` why a ticket would help, empty when not."""

    chip: Words
    tone: str
    next_step: Words
    offer: str = ""


CITIZEN: dict[Status, Citizen] = {
    Status.OTHER: Citizen(
        Words("Trạng thái khác", "Other status"),
        "grey",
        Words("Mời hỏi quầy Hướng dẫn.", "Please ask the help desk."),
    ),
    Status.REGISTERED: Citizen(
        Words("Mới đăng ký", "Registered"),
        "grey",
        Words(
            "Chờ tiếp nhận. Cơ quan đang kiểm tra hồ sơ.",
            "Waiting to be accepted. The office is checking it.",
        ),
    ),
    Status.ACCEPTED: Citizen(Words("Được tiếp nhận", "Accepted"), "blue", WITH_DUE),
    Status.NOT_ACCEPTED: Citizen(
        Words("Không được tiếp nhận", "Not accepted"),
        "red",
        Words("Mời gặp công chức để biết lý do.", "Please see an officer for the reason."),
        "ask",
    ),
    Status.IN_WORK: Citizen(Words("Đang xử lý", "In progress"), "blue", WITH_DUE),
    Status.SUPPLEMENT_ASKED: Citizen(
        Words("Yêu cầu bổ sung giấy tờ", "More papers needed"),
        "gold",
        Words(
            "Mời mang giấy tờ còn thiếu và giấy hẹn đến nộp bổ sung.",
            "Please bring the missing papers and your receipt.",
        ),
        "supplement",
    ),
    Status.FEE_ASKED: Citizen(
        Words("Yêu cầu thực hiện nghĩa vụ tài chính", "Payment needed"),
        "gold",
        Words("Mời mang giấy hẹn đến nộp phí, lệ phí.", "Please bring your receipt and pay the fee."),
        "pay",
    ),
    Status.WITHDRAWAL_ASKED: Citizen(
        Words("Công dân yêu cầu rút hồ sơ", "Withdrawal asked for"),
        "grey",
        Words(
            "Cơ quan đang giải quyết yêu cầu rút hồ sơ. Cần hỏi thêm, mời đến quầy Hướng dẫn.",
            "The withdrawal is being dealt with. For questions please see the help desk.",
        ),
    ),
    Status.STOPPED: Citizen(
        Words("Dừng xử lý", "Stopped"),
        "red",
        Words("Mời gặp công chức để biết lý do.", "Please see an officer for the reason."),
        "ask",
    ),
    Status.RESULT_READY: Citizen(
        Words("Đã có kết quả", "Result ready"),
        "green",
        Words("Mang theo giấy hẹn và thẻ Căn cước.", "Bring the receipt and your ID card."),
        "collect",
    ),
    Status.RETURNED: Citizen(
        Words("Đã trả kết quả", "Result returned"),
        "grey",
        Words("Hồ sơ đã xong, không cần làm gì thêm.", "It is finished, nothing more to do."),
    ),
}

_POSTED = Words(
    "Kết quả được gửi qua bưu chính theo địa chỉ đã đăng ký.", "The result is sent by post as registered."
)
_ONLINE = Words("Kết quả có trên Cổng Dịch vụ công.", "The result is on the public service portal.")


def citizen(dossier: Dossier, overdue: bool = False) -> Citizen:
    """What a citizen reads of a dossier; a status unknown to the table shows in its source's own words.

    `overdue` is past its day and not ready.
    """
    known = CITIZEN[dossier.status]
    chip, step, offer = known.chip, known.next_step, known.offer
    if dossier.status is Status.OTHER:
        chip = unknown(dossier.status_words)
    if step is WITH_DUE:
        step = _due(dossier, PAST_DUE if overdue else WITH_DUE)
    if dossier.status is Status.RESULT_READY and dossier.result_method in ("post", "online"):
        step, offer = (_POSTED if dossier.result_method == "post" else _ONLINE), ""
    return Citizen(chip, known.tone, step, offer)


def unknown(said: str) -> Words:
    """A status that the table does not have, as its source says it, cut to what fits on a chip."""
    plain = " ".join("".join(c for c in said if c.isprintable() or c.isspace()).split())
    other = CITIZEN[Status.OTHER].chip
    if not plain:
        return other
    short = plain if len(plain) <= LONGEST_CHIP else plain[: LONGEST_CHIP - 1].rstrip() + "…"
    if any(c.isalpha() for c in short):
        return Words(short)
    return Words(f"{other.vi} ({short})", f"{other.en} ({short})")


def _due(dossier: Dossier, words: Words) -> Words:
    if dossier.told_due is None:
        return WITHOUT_DUE
    day = f"{dossier.told_due.day:%d/%m/%Y}"
    return Words(words.vi.format(day=day), words.en.format(day=day))


def status_of(text: str) -> Status:
    """The status in a source's text: its number, or the table's words in any case and form; else OTHER."""
    folded = fold(text)
    if folded.isascii() and folded.isdigit() and len(folded) <= 2:
        return Status(int(folded))
    return _BY_WORDS.get(folded, Status.OTHER)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Letters without diacritics and digits only, one space between words: `Đã trả` is `da tra`."""
    plain = normalize("NFD", text.casefold().replace("đ", "d"))
    kept = "".join(c if c.isalnum() else " " for c in plain if category(c) != "Mn")
    return " ".join(kept.split())


_BY_WORDS: dict[str, Status] = {
    **{fold(words.chip.vi): status for status, words in CITIZEN.items() if status},
    "duoc tiep nhan": Status.ACCEPTED,
    "da tiep nhan": Status.ACCEPTED,
    "moi tiep nhan": Status.ACCEPTED,
    "khong tiep nhan": Status.NOT_ACCEPTED,
    "tu choi": Status.NOT_ACCEPTED,
    "tu choi tiep nhan": Status.NOT_ACCEPTED,
    "dang giai quyet": Status.IN_WORK,
    "yeu cau bo sung": Status.SUPPLEMENT_ASKED,
    "cho bo sung": Status.SUPPLEMENT_ASKED,
    "yeu cau bo sung ho so": Status.SUPPLEMENT_ASKED,
    "cho thuc hien nghia vu tai chinh": Status.FEE_ASKED,
    "cong dan yeu cau rut": Status.WITHDRAWAL_ASKED,
    "rut ho so": Status.WITHDRAWAL_ASKED,
    "da xu ly xong": Status.RESULT_READY,
    "da giai quyet xong": Status.RESULT_READY,
    "da co ket qua": Status.RESULT_READY,
    "da tra": Status.RETURNED,
}
