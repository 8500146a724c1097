"""Dossiers as the contract tells them, for tests of the kiosk: one a shape of the answer."""

from datetime import UTC, date, datetime
from typing import Any

from queue_server.contract.dossiers import (
    Chip,
    DossierStep,
    DossierView,
    Looked,
    Protected,
    Supplement,
    TicketOffer,
    TimelinessView,
)
from queue_server.contract.values import Bilingual

AS_OF = datetime(2026, 11, 20, 2, 42, tzinfo=UTC)
EARLIER = datetime(2026, 11, 20, 2, 12, tzinfo=UTC)
"""09:12 at the office."""
FACTOR, CARD = "1234", "001090121234"
READY, RUNNING, ASKED, LATE, CACHED, FEE, STRANGE, LONG = (
    f"H99.16-261117-{n:04}" for n in (23, 24, 25, 26, 27, 28, 29, 30)
)
ELSEWHERE, AWAY, NOBODYS = "H99.17-261117-0001", "H99.16-261117-0099", "H99.16-261117-0404"


_PAST = Bilingual(
    vi="Hồ sơ đã quá ngày hẹn 18/11/2026. Mời hỏi nơi liên hệ, hoặc chờ cơ quan báo tin.",
    en="Past its due day 18/11/2026. Please ask at the contact, or wait for our notice.",
)


def _step(vi: str, en: str, unit: str, state: str, day: int = 0, time: str = "") -> DossierStep:
    on = date(2026, 11, day) if day else None
    return DossierStep(name=Bilingual(vi=vi, en=en), unit=unit, state=state, on=on, time=time)  # type: ignore[arg-type]


def _way(here: int) -> tuple[DossierStep, ...]:
    told = (
        ("Tiếp nhận", "Received", "Bộ phận Một cửa", 17, "09:12"),
        ("Đang xử lý", "In progress", "Tư pháp – Hộ tịch", 17, "14:05"),
        ("Trình ký", "To be signed", "Lãnh đạo UBND xã", 18, "16:30"),
        ("Đã có kết quả", "Result ready", "Đang chờ Ông/Bà đến nhận", 19, "10:20"),
        ("Trả kết quả", "Result returned", "Quầy 3, trong giờ làm việc", 0, ""),
    )
    return tuple(
        _step(vi, en, unit, "done", day, time) if n < here
        else _step(vi, en, unit, "here", day, time) if n == here
        else _step(vi, en, unit, "to_come")
        for n, (vi, en, unit, day, time) in enumerate(told)
    )  # fmt: skip


def _dossier(code: str, tone: str, vi: str, en: str, status: int, **changes: Any) -> DossierView:
    told: dict[str, Any] = {
        "code": code,
        "status": status,
        "chip": Chip(tone=tone, words=Bilingual(vi=vi, en=en)),  # type: ignore[arg-type]
        "procedure": "Cấp Giấy xác nhận tình trạng hôn nhân",
        "field": "Hộ tịch",
        "applicant": "N*** T** H****",
        "receiving_office": "Trung tâm Phục vụ hành chính công xã Thanh Bình",
        "received_on": date(2026, 11, 17),
        "due_on": date(2026, 11, 20),
        "timeliness": TimelinessView(
            state="early", days=1, words=Bilingual(vi="Trước hạn 1 ngày", en="1 day early")
        ),
        "next_step": Bilingual(
            vi="Chưa cần đến, hẹn trả 20/11/2026.", en="No need to come yet, due 20/11/2026."
        ),
        "steps": _way(3),
        "source": Bilingual(vi="Sổ theo dõi hồ sơ", en="Register"),
        "as_of": AS_OF,
    }
    return DossierView(**{**told, **changes})


def _offer(why: str, service: str, vi: str, en: str) -> TicketOffer:
    return TicketOffer(why=why, service=service, label=Bilingual(vi=vi, en=en))  # type: ignore[arg-type]


_COLLECT = _offer("collect", "tra-ket-qua", "Lấy số nhận kết quả", "Get a number to collect")
_LEFT = TimelinessView(state="running", days=2, words=Bilingual(vi="Còn 2 ngày", en="2 days left"))
_LONG = (
    "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất trong các trường hợp "
    "chuyển đổi, chuyển nhượng, cho thuê, cho thuê lại, thừa kế, tặng cho, góp vốn bằng quyền sử dụng đất"
)

