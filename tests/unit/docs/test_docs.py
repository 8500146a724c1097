"""The guides name everything that can be asked, refused, heard or run, and nothing that is not there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from queue_server.cli import app
from queue_server.contract.catalogue import CHANNELS
from queue_server.contract.requests import MAY_ASK, VERBS
from queue_server.domain.events import EVENT_TYPES
from queue_server.domain.refusals import Code
from queue_server.web.acts import VERBS as ACTS

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
OPERATOR = (DOCS / "operator.md").read_text(encoding="utf-8")
INTEGRATOR = (DOCS / "integrator.md").read_text(encoding="utf-8")


def section(page: str, title: str) -> str:
    """The text under a heading of the second level."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert found, f"no section {title!r}"
    return found[1]


def first_cells(text: str) -> list[str]:
    """What stands in backquotes in the first cell of every row of the section's tables."""
    rows = re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)
    assert len(rows) == len(set(rows)), "a row is there twice"
    return rows


def commands(group: typer.Typer, prefix: str = "") -> Iterator[str]:
    """Every command of the command line, such as `journal verify`."""
    for command in group.registered_commands:
        name = command.name or str(getattr(command.callback, "__name__", ""))
        if not command.hidden:
            yield prefix + name
    for inner in group.registered_groups:
        assert inner.typer_instance is not None and isinstance(inner.name, str)
        yield from commands(inner.typer_instance, f"{prefix}{inner.name} ")


COMMANDS = sorted(commands(app))


def test_every_verb_has_its_row_and_every_row_its_verb() -> None:
    rows = set(first_cells(section(INTEGRATOR, "Requests")))
    assert rows == set(VERBS), f"docs/integrator.md, Requests: {rows ^ set(VERBS)}"


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_a_verbs_row_names_every_field(verb: str) -> None:
    row = re.search(rf"^\| `{verb}` \|(.*?)\|", section(INTEGRATOR, "Requests"), re.MULTILINE)
    assert row, f"docs/integrator.md, Requests: {verb} has no row"
    fields = set(VERBS[verb].model_fields) - {"id", "expires_at", "expected"}
    assert fields == set(re.findall(r"`([a-z_]+)`", row[1]))


def test_every_refusal_has_its_row_and_every_row_its_code() -> None:
    assert sorted(first_cells(section(INTEGRATOR, "Refusals"))) == sorted(code.value for code in Code)


def test_every_event_type_is_named_and_no_other() -> None:
    named = set(re.findall(r"`([a-z_]+\.[a-z_]+)`", section(INTEGRATOR, "Events"))) - {"data.seq"}
    assert named == set(EVENT_TYPES)


def test_every_topic_has_its_row() -> None:
    shapes = {
        re.sub(r"{\w+}", "<>", c.address.split("{office}/")[1]) for c in CHANNELS if "request-" not in c.name
    }
    rows = {re.sub(r"<\w+>", "<>", row) for row in first_cells(section(INTEGRATOR, "Topics"))}
    assert rows == shapes | {"request/<>/<>"}


@pytest.mark.parametrize("kind", sorted(MAY_ASK))
def test_the_verbs_of_every_kind_of_account_are_as_the_contract_has_them(kind: str) -> None:
    (row,) = re.findall(rf"^\| {kind} \| (.*) \|$", section(INTEGRATOR, "Accounts and access"), re.MULTILINE)
    named = frozenset(re.findall(r"`([a-z-]+)`", row))
    assert named == (frozenset() if MAY_ASK[kind] == frozenset(VERBS) else MAY_ASK[kind])


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_operators_guide(command: str) -> None:
    assert re.search(rf"motcua {command}\b", OPERATOR), f"docs/operator.md says nothing of motcua {command}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_names_no_command_that_is_not_there(page: Path) -> None:
    known = [command.split() for command in COMMANDS]
    for words in re.findall(
        r"(?:`|^ {4}|bin/)motcua ([a-z]+(?: [a-z]+)?)", page.read_text(encoding="utf-8"), re.MULTILINE
    ):
        asked = words.split()
        assert any(one == asked[: len(one)] or asked == one[: len(asked)] for one in known), words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target


@pytest.mark.parametrize(
    "page", [ROOT / "ARCHITECTURE.md", *sorted((DOCS / "adr").glob("*.md"))], ids=lambda p: p.name
)
def test_every_file_a_page_names_is_there(page: Path) -> None:
    """Paths are from the root, `queue_server/` or the page's own room."""
    places = [ROOT, ROOT / "queue_server", ROOT / "kiosk", ROOT / "devices"]
    for name in re.findall(r"`([a-z_]+(?:/[a-z_.]+)+\.(?:py|js|toml))`", page.read_text(encoding="utf-8")):
        assert any((place / name).exists() for place in places), name


def test_the_officers_page_names_every_key_of_the_console() -> None:
    console = ROOT / "queue_server" / "web" / "counter"
    texts = ((console / name).read_text(encoding="utf-8") for name in ("buttons.py", "static/dossier.js"))
    keys = {key for text in texts for key in re.findall(r'"(F[2-9]|Space)"', text)}
    page = (DOCS / "can-bo-mot-trang.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| \*\*(F\d|Z|M|Phím cách)\*\*", page, re.MULTILINE))
    assert rows == {"Phím cách" if key == "Space" else key for key in keys} | {"Z", "M"}
    assert "undo" in ACTS


def test_the_sample_units_run_commands_that_are_there() -> None:
    known = {command.split()[0] for command in COMMANDS}
    units = sorted((DOCS / "systemd").glob("*.service"))
    assert units
    for unit in units:
        run = re.findall(r"/opt/motcua/bin/motcua ([a-z]+)", unit.read_text(encoding="utf-8"))
        assert run and set(run) <= known, unit.name


def test_decisions_are_numbered_without_gaps_and_the_index_names_each() -> None:
    decisions = sorted(path.name for path in (DOCS / "adr").glob("0*.md"))
    assert [int(name[:4]) for name in decisions] == list(range(1, len(decisions) + 1))
    index = (DOCS / "adr" / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\((\d{4}-[a-z0-9-]+\.md)\)", index) == decisions
