"""The sources of the office file in their order: what one does not have, the next is asked for.

A source that cannot answer now is passed over and named, so that whoever asked can be told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from queue_server.domain.office_dossiers import DossierRules
from queue_server.domain.words import Words
from queue_server.dossiers.ports import DossierSource, Found, KeepsPages, KnowsApplicants, SourceUnavailable


@dataclass(frozen=True, slots=True)
class Finding:
    """What the sources said: the dossier and who has it, and who could not be asked."""

    found: Found | None = None
    source: Words = field(default_factory=lambda: Words(""))
    name: str = ""
    """The source's name in the office file."""
    away: tuple[Words, ...] = ()


class Sources:
    """Sources by their name in the office file. May be asked by several threads when each source may."""

    def __init__(self, sources: Mapping[str, DossierSource]) -> None:
        self._sources = sources

    def find(self, code: str, rules: DossierRules) -> Finding:
        """The first source that has the dossier; nothing is asked for an empty code."""
        away: list[Words] = []
        for name in rules.sources if code else ():
            source = self._sources.get(name)
            if source is None:
                continue
            try:
                found = source.find(code)
            except SourceUnavailable:
                away.append(source.name)
                continue
            if found is not None:
                return Finding(found, source.name, name, tuple(away))
        return Finding(away=tuple(away))

    def find_one(self, codes: Sequence[str], rules: DossierRules) -> Finding:
        """The first of these codes that some source has; without one, what was said of the first code."""
        first: Finding | None = None
        for code in codes:
            finding = self.find(code, rules)
            if finding.found is not None:
                return finding
            first = first or finding
        return first or Finding()

    def applicant(self, name: str, code: str) -> str | None:
        """The applicant's full name where that source knows it. Raises SourceUnavailable."""
        source = self._sources.get(name)
        return source.applicant(code) if isinstance(source, KnowsApplicants) else None

    def id_of(self, name: str, code: str) -> str:
        """The id of the dossier's page here, empty where that source's dossiers have none. Raises
        SourceUnavailable."""
        source = self._sources.get(name)
        return (source.id_of(code) or "") if isinstance(source, KeepsPages) else ""

    def knows_applicants(self, name: str) -> bool:
        """Whether a full name may be asked of this source at all: a register keeps masked ones only."""
        return isinstance(self._sources.get(name), KnowsApplicants)