FOUND: dict[str, DossierView] = {
    READY: _dossier(READY, "green", "Đã có kết quả", "Result ready", 9, offer=_COLLECT),
    RUNNING: _dossier(
        RUNNING, "blue", "Đang xử lý", "In progress", 4, timeliness=_LEFT, steps=_way(1)[:5]
    ),
    ASKED: _dossier(
        ASKED, "gold", "Yêu cầu bổ sung giấy tờ", "More papers needed", 5,
        timeliness=TimelinessView(
            state="paused",
            words=Bilingual(vi="Tạm dừng tính hạn, chờ bổ sung", en="Clock stopped until supplemented"),
        ),
        next_step=Bilingual(
            vi="Mời mang giấy tờ còn thiếu và giấy hẹn đến nộp bổ sung.",
            en="Please bring the missing papers and your receipt.",
        ),
        offer=_offer("supplement", "ho-tich", "Lấy số nộp bổ sung", "Get a number to hand papers in"),
        steps=_way(1),
    ),
    LATE: _dossier(
        LATE, "blue", "Đang xử lý", "In progress", 4,
        overdue=Chip(tone="red", words=Bilingual(vi="Quá hạn 2 ngày", en="2 days late")),
        next_step=_PAST,
        timeliness=TimelinessView(
            state="overdue", days=2, words=Bilingual(vi="Quá hạn 2 ngày", en="2 days late")
        ),
        apology=Bilingual(
            vi="Cơ quan xin lỗi Ông/Bà vì hồ sơ chưa xong đúng hẹn. Liên hệ: quầy Hướng dẫn.",
            en="We apologise: your file is not finished on time. Contact: the help desk.",
        ),
        steps=_way(2),
    ),
    CACHED: _dossier(CACHED, "blue", "Đang xử lý", "In progress", 4, timeliness=_LEFT, steps=_way(1),
                     as_of=EARLIER, age_minutes=30,
                     source=Bilingual(vi="Cổng dịch vụ công tỉnh", en="Provincial portal")),
    FEE: _dossier(FEE, "gold", "Yêu cầu thực hiện nghĩa vụ tài chính", "Payment needed", 6, timeliness=_LEFT,
                  fee_is_due=True, steps=_way(1),
                  next_step=Bilingual(vi="Mời mang giấy hẹn đến nộp phí, lệ phí.",
                                      en="Please bring your receipt and pay the fee."),
                  offer=_offer("pay", "thue-gone", "Lấy số nộp phí", "Get a number to pay")),
    STRANGE: _dossier(STRANGE, "grey", "Chờ liên thông", "Waiting for another agency", 0,
                      timeliness=TimelinessView(state="unknown", words=Bilingual(vi="")),
                      due_on=None, steps=(),
                      next_step=Bilingual(vi="Mời hỏi quầy Hướng dẫn.", en="Please ask the help desk.")),
    LONG: _dossier(LONG, "gold", "Yêu cầu bổ sung giấy tờ", "More papers needed", 5, procedure=_LONG,
                   applicant="N***** T** H**** T**** Q****", fee_is_due=True, as_of=EARLIER, age_minutes=30,
                   overdue=Chip(tone="red", words=Bilingual(vi="Quá hạn 12 ngày", en="12 days late")),
                   timeliness=TimelinessView(state="overdue", days=12,
                                             words=Bilingual(vi="Quá hạn 12 ngày", en="12 days late")),
                   apology=Bilingual(vi="Cơ quan xin lỗi Ông/Bà vì hồ sơ chưa xong đúng hẹn.",
                                     en="We apologise for the delay."),
                   offer=_offer("supplement", "ho-tich", "Lấy số nộp bổ sung", "Get a number for papers"),
                   next_step=Bilingual(vi="Mời mang giấy tờ còn thiếu và giấy hẹn đến nộp bổ sung.",
                                       en="Please bring the missing papers and your receipt.")),
}  # fmt: skip
PROTECTED = {
    code: Protected(
        supplements=(
            Supplement(
                asked_on=date(2026, 11, 18),
                reason="Bản sao Giấy chứng nhận quyền sử dụng đất; 02 ảnh 3x4 chụp trong 6 tháng.",
            ),
        ),
        fee_due=500_000,
        contact="quầy Hướng dẫn",
    )
    for code in (ASKED, FEE, LONG)
}
NAMES = ("nguyễn thị hương",)


def answer(code: str, factor: str | None, wrong: int) -> Looked:
    """What the desk answers; `wrong` factors were given for this code before."""
    if code == ELSEWHERE:
        return Looked(
            outcome="elsewhere", other_office=Bilingual(vi="Một cửa xã Hoà An", en="Hoa An One-stop Office")
        )
    if code == AWAY:
        return Looked(outcome="unavailable")
    dossier = FOUND.get(code)
    if dossier is None:
        return Looked(outcome="not_found")
    if code not in PROTECTED:
        return Looked(outcome="found", dossier=dossier)
    left = 3 - wrong
    if left <= 0:
        return Looked(outcome="found", dossier=dossier, factor="locked")
    if factor is None:
        return Looked(outcome="found", dossier=dossier, factor="wanted", tries_left=left)
    if factor in {FACTOR, CARD}:
        return Looked(
            outcome="found", dossier=dossier, factor="right", tries_left=3, protected=PROTECTED[code]
        )
    state = "wrong" if left > 1 else "locked"
    return Looked(outcome="found", dossier=dossier, factor=state, tries_left=left - 1)  # type: ignore[arg-type]
