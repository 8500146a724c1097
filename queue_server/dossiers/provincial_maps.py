"""PURE: which field of a provincial system's answer is which of ours: maps that an office may change.

A place is a path of names with dots, `DinhDanhCHS.SoDinhDanh`; a list on the way stands for all its elements.
The names of `dvcqg` are those of DongBoHoSoMC, the national portal's exchange; those of `opencps` are the
REST model of that system.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from queue_server.dossiers.dossier import Status

FIELDS = (
    "code", "status", "status_words", "procedure", "procedure_code", "field",
    "applicant", "id_number", "phone", "receiving_office",
    "deciding_unit", "received", "due", "forwarded", "done", "returned", "stopped",
    "channel", "result_method", "result_place", "fee_due", "contact",
    "supplements", "supplement_reason", "supplement_asked", "supplement_supplied",
    "steps", "step_name", "step_unit", "step_begun", "step_ended",
)  # fmt: skip
"""Ours. `supplements` and `steps` are lists; the places of what is in them start at the element."""


@dataclass(frozen=True, slots=True)
class AnswerMap:
    """`records`: where the dossier, or the list of them, may stand; the first place that holds one counts.

    `statuses`: the system's own values, folded, to the national ten.
    """

    places: Mapping[str, str]
    records: tuple[str, ...] = ("",)
    statuses: Mapping[str, Status] = field(default_factory=dict)


_DVCQG = AnswerMap(
    {
        "code": "MaHoSo",
        "status": "TrangThaiHoSo",
        "status_words": "TenTrangThai",
        "procedure": "TenTTHC",
        "procedure_code": "MaTTHC",
        "field": "TenLinhVuc",
        "applicant": "ChuHoSo",
        "id_number": "DinhDanhCHS.SoDinhDanh",
        "phone": "SoDienThoai",
        "receiving_office": "NoiNopHoSo",
        "deciding_unit": "DonViXuLy",
        "received": "NgayTiepNhan",
        "due": "NgayHenTra",
        "done": "NgayKetThucXuLy",
        "returned": "NgayTra",
        "stopped": "NgayTuChoi",
        "channel": "KenhThucHien",
        "result_method": "HinhThuc",
        "result_place": "ThongTinTra",
        "supplements": "DanhSachHoSoBoSung",
        "supplement_reason": "NoiDungBoSung",
        "supplement_asked": "NgayBoSung",
        "supplement_supplied": "NgayTiepNhanBoSung",
        "step_name": "NoiDungXuLy",
        "step_unit": "PhongBanXuLy",
        "step_begun": "ThoiDiemXuLy",
    },
    records=("result", "data", "Data", ""),
)

_OPENCPS = AnswerMap(
    {
        "code": "dossierNo",
        "status": "dossierStatus",
        "status_words": "dossierStatusText",
        "procedure": "serviceName",
        "procedure_code": "serviceCode",
        "field": "domainName",
        "applicant": "applicantName",
        "id_number": "applicantIdNo",
        "phone": "contactTelNo",
        "receiving_office": "govAgencyName",
        "deciding_unit": "govAgencyName",
        "received": "receiveDate",
        "due": "dueDate",
        "done": "releaseDate",
        "returned": "finishDate",
    },
    records=("data", "result", ""),
    statuses={
        "new": Status.REGISTERED,
        "receiving": Status.REGISTERED,
        "processing": Status.IN_WORK,
        "pausing": Status.IN_WORK,
        "posting": Status.IN_WORK,
        "interoperating": Status.IN_WORK,
        "waiting": Status.SUPPLEMENT_ASKED,
        "correcting": Status.SUPPLEMENT_ASKED,
        "cancelling": Status.WITHDRAWAL_ASKED,
        "cancelled": Status.STOPPED,
        "denied": Status.NOT_ACCEPTED,
        "unresolved": Status.STOPPED,
        "releasing": Status.RESULT_READY,
        "done": Status.RETURNED,
    },
)

MAPS: Mapping[str, AnswerMap] = {"dvcqg": _DVCQG, "opencps": _OPENCPS, "own": AnswerMap({})}
"""By their names in the office file; `own` has only the places that the office writes."""

CHANNELS = {"1": "counter", "2": "online", "3": "post"}
"""KenhThucHien."""
METHODS = {"0": "counter", "1": "post"}
"""HinhThuc of the return."""


def map_of(
    name: str, places: Mapping[str, str], statuses: Mapping[str, int], records: str | None
) -> AnswerMap:
    """A built-in map with what the office file changes; an empty place takes a field away."""
    built_in = MAPS[name]
    return AnswerMap(
        {k: v for k, v in {**built_in.places, **places}.items() if v},
        built_in.records if records is None else (records,),
        {**built_in.statuses, **{k.casefold(): Status(v) for k, v in statuses.items()}},
    )
