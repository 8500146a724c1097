"""What is said in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A text in every language of the office: Vietnamese always, English where given."""

    vi: str
    en: str = ""

    def in_(self, language: str) -> str:
        return (self.en or self.vi) if language == "en" else self.vi
