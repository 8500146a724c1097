"""PURE: one row of a register as a dossier, or what is wrong with it; names masked, numbers digested."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from queue_server.codes.masking import mask_name, veiled
from queue_server.codes.normal import normalise
from queue_server.dossiers.dossier import Dossier, Status, SupplementRequest, When
from queue_server.dossiers.register_columns import SAID, Header
from queue_server.dossiers.register_files import shown
from queue_server.dossiers.statuses import fold, status_of
from queue_server.dossiers.vn_dates import BadDate, when_of

LONGEST_CELL = 2000
_CODE = re.compile(r"(?=.*\d)[A-Z0-9Đ][A-Z0-9Đ./-]{2,63}")
_PHONE = re.compile(r"(?<!\d)(?:\+?84|0)[\d. ]{8,13}(?!\d)")
_ID = re.compile(r"(?<!\d)(?:\d{12}|\d{9})(?!\d)")
_DATED = re.compile(
    r"\s*(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})(?:\s*[-–]\s*(\d{1,2}[/.-]\d{1,2}[/.-]\d{4}))?\s*:\s*(.+)"
)
_DAYS = (
    "received",
    "due",
    "forwarded",
    "done",
    "returned",
    "stopped",
    "supplement_asked",
    "supplement_supplied",
)
_CHANNELS = {"1": "counter", "truc tiep": "counter", "tai quay": "counter", "tai bo phan mot cua": "counter",
             "2": "online", "truc tuyen": "online", "online": "online",
             "3": "post", "buu chinh": "post", "qua buu chinh cong ich": "post", "buu chinh cong ich": "post",
             "qua buu chinh": "post", "buu dien": "post"}  # fmt: skip
_LOST = "\ufffd"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row was left out: `row` as the file counts, `column` as it is named there. Never what a person's
    cell holds."""

    row: int
    column: str
    vi: str
    en: str
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Good:
    """A dossier and the digests of its second factor."""

    dossier: Dossier
    digests: tuple[bytes, ...]


Digests = Callable[[str, Sequence[str], Sequence[str]], tuple[bytes, ...]]
"""(code, ID numbers, phone numbers) → what is stored of them."""


class _Wrong(Exception):
    def __init__(self, key: str, vi: str, en: str) -> None:
        super().__init__(en)
        self.key, self.vi, self.en = key, vi, en


def row_of(number: int, row: Sequence[Any], header: Header, digests: Digests, field: str) -> Good | Problem:
    """The dossier of a row; `field` is the heading above it, for registers without that column."""
    try:
        return _Row(row, header.columns).read(digests, field)
    except _Wrong as wrong:
        said = header.names.get(wrong.key) or SAID.get(wrong.key, (wrong.key, ""))[0]
        return Problem(number, said, wrong.vi, wrong.en)


def heading_of(row: Sequence[Any]) -> str | None:
    """The words of a row that holds one cell only, such as `Lĩnh vực: Hộ tịch`; None for any other row."""
    cells = [text for cell in row if (text := shown(cell).strip())]
    if len(cells) != 1:
        return None
    label, colon, name = cells[0].partition(":")
    return name.strip() if colon and fold(label) == "linh vuc" else cells[0].strip()


