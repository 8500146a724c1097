"""PURE: the province's system: an address that may be asked, a token kept elsewhere, fields that exist."""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

from queue_server.office_file.checks.network import is_loopback
from queue_server.office_file.problems import KeyPath, Mistake, did_you_mean
from queue_server.office_file.sections.dossiers import DossiersSection, ProvincialSection

FIELDS = (
    "code", "status", "status_words", "procedure", "procedure_code", "field",
    "applicant", "id_number", "phone", "receiving_office",
    "deciding_unit", "received", "due", "forwarded", "done", "returned", "stopped",
    "channel", "result_method", "result_place", "fee_due", "contact",
    "supplements", "supplement_reason", "supplement_asked", "supplement_supplied",
    "steps", "step_name", "step_unit", "step_begun", "step_ended",
)  # fmt: skip
"""The fields that a mapping may name; dossiers/provincial_maps.py has the same, a test sees to it."""
_HEADER = re.compile(r"[A-Za-z0-9-]{1,60}")
_MARK = "{code}"
_AT: KeyPath = ("dossiers", "provincial")


def provincial_mistakes(section: DossiersSection) -> Iterator[Mistake]:
    given = section.provincial
    if given is None:
        if "provincial" in section.sources:
            yield Mistake(
                ("dossiers", "sources"),
                'Có nguồn "provincial" mà chưa có mục [dossiers.provincial].',
                'The source "provincial" has no section [dossiers.provincial].',
                "Thêm mục [dossiers.provincial] với url, hoặc bỏ provincial khỏi sources.",
                "Add [dossiers.provincial] with its url, or take provincial out of sources.",
            )
        return
    yield from _url(given)
    yield from _token(given)
    yield from _fields(given)
    for key, value in given.statuses.items():
        if not 1 <= value <= 10:
            yield Mistake(
                (*_AT, "statuses", key),
                f"Trạng thái {value} không có trong bảng quốc gia.",
                f"{value} is no status of the national table.",
                "Dùng số từ 1 đến 10: 4 đang xử lý, 5 bổ sung, 9 có kết quả, 10 đã trả.",
                "Use 1 to 10: 4 in work, 5 supplement, 9 result ready, 10 returned.",
            )


def _url(given: ProvincialSection) -> Iterator[Mistake]:
    path = (*_AT, "url")
    split = _split(given.url)
    if split is None or split.scheme not in ("https", "http") or not split.hostname:
        yield Mistake(
            path,
            "Đây không phải là một địa chỉ web.",
            "This is no web address.",
            'Viết như "https://lgsp.tinh.gov.vn/tracuuhoso".',
            'Write it as in "https://lgsp.tinh.gov.vn/tracuuhoso".',
        )
        return
    if split.scheme == "http" and not is_loopback(split.hostname):
        yield Mistake(
            path,
            "Địa chỉ http gửi mã và token không mã hoá qua mạng.",
            "An http address sends code and token over the network in the clear.",
            "Dùng https; chứng thư riêng của tỉnh thì điền authority.",
            "Use https; fill in authority where the province has its own.",
        )
    if split.username or split.password:
        yield Mistake(
            path,
            "Địa chỉ có tên hoặc mật khẩu trong đó.",
            "The address holds a name or a password.",
            "Để token trong một tệp riêng và điền token_file.",
            "Put the token into a file of its own and fill in token_file.",
        )
    marks = (split.path + "?" + split.query).count(_MARK)
    wanted = 1 if given.method == "get" else 0
    if marks != wanted or _MARK in split.netloc or split.fragment:
        yield Mistake(
            path,
            f"Địa chỉ cần có {_MARK} đúng {wanted} lần, sau tên máy chủ, và không có #.",
            f"The address has {_MARK} {wanted} times behind the host's name, and no #.",
            f'Với method = "get" viết như "https://…/hoso/{_MARK}"; với "post" thì bỏ {_MARK}.',
            f'With method = "get" write "https://…/hoso/{_MARK}"; with "post" leave {_MARK} out.',
        )


def _token(given: ProvincialSection) -> Iterator[Mistake]:
    if not _HEADER.fullmatch(given.token_header):
        yield Mistake(
            (*_AT, "token_header"),
            "Tên tiêu đề HTTP chỉ có chữ, số và dấu gạch ngang.",
            "An HTTP header's name has letters, digits and dashes only.",
            'Viết như "Authorization".',
            'Write "Authorization".',
        )
    if not given.token_prefix.isprintable():
        yield Mistake(
            (*_AT, "token_prefix"),
            "Phần trước token có ký tự lạ.",
            "What stands before the token holds an odd character.",
            'Viết như "Bearer ".',
            'Write "Bearer ".',
        )
    if given.token_file.count(".") > 1 and "/" not in given.token_file and len(given.token_file) > 60:
        yield Mistake(
            (*_AT, "token_file"),
            "Đây giống một token hơn là tên tệp.",
            "This looks like a token, not like the name of a file.",
            'Ghi token vào tệp secrets/provincial.token và viết token_file = "secrets/provincial.token".',
            'Write the token into secrets/provincial.token, and token_file = "secrets/provincial.token".',
        )
    for secret in ("token", "password", "matkhau", "secret"):
        if any(secret in key.casefold() for key in given.send):
            key = next(key for key in given.send if secret in key.casefold())
            yield Mistake(
                (*_AT, "send", key),
                "Điều bí mật không viết trong tệp này.",
                "A secret is not written into this file.",
                "Để nó trong một tệp riêng và điền token_file.",
                "Put it into a file of its own and fill in token_file.",
            )


def _fields(given: ProvincialSection) -> Iterator[Mistake]:
    for key in given.fields:
        if key not in FIELDS:
            vi, en = did_you_mean(key, FIELDS)
            yield Mistake(
                (*_AT, "fields", key), f'Không có trường "{key}".', f'There is no field "{key}".', vi, en
            )
    missing = [key for key in ("code", "status") if not given.fields.get(key)]
    if given.mapping == "own" and missing:
        yield Mistake(
            (*_AT, "mapping"),
            f"Bảng riêng chưa nói {' và '.join(missing)} nằm ở đâu.",
            f"A mapping of your own has to say where {' and '.join(missing)} stand.",
            'Thêm [dossiers.provincial.fields] với code = "…" và status = "…".',
            'Add [dossiers.provincial.fields] with code = "…" and status = "…".',
        )


def _split(url: str) -> SplitResult | None:
    if not url.isprintable() or " " in url:
        return None
    try:
        split = urlsplit(url)
        _ = split.port
    except ValueError:
        return None
    return split
