"""Services: the agencies, groups, pictograms and procedures they name, and who takes them."""

import re
from collections.abc import Iterator

from assets.files import icon_names
from queue_server.office_file.problems import WARNING, KeyPath, Mistake, did_you_mean
from queue_server.office_file.read import Draft

PROCEDURE_CODE = re.compile(r"\d\.\d{6}(\.\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}(\.\d{2})?)?")
"""A national procedure code, or its longer provincial form."""
GROUPS_AT_KIOSKS = 7
"""Priority groups that a kiosk's glass has room for (kiosk/ui/screens/priority)."""

NAMES = {
    "agency": ("cơ quan", "agency"),
    "group": ("nhóm việc", "group"),
    "service": ("việc", "service"),
    "zone": ("khu vực", "zone"),
    "counter": ("quầy", "counter"),
    "printer": ("máy in", "printer"),
}


def unknown(draft: Draft, kind: str, id_: str, path: KeyPath) -> Iterator[Mistake]:
    """The mistake of naming an item that the file does not declare."""
    known = draft.declared.get(kind, set())
    if id_ in known:
        return
    vi, en = NAMES[kind]
    fix = did_you_mean(id_, sorted(known))
    yield Mistake(path, f'Không có {vi} nào có id "{id_}".', f'There is no {en} with the id "{id_}".', *fix)


def service_mistakes(draft: Draft) -> Iterator[Mistake]:
    taken = {id_ for counter in draft.file.counter for id_ in counter.services}
    icons = icon_names()
    for service in draft.file.service:
        at: KeyPath = ("service", service.at)
        if service.agency is not None:
            yield from unknown(draft, "agency", service.agency, (*at, "agency"))
        if service.group is not None:
            yield from unknown(draft, "group", service.group, (*at, "group"))
        elif draft.declared.get("group"):
            yield Mistake(
                (*at, "group"),
                f'Việc "{service.id}" chưa thuộc nhóm nào.',
                f'The service "{service.id}" is in no group.',
                *did_you_mean("", sorted(draft.declared["group"])),
            )
        yield from pictogram_mistakes(service.pictogram, icons, (*at, "pictogram"))
        yield from _procedures(draft, service.at)
        if service.id not in taken and "counter" not in draft.broken:
            yield Mistake(
                (*at, "id"),
                f'Không quầy nào nhận việc "{service.id}".',
                f'No counter takes the service "{service.id}".',
                "Thêm id này vào services của một [[counter]], hoặc xoá việc này.",
                "Add this id to the services of a [[counter]], or remove the service.",
            )
    used = {service.group for service in draft.file.service}
    for group in draft.file.group:
        if group.id not in used and "service" not in draft.broken:
            yield Mistake(
                ("group", group.at, "id"),
                f'Nhóm "{group.id}" không có việc nào.',
                f'The group "{group.id}" has no service.',
                "Xoá nhóm này nếu không dùng.",
                "Remove it if it is not needed.",
                WARNING,
            )
    for group_ in draft.file.priority_group:
        yield from pictogram_mistakes(group_.pictogram, icons, ("priority_group", group_.at, "pictogram"))
    for group_ in draft.file.priority_group[GROUPS_AT_KIOSKS:]:
        yield Mistake(
            ("priority_group", group_.at, "id"),
            f"Máy lấy số chỉ đủ chỗ cho {GROUPS_AT_KIOSKS} diện ưu tiên đầu tiên.",
            f"A kiosk has room for the first {GROUPS_AT_KIOSKS} priority groups only.",
            "Gộp các diện gần nhau, hoặc để công chức chọn diện này tại quầy.",
            "Put similar groups together, or let officers choose this one at the counter.",
            WARNING,
        )


def pictogram_mistakes(name: str, icons: tuple[str, ...], path: KeyPath) -> Iterator[Mistake]:
    if name not in icons:
        yield Mistake(
            path,
            f'Không có biểu tượng "{name}".',
            f'There is no pictogram "{name}".',
            *did_you_mean(name, icons),
        )


def _procedures(draft: Draft, place: int) -> Iterator[Mistake]:
    service = next(s for s in draft.file.service if s.at == place)
    seen: set[str] = set()
    for number, procedure in enumerate(service.procedures):
        path: KeyPath = ("service", place, "procedures", number, "code")
        if not PROCEDURE_CODE.fullmatch(procedure.code):
            yield Mistake(
                path,
                f'"{procedure.code}" không phải là mã thủ tục hành chính.',
                f'"{procedure.code}" is no code of a procedure.',
                'Viết như "1.001193".',
                'Write it as in "1.001193".',
            )
        elif procedure.code in seen:
            yield Mistake(
                path,
                f'Thủ tục "{procedure.code}" có hai lần trong việc này.',
                f'The procedure "{procedure.code}" is twice in this service.',
                "Xoá một dòng.",
                "Remove one of the two.",
            )
        seen.add(procedure.code)
