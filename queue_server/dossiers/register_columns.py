"""PURE: which column of a register is which: the 14 of the form Sổ theo dõi hồ sơ, and newer names."""

from collections.abc import Sequence
from dataclasses import dataclass

from queue_server.dossiers.statuses import fold

SEED_FORM = (
    "number", "code", "procedure", "copies", "applicant", "contact_of_applicant", "deciding_unit", "received",
    "due", "forwarded", "done", "returned", "signed", "note",
)  # fmt: skip
"""The form's columns 1 to 14, for a file that bears only their numbers."""

_NAMES: dict[str, str] = {
    "number": "tt, stt, so thu tu, so tt",
    "code": "ma ho so, ma so ho so, so ho so, ma hs, so bien nhan, mahoso, sobiennhan",
    "procedure": (
        "ten tthc, ten thu tuc hanh chinh, thu tuc hanh chinh, ten thu tuc, thu tuc, tentthc, noi "
        "dung yeu cau giai quyet, ten ho so, trich yeu ho so, trichyeuhoso"
    ),
    "procedure_code": "ma tthc, ma thu tuc, ma thu tuc hanh chinh, matthc",
    "field": "linh vuc, ten linh vuc, tenlinhvuc",
    "copies": "so luong ho so, so luong ho so bo, so luong, so bo",
    "applicant": (
        "ten ca nhan to chuc, chu ho so, ho va ten, ho ten, nguoi nop ho so, nguoi nop, ten to chuc "
        "ca nhan, ca nhan to chuc, ten ca nhan to chuc nop ho so, chuhoso, to chuc ca nhan nop ho "
        "so"
    ),
    "contact_of_applicant": (
        "dia chi so dien thoai, dia chi sdt, so dien thoai, dien thoai, sdt, sodienthoai, dia chi "
        "so dien thoai lien he"
    ),
    "address": "dia chi",
    "id_number": (
        "so cccd, cccd, so cmnd, cmnd, so cccd cmnd, so cmnd cccd, so dinh danh, so dinh danh ca "
        "nhan, so can cuoc, can cuoc, so giay to, ma dinh danh, madoituong"
    ),
    "deciding_unit": (
        "co quan chu tri giai quyet, co quan giai quyet, don vi giai quyet, don vi xu ly, "
        "donvixuly, co quan xu ly, bo phan giai quyet"
    ),
    "receiving_office": "co quan tiep nhan, don vi tiep nhan, noi tiep nhan",
    "received": (
        "ngay nhan ho so, nhan ho so, ngay nhan, ngay tiep nhan, ngaytiepnhan, thoi gian nhan ho "
        "so, ngay tiep nhan ho so, thoi gian tiep nhan"
    ),
    "due": (
        "ngay hen tra ket qua, hen tra ket qua, ngay hen tra, hen tra, ngayhentra, thoi gian hen "
        "tra, ngay tra ket qua du kien, thoi gian tra ket qua du kien"
    ),
    "forwarded": (
        "ngay chuyen ho so den co quan giai quyet, chuyen ho so den co quan giai quyet, ngay chuyen "
        "ho so, ngay chuyen, ngay chuyen den co quan giai quyet"
    ),
    "done": (
        "ngay nhan ket qua tu co quan giai quyet, nhan ket qua tu co quan giai quyet, ngay nhan ket "
        "qua, ngay co ket qua, ngay ket thuc xu ly, ngayketthucxuly, ngay xu ly xong"
    ),
    "returned": (
        "tra ket qua ngay thang nam, ngay thang nam tra ket qua, ngay tra ket qua, ngay tra, "
        "ngaytra, tra ket qua, thoi gian tra ket qua"
    ),
    "result_method": (
        "phuong thuc nhan ket qua, hinh thuc nhan ket qua, tra ket qua phuong thuc nhan ket qua, "
        "hinhthuc, hinh thuc tra ket qua"
    ),
    "result_place": "noi nhan ket qua, dang ky nhan ket qua tai, noi tra ket qua",
    "channel": "kenh thuc hien, hinh thuc nop, kenhthuchien, hinh thuc tiep nhan, cach thuc nop",
    "signed": "tra ket qua ky nhan, ky nhan",
    "note": "ghi chu, ghichu",
    "status": "trang thai, trang thai ho so, tinh trang, trangthaihoso, tinh trang ho so",
    "stopped": "ngay dung xu ly, ngay tu choi, ngay dung",
    "supplement": "noi dung bo sung, yeu cau bo sung, noi dung yeu cau bo sung, ly do bo sung",
    "supplement_asked": "ngay yeu cau bo sung, ngay de nghi bo sung",
    "supplement_supplied": "ngay bo sung, ngay nop bo sung, ngay da bo sung",
    "fee_due": (
        "phi le phi con phai nop, phi con phai nop, le phi con phai nop, so tien con phai nop, con phai nop"
    ),
    "legal_days": "thoi gian giai quyet, thoi han giai quyet, so ngay giai quyet, thoi han giai quyet ngay",
    "contact": "nguoi lien he, can bo xu ly, cong chuc xu ly, lien he, nguoixuly",
}
"""Field → the names a register may give its column, folded, with commas between."""

