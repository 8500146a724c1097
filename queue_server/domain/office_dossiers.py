"""The office file's dossiers: their sources, the book, the printed forms."""

from dataclasses import dataclass, field
from datetime import timedelta

from queue_server.domain.ids import ServiceId
from queue_server.domain.words import Words


@dataclass(frozen=True, slots=True)
class OtherOffice:
    """Who holds dossiers whose codes begin with `prefix`, such as `H99.17` or `G01`."""

    prefix: str
    name: Words


@dataclass(frozen=True, slots=True)
class ProvincialRules:
    """How the province's own system is asked for a dossier over HTTP, and how its answer is read."""

    url: str
    """With `{code}` where the method is `get`."""
    name: Words = field(default_factory=lambda: Words(""))
    method: str = "post"
    code_field: str = "mahoso"
    """The field of a posted body that holds the code."""
    send: tuple[tuple[str, str], ...] = (("service", "TraCuuHoSo"),)
    """The body's other fields."""
    token_file: str = ""
    """What it holds is the token; from the office's directory unless absolute."""
    token_header: str = "Authorization"
    token_prefix: str = "Bearer "
    authority: str = ""
    """A PEM file to trust in place of the public authorities."""
    mapping: str = "dvcqg"
    """dvcqg, opencps or own."""
    records: str | None = None
    """Where in the answer the dossier stands; None is where the mapping says."""
    fields: tuple[tuple[str, str], ...] = ()
    """Our field → place in the answer, over the mapping's own."""
    statuses: tuple[tuple[str, int], ...] = ()
    """The system's status → one of the national ten."""
    connect_within: timedelta = timedelta(seconds=1)
    answer_within: timedelta = timedelta(seconds=3)
    """For the whole question, from the first byte to the last."""
    fresh_for: timedelta = timedelta(minutes=2)
    """An answer of this age is given again without asking."""
    shown_for: timedelta = timedelta(hours=24)
    """An answer of this age is still shown when there is no newer one."""


@dataclass(frozen=True, slots=True)
class DossierRules:
    """How dossiers are looked up here; without `sources` they are not."""

    sources: tuple[str, ...] = ()
    """Where dossiers are looked for, in this order: `book`, `register`, `provincial`."""
    patterns: tuple[str, ...] = ()
    """Regular expressions of this province's codes, the likeliest first."""
    example: str = ""
    letters: tuple[str, ...] = ()
    collect_service: ServiceId | None = None
    """The service of a ticket to collect a result; the next three likewise, None is the procedure's own."""
    supplement_service: ServiceId | None = None
    fee_service: ServiceId | None = None
    ask_service: ServiceId | None = None
    other_offices: tuple[OtherOffice, ...] = ()
    contact: str = ""
    """Whom a citizen may ask about a dossier."""
    apology: Words = field(default_factory=lambda: Words("", ""))
    """What the office says when a dossier is overdue."""
    retention_days: int = 730
    """Days a dossier is kept after its last date."""
    provincial: ProvincialRules | None = None


@dataclass(frozen=True, slots=True)
class BookRules:
    """How dossiers are entered at the counter; without `code` they are not."""

    code: str = ""
    """The pattern of codes given here, such as `H99.16-{yymmdd}-{nnnn}`."""
    late_after: str = "15:00"
    """Local HH:MM: what is received later counts from the next working day; empty is no such hour."""
    units: tuple[str, ...] = ()
    """Where dossiers may be forwarded to, besides the procedures' own units."""
    lines_per_book: int = 500
    """After so many lines a register's next book (quyển) begins; lines count on through the year."""
    receipt: str = "TNHS"
    """What follows the running number on the receipt; the next two on guidance and control slip."""
    guidance: str = "HDHS"
    control: str = "KSGQHS"


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A form's title, its number among the forms (mẫu số, may be empty), and its paper: a4 or a5."""

    title: Words
    form: str = ""
    paper: str = "a4"


@dataclass(frozen=True, slots=True)
class FormRules:
    """What the printed forms say that no dossier knows; an empty place is a dotted line."""

    agency: str = ""
    """TÊN CƠ QUAN in the block on the left; empty is the office's name."""
    unit: str = "Bộ phận tiếp nhận và trả kết quả"
    unit_short: str = "Bộ phận TN&TKQ"
    """The same in the narrow column of the control slip."""
    place: str = ""
    """Before the day: `Thanh Bình, ngày 20 tháng 11 năm 2026`."""
    receipt: PrintedForm = PrintedForm(
        Words("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "Receipt of a file and appointment for its result"),
        paper="a5",
    )
    guidance: PrintedForm = PrintedForm(
        Words("Phiếu hướng dẫn hoàn thiện hồ sơ", "Guidance on completing a file"), paper="a5"
    )
    control: PrintedForm = PrintedForm(
        Words("Phiếu kiểm soát quá trình giải quyết hồ sơ", "Control slip of a file's way")
    )
    register: PrintedForm = PrintedForm(Words("Sổ theo dõi hồ sơ", "Register of files"))
