"""Every word on a dossier's slip, receipt or guidance, from its data: the citizen's language first."""

from dataclasses import dataclass

from queue_server.contract.values import Bilingual, DossierSlip


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label and what it says; both are never empty."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class DossierWords:
    """Finished strings; an empty one is not on the slip. `*_second` is the other language, lighter."""

    office: str
    office_second: str
    reprint: str
    form: str
    title: str
    title_second: str
    number: str
    code: str
    facts: tuple[Labelled, ...]
    due_label: str
    due: str
    lines_title: str
    lines: tuple[str, ...]
    after: tuple[Labelled, ...]
    sign: str
    code_title: str
    code_text: str
    note: str
    footer: tuple[str, ...]


def dossier_words(slip: DossierSlip) -> DossierWords:
    """The words of a slip; an English one has its titles in Vietnamese too, as the office's forms do."""
    t = _Say(slip.language == "en")
    receipt = slip.kind == "receipt"
    return DossierWords(
        office=t.of(slip.office_name).upper(),
        office_second=t.other(slip.office_name),
        reprint=t("IN LẠI", "REPRINT · IN LẠI") if slip.reprint else "",
        form=slip.form,
        title=t.of(slip.title).upper(),
        title_second=t.other(slip.title),
        number=f"{t('Số', 'No.')}: {slip.form_number}" if slip.form_number else "",
        code=slip.code,
        facts=_labelled(
            (t("Thủ tục", "Procedure"), slip.procedure),
            (t("Chủ hồ sơ", "Applicant"), slip.applicant),
            (t("Nhận hồ sơ lúc", "Received"), slip.received if receipt else ""),
            (t("Thời gian giải quyết", "Time by law"), _days(slip, t) if receipt else ""),
        ),
        due_label=t("Hẹn trả kết quả", "Result due") if slip.due and receipt else "",
        due=slip.due if receipt else "",
        lines_title=_lines_title(slip, t),
        lines=slip.lines,
        after=_labelled(
            (t("Số bộ hồ sơ", "Sets of papers"), str(slip.sets) if receipt and slip.sets else ""),
            (t("Nhận kết quả tại", "Collect at"), slip.result_place if receipt else ""),
            (t("Sổ theo dõi: quyển/số", "Register: book/line"), slip.register_place if receipt else ""),
            (t("Cần hỏi, mời liên hệ", "Questions"), slip.contact),
        ),
        sign=_sign(slip, t),
        code_title=t("Xem hồ sơ đến đâu", "Where your file is"),
        code_text=t(
            "Quét bằng điện thoại, hoặc đưa vào ô quét của kiosk.", "Scan with your phone, or at a kiosk."
        )
        if slip.qr_is_page
        else t("Đưa mã vào ô quét của kiosk.", "Hold the code under the kiosk's scanner."),
        note=t("Mang theo phiếu này và thẻ Căn cước.", "Bring this slip and your ID card."),
        footer=(
            t(
                f"In lúc {slip.local_time}, {slip.local_date}",
                f"Printed {slip.local_time}, {slip.local_date}",
            ),
        ),
    )


class _Say:
    """Chooses between the languages."""

    def __init__(self, english: bool) -> None:
        self._english = english

    def __call__(self, vi: str, en: str) -> str:
        return en if self._english else vi

    def of(self, text: Bilingual) -> str:
        return (text.en or text.vi) if self._english else text.vi

    def other(self, text: Bilingual) -> str:
        return text.vi if self._english and text.en and text.en != text.vi else ""


def _labelled(*pairs: tuple[str, str]) -> tuple[Labelled, ...]:
    return tuple(Labelled(label, text) for label, text in pairs if text)


def _days(slip: DossierSlip, t: _Say) -> str:
    days = slip.legal_days
    if days is None:
        return ""
    if days == 0:
        return t("trong ngày làm việc", "the same working day")
    return t(f"{days} ngày làm việc", f"{days} working {'day' if days == 1 else 'days'}")


def _lines_title(slip: DossierSlip, t: _Say) -> str:
    if not slip.lines:
        return ""
    if slip.kind == "receipt":
        return t("Giấy tờ đã nộp", "Papers handed in")
    return t("Cần hoàn thiện những nội dung sau", "Please complete the following")


def _sign(slip: DossierSlip, t: _Say) -> str:
    if slip.kind == "receipt":
        return t("Người tiếp nhận hồ sơ (ký, ghi rõ họ tên)", "Received by (signature, name)")
    return t("Người hướng dẫn (ký, ghi rõ họ tên)", "Guided by (signature, name)")
