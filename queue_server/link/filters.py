"""Which topics an MQTT filter matches."""

from functools import lru_cache


@lru_cache(maxsize=2048)
def matches(filter: str, topic: str) -> bool:
    """As MQTT 3.1.1 section 4.7: `+` is one level, a last `#` is the parent and all below it,
    and a filter that begins with a wildcard never matches a topic that begins with `$`."""
    if topic.startswith("$") and filter[:1] in {"+", "#"}:
        return False
    wanted, levels = filter.split("/"), topic.split("/")
    for at, level in enumerate(wanted):
        if level == "#":
            return at == len(wanted) - 1
        if at >= len(levels) or level not in {"+", levels[at]}:
            return False
    return len(wanted) == len(levels)
