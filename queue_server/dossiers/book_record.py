"""PURE: a dossier of the office's own book with all that its forms print. It is personal: never log it.

Moments are instants (aware, UTC): who prints them turns them into the office's local time. Texts are as the
officer wrote them, in NFC. Titles and form numbers are the office file's, not here.
"""

from dataclasses import dataclass, field
from datetime import datetime

from queue_server.domain.words import Words
from queue_server.dossiers.dossier import Status
from queue_server.dossiers.timeliness import Standing


@dataclass(frozen=True, slots=True)
class FormNumber:
    """A gapless running number of one form in one year, such as 12/TNHS of 2026."""

    number: int
    year: int
    suffix: str

    def __str__(self) -> str:
        return f"{self.number}/{self.suffix}"


@dataclass(frozen=True, slots=True)
class RegisterPlace:
    """Where the dossier stands in the register: field (lĩnh vực), year, book (quyển), line (số thứ tự)."""

    field: str
    year: int
    book: int
    line: int


@dataclass(frozen=True, slots=True)
class Applicant:
    """Whose dossier it is. After retention every text is empty and the record says `forgotten`."""

    name: str = field(default="", repr=False)
    organisation: str = field(default="", repr=False)
    """Empty when a person applies for himself."""
    id_number: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    email: str = field(default="", repr=False)

    @property
    def shown(self) -> str:
        """Tên cá nhân, tổ chức: the organisation with who handed in for it, or the person."""
        return (
            f"{self.organisation} ({self.name})"
            if self.organisation and self.name
            else (self.organisation or self.name)
        )


@dataclass(frozen=True, slots=True)
class Paper:
    """One line of "Thành phần hồ sơ nộp gồm"."""

    name: str
    originals: int = 0
    copies: int = 0


@dataclass(frozen=True, slots=True)
class Supplement:
    """One Phiếu hướng dẫn hoàn thiện hồ sơ: its number (…/HDHS) and what is to be completed."""

    number: FormNumber
    asked_at: datetime
    items: tuple[str, ...]
    contact: str
    """Whom the citizen may ask; the office file's contact unless the officer wrote another."""
    contact_phone: str
    guide: str
    """NGƯỜI HƯỚNG DẪN: the officer's name as in the accounts; empty when the account is gone."""
    supplied_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """One row of the control slip: 1. Giao (from), 2. Nhận (to). The first row leaves the one-stop desk, the
    last comes back to it. `giver` and `taker` are officers' names where the account is known, else empty: the
    form leaves room for signatures."""

    from_unit: str
    to_unit: str
    given_at: datetime
    taken_at: datetime | None = None
    giver: str = ""
    taker: str = ""
    standing: Standing | None = None
    """EARLY, ON_TIME or LATE where the taker wrote how it was; None leaves the column empty."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class BookRecord:
    """Every field of the receipt, the supplement guidance, the control slip and a line of the register."""

    id: str
    """Opaque: the one name that a URL may have."""
    code: str
    status: Status
    receipt: FormNumber
    """…/TNHS"""
    control: FormNumber
    """…/KSGQHS"""
    place: RegisterPlace
    applicant: Applicant
    procedure_code: str
    procedure: Words
    request: str
    """Nội dung yêu cầu giải quyết: the officer's words, else the procedure's Vietnamese name."""
    papers: tuple[Paper, ...]
    sets: int
    """Số lượng hồ sơ (bộ)."""
    legal_days: int | None
    """Thời gian giải quyết theo quy định, working days; None is not stated in the office file."""
    received_at: datetime
    counts_from: datetime
    """The working day from which the days count, its beginning: later than receipt after 15:00."""
    due_at: datetime
    """As on the receipt. Supplements do not change it; see `expected_at`."""
    expected_at: datetime
    """When the result is due after the time that supplements took."""
    channel: str
    """counter, post or online."""
    result_method: str
    """counter, post or online."""
    result_place: str
    """Đăng ký nhận kết quả tại: in words."""
    receiving_unit: str
    """Bộ phận tiếp nhận và trả kết quả: the desk that received it."""
    deciding_unit: str
    """Cơ quan chủ trì giải quyết."""
    cooperating_unit: str
    """Cơ quan phối hợp giải quyết; may be empty."""
    receiver: str
    """NGƯỜI TIẾP NHẬN HỒ SƠ: the officer's name; empty when the account is gone."""
    fee: int | None = None
    """Đồng, None while no fee is set."""
    fee_paid_at: datetime | None = None
    supplements: tuple[Supplement, ...] = ()
    handovers: tuple[Handover, ...] = ()
    forwarded_at: datetime | None = None
    """First handed to the unit that decides (register column 10)."""
    back_at: datetime | None = None
    """The result came from that unit (column 11)."""
    returned_at: datetime | None = None
    """The result went to the citizen (column 12)."""
    stopped_at: datetime | None = None
    """Refused or withdrawn."""
    stop_reason: str = ""
    note: str = ""
    """Ghi chú (column 14): refusal, withdrawal, corrections, in words."""
    forgotten: bool = False
    """What was personal has been deleted by retention; only the counts are left."""

    @property
    def fee_due(self) -> int | None:
        """Đồng still to be paid, None when no fee is set."""
        return None if self.fee is None else 0 if self.fee_paid_at else self.fee
