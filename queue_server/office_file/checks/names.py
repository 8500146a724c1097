"""PURE: ids that clash or cannot be sent, letters that are misread, number series that collide."""

import re
from collections.abc import Iterator
from itertools import combinations

from queue_server.contract.topics import BadLevel, check_level
from queue_server.domain.office_services import NumberShape
from queue_server.office_file.config.services import shape
from queue_server.office_file.problems import WARNING, KeyPath, Mistake
from queue_server.office_file.read import Draft
from queue_server.office_file.sections.base import Item
from queue_server.office_file.sections.services import ServiceItem

DEVICES = ("kiosk", "printer", "display", "led", "keypad", "speaker")
"""Kinds that share one set of names: each is a device with its own account and health."""
KINDS = ("agency", "group", "service", "zone", "counter", "priority_group", *DEVICES)
_LEAST_BLOCK = 3


def id_mistakes(draft: Draft) -> Iterator[Mistake]:
    """Ids given twice, and ids that cannot be part of a topic or an address."""
    if "office" not in draft.broken:
        yield from _unsendable(draft.file.office.id, ("office", "id"))
    devices: dict[str, str] = {}
    for kind in KINDS:
        seen: set[str] = set()
        items: list[Item] = getattr(draft.file, kind)
        for item in items:
            path = (kind, item.at, "id")
            yield from _unsendable(item.id, path)
            other = devices.get(item.id) if kind in DEVICES else None
            if item.id in seen:
                yield _twice(path, item.id, kind)
            elif other is not None:
                yield _twice(path, item.id, other)
            seen.add(item.id)
            if kind in DEVICES:
                devices.setdefault(item.id, kind)


def _twice(path: KeyPath, id_: str, kind: str) -> Mistake:
    return Mistake(
        path,
        f'id "{id_}" đã dùng cho một [[{kind}]] ở trên.',
        f'The id "{id_}" is taken by a [[{kind}]] above.',
        "Đặt id khác.",
        "Choose another id.",
    )


def _unsendable(id_: str, path: KeyPath) -> Iterator[Mistake]:
    try:
        check_level(id_)
    except BadLevel:
        yield Mistake(
            path,
            f'id "{id_}" có ký tự không dùng được.',
            f'The id "{id_}" has characters that cannot be used.',
            "Chỉ dùng chữ không dấu, số, dấu - và _, dài nhất 64 ký tự, không có khoảng trắng.",
            "Use A-Z a-z 0-9 - _ only, 64 at the most, without spaces.",
        )


def letter_mistakes(draft: Draft, alphabet: str) -> Iterator[Mistake]:
    """Letters of services that are no letter, are taken, or are easily misread (a warning)."""
    seen: dict[str, str] = {}
    for service in draft.file.service:
        path, letter = ("service", service.at, "letter"), service.letter
        if not re.fullmatch(r"[A-Z0-9]", letter):
            yield Mistake(
                path,
                f'"{letter}" không phải là một chữ cái in hoa hoặc một chữ số.',
                f'"{letter}" is not one capital letter or digit.',
                f"Dùng một trong: {' '.join(alphabet)}.",
                f"Use one of: {' '.join(alphabet)}.",
            )
        elif letter in seen:
            yield Mistake(
                path,
                f'Chữ "{letter}" đã dùng cho việc "{seen[letter]}".',
                f'The letter "{letter}" is taken by the service "{seen[letter]}".',
                f"Chữ còn trống: {_free(draft, alphabet)}.",
                f"Free letters: {_free(draft, alphabet)}.",
            )
        elif letter.isalpha() and letter not in alphabet:
            yield Mistake(
                path,
                f'Chữ "{letter}" dễ đọc nhầm thành chữ hoặc số khác.',
                f'The letter "{letter}" is easily read as another letter or a digit.',
                f"Nên dùng: {_free(draft, alphabet)}.",
                f"Better use: {_free(draft, alphabet)}.",
                WARNING,
            )
        seen.setdefault(letter, service.id)


def _free(draft: Draft, alphabet: str) -> str:
    used = {service.letter for service in draft.file.service}
    return " ".join(letter for letter in alphabet if letter not in used) or "–"