SAID: dict[str, tuple[str, str]] = {
    "code": ("Mã hồ sơ", "dossier code"),
    "procedure": ("Tên TTHC", "procedure"),
    "applicant": ("Tên cá nhân, tổ chức", "applicant"),
    "received": ("Ngày nhận hồ sơ", "received"),
}
"""Columns that every row needs, as a report names them."""

_BY_NAME = {name: key for key, names in _NAMES.items() for name in names.split(", ")}
_LOOKED_AT = 20
"""Rows at the top of a sheet in which the header is looked for."""
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Header:
    """`columns`: field → place from 0; `names`: field → as the file writes it; `rows`: how many it takes."""

    columns: dict[str, int]
    names: dict[str, str]
    rows: int


def header_of(rows: Sequence[Sequence[str]]) -> Header | None:
    """The header among the first rows of a sheet, of one to three rows; None when there is none."""
    best: tuple[int, Header] | None = None
    for start in range(min(len(rows), _LOOKED_AT)):
        for deep in range(1, min(_DEEPEST, len(rows) - start) + 1):
            found = _named(rows[start : start + deep])
            if "code" in found.columns and "received" in found.columns:
                fits = len(found.columns)
                if best is None or fits > best[0]:
                    best = (fits, Header(found.columns, found.names, start + deep))
    if best is not None:
        header = best[1]
        if header.rows < len(rows) and _numbered(rows[header.rows]):
            return Header(header.columns, header.names, header.rows + 1)
        return header
    for place, row in enumerate(rows[:_LOOKED_AT]):
        if _numbered(row) and len(row) >= len(SEED_FORM):
            columns = {key: number for number, key in enumerate(SEED_FORM)}
            return Header(columns, {key: str(n + 1) for key, n in columns.items()}, place + 1)
    return None


def _named(block: Sequence[Sequence[str]]) -> Header:
    """The columns that a header of these rows names: by all its rows together, else by its lowest words."""
    width = max(map(len, block))
    filled = [_filled(row, width) for row in block[:-1]] + [_padded(block[-1], width)]
    columns: dict[str, int] = {}
    names: dict[str, str] = {}
    for place in range(width):
        words = [" ".join(row[place].split()) for row in filled if row[place].strip()]
        own = [" ".join(row[place].split()) for row in block if place < len(row) and row[place].strip()]
        for name in (" ".join(words), " ".join(own), own[-1] if own else "", words[-1] if words else ""):
            key = _BY_NAME.get(fold(name))
            if key is not None:
                if key not in columns:
                    columns[key], names[key] = place, own[-1] if own else name
                break
    return Header(columns, names, len(block))


def _filled(row: Sequence[str], width: int) -> list[str]:
    """A row of merged cells: what stands in the first of them stands in all."""
    filled, last = [], ""
    for cell in _padded(row, width):
        last = cell.strip() or last
        filled.append(last)
    return filled


def _padded(row: Sequence[str], width: int) -> list[str]:
    return [*row, *[""] * (width - len(row))]


def _numbered(row: Sequence[str]) -> bool:
    """Whether a row only counts its columns: (1) (2) (3) …"""
    numbers = [fold(cell) for cell in row if cell.strip()]
    return len(numbers) >= 3 and numbers == [str(n + 1) for n in range(len(numbers))]
