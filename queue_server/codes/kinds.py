"""PURE: what a scanned or typed text can be. No value shows its content when it is printed."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DossierCode:
    """`code` is normalised."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OwnTicket:
    """The code on a slip of ours, `MOTCUA:<office>:<ticket>`."""

    office: str
    ticket: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    """The address of a ticket's phone page; `token` opens it."""

    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class IdCard:
    """An ID card, reduced to its number (12 digits, 9 of an old one); everything else was dropped."""

    number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PaperCode:
    """A digitised paper `<id>.<type>`: whose it is was dropped, `type` is such as `KQ.G15.000031`."""

    type: str


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A phone number; only its last four digits are kept, for a second factor."""

    last_four: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TaxNumber:
    """A tax number; nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """None of these. `typed` is what may be searched as typed, empty when it looks like no code at all."""

    typed: str = field(default="", repr=False)


Kind = DossierCode | OwnTicket | OwnPage | IdCard | PaperCode | PhoneNumber | TaxNumber | Unknown