def series_mistakes(draft: Draft) -> Iterator[Mistake]:
    """Number shapes that cannot be, and series whose numbers would meet."""
    shapes: dict[str, tuple[ServiceItem, NumberShape]] = {}
    for service in draft.file.service:
        its = shape(service)
        broken = list(_shape_mistakes(draft, service, its))
        yield from broken
        if broken:
            continue
        known = shapes.setdefault(its.prefix, (service, its))
        if known[1] != its:
            yield Mistake(
                _number_path(service),
                f'Dãy số "{its.prefix}" có hình dạng khác ở việc "{known[0].id}".',
                f'The series "{its.prefix}" has another shape in the service "{known[0].id}".',
                "Việc dùng chung một dãy số phải có digits, first, last như nhau.",
                "Services that share a series need the same digits, first and last.",
            )
    for (one, left), (other, right) in combinations(shapes.values(), 2):
        if _meet(left, right):
            yield Mistake(
                _number_path(other),
                f'Số của việc này trùng với số của việc "{one.id}" (như {_example(left, right)}).',
                f'Its numbers are also numbers of the service "{one.id}" (such as {_example(left, right)}).',
                "Đổi prefix hoặc digits của một trong hai việc.",
                "Change the prefix or the digits of one of the two.",
            )


def _shape_mistakes(draft: Draft, service: ServiceItem, its: NumberShape) -> Iterator[Mistake]:
    path = _number_path(service)
    if not re.fullmatch(r"[A-Z0-9]{0,2}", its.prefix):
        if service.number.prefix is not None:
            yield Mistake(
                (*path, "prefix"),
                f'"{its.prefix}" không đứng đầu số được.',
                f'"{its.prefix}" cannot begin a number.',
                "Dùng nhiều nhất hai chữ in hoa hoặc chữ số.",
                "Use two capital letters or digits at the most.",
            )
        return
    if not its.first <= its.last <= its.highest:
        yield Mistake(
            (*path, "last"),
            f"Dãy số từ {its.first} đến {its.last} không viết được bằng {its.digits} chữ số.",
            f"The numbers {its.first} to {its.last} cannot be written in {its.digits} digits.",
            f"first không lớn hơn last, last nhiều nhất {its.highest}.",
            f"first is not above last, last is {its.highest} at the most.",
        )
        return
    if service.quota is not None and service.quota > its.last - its.first + 1:
        yield Mistake(
            ("service", service.at, "quota"),
            f"Hạn mức {service.quota} nhiều hơn số có thể cấp ({its.last - its.first + 1}).",
            f"The quota of {service.quota} is above what the series holds ({its.last - its.first + 1}).",
            "Giảm quota hoặc tăng digits, last.",
            "Lower the quota, or raise digits and last.",
        )
    kiosks = len(draft.file.kiosk)
    if kiosks and (its.highest - its.last) // max(2, kiosks) < _LEAST_BLOCK:
        yield Mistake(
            (*path, "last"),
            "Không còn số để kiosk tự cấp khi mất kết nối với máy chủ.",
            "No numbers are left for kiosks to give while the server is away.",
            f"Nên để last nhiều nhất {its.highest - 10 * max(2, kiosks)}.",
            f"Better keep last at {its.highest - 10 * max(2, kiosks)} or less.",
            WARNING,
        )


def _number_path(service: ServiceItem) -> KeyPath:
    return ("service", service.at, "number")


def _meet(left: NumberShape, right: NumberShape) -> bool:
    """Whether some text is a number of both series, blocks for kiosks included."""
    return bool(_example(left, right))


def _example(left: NumberShape, right: NumberShape) -> str:
    if len(left.prefix) > len(right.prefix):
        left, right = right, left
    rest = right.prefix[len(left.prefix) :]
    same_width = len(left.prefix) + left.digits == len(right.prefix) + right.digits
    if not (same_width and right.prefix.startswith(left.prefix) and rest.isdigit()):
        return ""
    low = max(int(rest) * 10**right.digits + right.first, left.first)
    high = int(rest) * 10**right.digits + right.highest
    return left.show(low) if low <= high else ""