class _Row:
    def __init__(self, row: Sequence[Any], columns: dict[str, int]) -> None:
        self._row, self._columns = row, columns

    def read(self, digests: Digests, field: str) -> Good:
        code = normalise(self.text("code"))
        if not code:
            raise _Wrong("code", "Thiếu mã hồ sơ.", "The dossier code is missing.")
        if not _CODE.fullmatch(code):
            raise _Wrong("code", "Không phải là mã hồ sơ.", "This is no dossier code.")
        days = {key: self.day(key) for key in _DAYS if key in self._columns}
        received = days.get("received")
        if received is None:
            raise _Wrong("received", "Thiếu ngày nhận hồ sơ.", "The day of receipt is missing.")
        for key in ("due", "forwarded", "done", "returned", "stopped"):
            when = days.get(key)
            if when is not None and when.day < received.day:
                raise _Wrong(key, "Trước ngày nhận hồ sơ.", "This is before the day of receipt.")
        procedure_code = self.procedure_code()
        procedure = self.text("procedure") or procedure_code
        if not procedure:
            raise _Wrong("procedure", "Thiếu tên thủ tục.", "The procedure is missing.")
        words, name = self.text("status"), self.text("applicant")
        dossier = Dossier(
            code=code,
            status=status_of(words) if words else _status(days),
            status_words=words[:200],
            procedure=_veiled(procedure, name),
            procedure_code=procedure_code,
            applicant=mask_name(name),
            field=self.text("field") or field,
            receiving_office=self.text("receiving_office"),
            deciding_unit=self.text("deciding_unit"),
            received=received,
            due=days.get("due"),
            forwarded=days.get("forwarded"),
            done=days.get("done"),
            returned=days.get("returned"),
            stopped=days.get("stopped"),
            channel=_CHANNELS.get(fold(self.text("channel")), ""),
            result_place=self.text("result_place"),
            result_method=_CHANNELS.get(fold(self.text("result_method")), ""),
            fee_due=self.amount(),
            legal_days=self.legal_days(),
            contact=self.text("contact"),
            supplements=self.supplements(days),
        )
        return Good(dossier, digests(code, self.ids(), self.phones()))

    def text(self, key: str) -> str:
        place = self._columns.get(key)
        if place is None or place >= len(self._row):
            return ""
        cell = self._row[place]
        text = cell if type(cell) is str else shown(cell)
        if not text:
            return ""
        if len(text) > LONGEST_CELL:
            raise _Wrong(key, f"Dài hơn {LONGEST_CELL} ký tự.", f"Longer than {LONGEST_CELL} characters.")
        if _LOST in text:
            raise _Wrong(
                key, "Có ký tự không đọc được: lưu lại tệp ở UTF-8.", "It cannot be read: save it as UTF-8."
            )
        return _composed(text)

    def day(self, key: str) -> When | None:
        place = self._columns[key]
        cell = self._row[place] if place < len(self._row) else None
        if cell == "":
            return None
        try:
            return when_of(cell)
        except BadDate as bad:
            written = str(bad)[:30]
            raise _Wrong(key, f'"{written}" không phải là một ngày.', f'"{written}" is no day.') from bad

    def procedure_code(self) -> str:
        text = self.text("procedure_code")
        whole, dot, rest = text.partition(".")
        if dot and whole.isdigit() and rest.isdigit() and len(rest) < 6:
            return f"{whole}.{rest:0<6}"  # a spreadsheet took 1.001190 for a number
        return text

    def amount(self) -> int | None:
        text = (
            self.text("fee_due").casefold().removesuffix("đồng").removesuffix("đ").removesuffix("vnd").strip()
        )
        if not text or fold(text) in ("khong", "khong co"):
            return 0 if text else None
        digits = re.sub(r"[.,\s]", "", text)
        if not digits.isdecimal() or len(digits) > 12:
            raise _Wrong("fee_due", "Không phải là một số tiền.", "This is no amount of money.")
        return int(digits)

    def legal_days(self) -> int | None:
        found = re.match(r"\d{1,3}(?!\d)", self.text("legal_days"))
        return int(found[0]) if found else None

    def ids(self) -> list[str]:
        text = self.text("id_number").replace(".", "").replace(" ", "")
        if text.isdecimal() and 9 < len(text) < 12:
            text = text.zfill(12)  # a spreadsheet took it for a number
        return _ID.findall(text)

    def phones(self) -> list[str]:
        found = [re.sub(r"\D", "", p) for p in _PHONE.findall(self.text("contact_of_applicant"))]
        if not found and self.text("contact_of_applicant").strip().isdecimal():
            found = [self.text("contact_of_applicant").strip()]
        return [number for number in found if len(number) >= 9]

    def supplements(self, days: dict[str, When | None]) -> tuple[SupplementRequest, ...]:
        """One request from the three columns, or one a line where lines begin with their day."""
        text = self.text("supplement")
        asked, supplied = days.get("supplement_asked"), days.get("supplement_supplied")
        if not text:
            return (SupplementRequest("", asked, supplied),) if asked else ()
        dated = [_DATED.fullmatch(line) for line in re.split(r"[\n;]", text) if line.strip()]
        if all(dated) and dated:
            try:
                return tuple(
                    SupplementRequest(m[3].strip(), when_of(m[1]), when_of(m[2] or "")) for m in dated if m
                )
            except BadDate as bad:
                raise _Wrong("supplement", f'"{bad}" không phải là một ngày.', f'"{bad}" is no day.') from bad
        return (SupplementRequest(text, asked, supplied),)


def _veiled(procedure: str, name: str) -> str:
    """What is asked for, without the applicant: some offices write whose it is there."""
    starred = _starred(procedure)
    return veiled(starred, (name,)) if name and name.casefold() in starred.casefold() else starred


@lru_cache(maxsize=16_384)
def _starred(procedure: str) -> str:
    return veiled(procedure, ())


def _status(days: dict[str, When | None]) -> Status:
    """What the dates of the form alone tell."""
    for key, status in _LATEST:
        if days.get(key) is not None:
            return status
    asked = days.get("supplement_asked")
    if asked is not None and days.get("supplement_supplied") is None:
        return Status.SUPPLEMENT_ASKED
    return Status.IN_WORK if days.get("forwarded") is not None else Status.ACCEPTED


_LATEST = (("returned", Status.RETURNED), ("done", Status.RESULT_READY), ("stopped", Status.STOPPED))


@lru_cache(maxsize=16_384)
def _composed(text: str) -> str:
    if text.isascii():
        return text if text.isprintable() and "  " not in text else _lines(text)
    return _lines(normalize("NFC", text))


def _lines(text: str) -> str:
    """One space where there were several; ends of lines stay, for lists in a cell."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
