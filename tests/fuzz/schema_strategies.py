"""Values for a JSON schema as pydantic writes it, and the same with a mistake in them."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

Schema = dict[str, Any]

anything: SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
"""Any JSON, NaN and huge numbers too."""


def fitting(schema: Schema, root: Schema | None = None) -> SearchStrategy[Any]:
    """Values that fit."""
    root = root or schema
    if "$ref" in schema:
        found: Any = root
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        return fitting(found, root)
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "anyOf" in schema:
        return st.one_of(*(fitting(one, root) for one in schema["anyOf"]))
    match schema.get("type"):
        case "object":
            return _object(schema, root)
        case "array":
            inner = fitting(schema.get("items", {}), root)
            least = schema.get("minItems", 0)
            return st.lists(inner, min_size=least, max_size=min(schema.get("maxItems", 3), least + 3))
        case "string":
            return _text(schema)
        case "integer":
            return st.integers(schema.get("minimum"), schema.get("maximum"))
        case "boolean":
            return st.booleans()
        case "null":
            return st.none()
    return anything


def broken(schema: Schema) -> SearchStrategy[Any]:
    """Fitting, but for one or two members that are gone, strange, or too many."""

    def spoil(pair: tuple[dict[str, Any], dict[str, Any], list[str]]) -> dict[str, Any]:
        value, strange, gone = pair
        return {name: v for name, v in {**value, **strange}.items() if name not in gone}

    names = st.sampled_from(sorted(schema.get("properties", {"id": {}})))
    strange = st.dictionaries(names | st.text(max_size=5), anything, max_size=2)
    return st.tuples(fitting(schema), strange, st.lists(names, max_size=1)).map(spoil)


def _object(schema: Schema, root: Schema) -> SearchStrategy[Any]:
    properties, needed = schema.get("properties", {}), set(schema.get("required", []))
    made = {name: fitting(one, root) for name, one in properties.items()}
    return st.fixed_dictionaries(
        {name: one for name, one in made.items() if name in needed},
        optional={name: one for name, one in made.items() if name not in needed},
    )


def _text(schema: Schema) -> SearchStrategy[str]:
    if schema.get("format") == "date-time":
        return st.datetimes().map(lambda at: at.isoformat() + "Z")
    if "pattern" in schema:
        return st.from_regex(schema["pattern"], fullmatch=True).filter(
            lambda text: schema.get("minLength", 0) <= len(text) <= schema.get("maxLength", 500)
        )
    return st.text(min_size=schema.get("minLength", 0), max_size=min(schema.get("maxLength", 40), 60))
