"""PURE: what pydantic and tomllib complain about, as sentences a person can act on."""

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from queue_server.office_file.problems import KeyPath, Mistake, did_you_mean
from queue_server.office_file.sections.whole import OfficeFile, key_names

_TYPES = {
    "string_type": ("một chữ trong ngoặc kép", "a text in quotes"),
    "int_type": ("một số nguyên", "a whole number"),
    "int_from_float": ("một số nguyên", "a whole number"),
    "float_type": ("một số", "a number"),
    "bool_type": ("true hoặc false", "true or false"),
    "list_type": ("một danh sách trong [ ]", "a list in [ ]"),
    "dict_type": ("một bảng", "a table"),
    "model_type": ("một bảng", "a table"),
    "model_attributes_type": ("một bảng", "a table"),
}

_BOUNDS = {
    "greater_than": ("lớn hơn {gt}", "more than {gt}"),
    "greater_than_equal": ("từ {ge} trở lên", "at least {ge}"),
    "less_than_equal": ("nhiều nhất {le}", "{le} at the most"),
}

_SYNTAX = (
    ("Cannot overwrite a value", "Khoá hoặc mục này đã có ở trên.", "This key or section is given twice."),
    ("Cannot declare", "Mục này đã có ở trên.", "This section is declared twice."),
    ("Duplicate inline table key", "Khoá này có hai lần trong { }.", "This key is twice in { }."),
    ("Expected '=' after a key", "Thiếu dấu = sau tên khoá.", "A key needs = after it."),
    ("Unterminated string", "Chữ chưa đóng ngoặc kép.", "A text is not closed by its quote."),
    (
        "Illegal character",
        "Chữ chưa đóng ngoặc kép, hoặc có ký tự lạ.",
        "A text is not closed, or holds an odd character.",
    ),
    ("Unclosed array", "Danh sách chưa đóng ngoặc ].", "A list is not closed by ]."),
    ("Unclosed inline table", "Bảng chưa đóng ngoặc }.", "A table is not closed by }."),
    ("Expected newline or end", "Thừa chữ ở cuối dòng.", "There is too much on this line."),
    (
        "Invalid initial character for a key",
        "Tên khoá có ký tự không dùng được, hoặc bảng { } bị ngắt dòng (phải viết trên một dòng).",
        "A key has a character that cannot be used, or a { } table is broken over lines (it stands on one).",
    ),
    ("Unescaped '\\'", "Dấu \\ trong ngoặc kép phải viết đôi.", "A \\ between quotes is written twice."),
    (
        "Invalid value",
        "Giá trị viết chưa đúng; chữ phải nằm trong ngoặc kép.",
        "The value is not well written; texts stand in quotes.",
    ),
    ("Invalid date or datetime", "Ngày hoặc giờ không có thật.", "There is no such date or time."),
    ("Invalid statement", "Dòng này không phải là khoá = giá trị.", "This line is no key = value."),
)


def syntax_sentence(message: str) -> tuple[str, str]:
    """What a TOML reader's message means, in Vietnamese and English."""
    for start, vi, en in _SYNTAX:
        if start in message:
            return vi, en
    return "Tệp không đúng cú pháp TOML.", f"The file is not valid TOML: {message}."


def unknown_section(name: str) -> Mistake:
    vi, en = did_you_mean(name, OfficeFile.model_fields)
    return Mistake((name,), f'Không có mục tên là "{name}".', f'There is no section "{name}".', vi, en)


def missing_section(name: str) -> Mistake:
    info = OfficeFile.model_fields[name]
    head = f"[[{name}]]" if get_origin(info.annotation) is list else f"[{name}]"
    return Mistake(
        (name,),
        f"Thiếu mục {head}.",
        f"The section {head} is missing.",
        f"Thêm mục {head} vào tệp.",
        f"Add {head} to the file.",
    )


def not_a_table(path: KeyPath, head: str) -> Mistake:
    return Mistake(
        path, "Đây phải là một mục.", "This has to be a section.", f"Viết {head}.", f"Write {head}."
    )


def mistake_of(at: KeyPath, model: type[BaseModel], detail: Mapping[str, Any]) -> Mistake:
    """One complaint of pydantic about the section `model` at `at`."""
    loc: KeyPath = tuple(detail["loc"])
    path, kind, context = (*at, *loc), detail["type"], detail.get("ctx", {})
    if kind == "office":
        return Mistake(path, context["vi"], context["en"], context["fix_vi"], context["fix_en"])
    if kind == "extra_forbidden":
        vi, en = did_you_mean(str(loc[-1]), _keys_at(model, loc[:-1]))
        return Mistake(
            path, f'Không có khoá tên là "{loc[-1]}" ở đây.', f'There is no key "{loc[-1]}" here.', vi, en
        )
    if kind == "missing":
        key = loc[-1]
        return Mistake(
            path,
            f'Thiếu khoá "{key}".',
            f'The key "{key}" is missing.',
            f"Thêm dòng {key} = … vào mục này.",
            f"Add {key} = … here.",
        )
    if kind == "literal_error":
        vi, en = did_you_mean(str(detail["input"]), _choices(str(context["expected"])))
        return Mistake(
            path,
            f"Không dùng được {_shown(detail['input'])} ở đây.",
            f"{_shown(detail['input'])} cannot be used here.",
            vi,
            en,
        )
    if kind in _TYPES:
        vi, en = _TYPES[kind]
        return Mistake(
            path,
            f"Phải là {vi}, không phải {_shown(detail['input'])}.",
            f"This has to be {en}, not {_shown(detail['input'])}.",
        )
    if kind in _BOUNDS:
        vi, en = (text.format(**context) for text in _BOUNDS[kind])
        return Mistake(
            path,
            f"Số {_shown(detail['input'])} không được: phải {vi}.",
            f"{_shown(detail['input'])} cannot be: {en}.",
        )
    if kind in ("too_short", "string_too_short"):
        return Mistake(
            path,
            "Không được để trống.",
            "This may not be empty.",
            "Điền ít nhất một giá trị.",
            "Give at least one value.",
        )
    return Mistake(
        path,
        f"Giá trị {_shown(detail['input'])} không dùng được.",
        f"{_shown(detail['input'])} cannot be used: {detail['msg']}.",
    )


def _shown(value: Any) -> str:
    text = (
        f'"{value}"'
        if isinstance(value, str)
        else repr(value).replace("True", "true").replace("False", "false")
    )
    return text if len(text) <= 60 else text[:59] + "…"


def _choices(expected: str) -> list[str]:
    """pydantic's "'a', 'b' or 'c'" as words."""
    return [word.strip().strip("'") for part in expected.split(" or ") for word in part.split(",")]


def _keys_at(model: type[BaseModel], path: KeyPath) -> list[str]:
    """The keys that may stand at `path` below `model`."""
    found: Any = model
    for part in path:
        if isinstance(part, int):
            continue
        fields = key_names(found) if isinstance(found, type) and issubclass(found, BaseModel) else {}
        found = next(_models(fields[part].annotation), None) if part in fields else None
    return list(key_names(found)) if isinstance(found, type) and issubclass(found, BaseModel) else []


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The table classes inside an annotation such as `list[X] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) is not None or isinstance(annotation, UnionType) or annotation is Union:
        for inner in get_args(annotation):
            yield from _models(inner)
