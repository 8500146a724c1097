"""PURE: ESC/POS status bytes, asked for by DLE EOT n (answered at once) and GS r 1 (answered in its turn)."""

from dataclasses import dataclass, replace

from devices.health import Cover, Fault, Health, Paper

ASK_ONLINE = b"\x10\x04\x01"
ASK_CAUSE = b"\x10\x04\x02"
ASK_ERROR = b"\x10\x04\x03"
ASK_PAPER = b"\x10\x04\x04"
ASK_IN_TURN = b"\x1dr\x01"
"""Answered only when everything sent before it has been worked off: the proof of a print."""
CLEAR_BUFFERS = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
"""DLE DC4 8: a slip that was given up does not come out later."""


AUTOMATIC_STATUS = b"\x1da\x0e"
"""GS a: from now on four bytes whenever online, error or paper change, and four at once. ESC @ ends it."""


def is_status(byte: int) -> bool:
    """Whether a byte can be an answer to DLE EOT: bits 1 and 4 set, bits 0 and 7 clear."""
    return byte & 0b1001_0011 == 0b0001_0010


def is_turn_answer(byte: int) -> bool:
    """Whether a byte can be an answer to GS r 1: bits 4 and 7 clear, so no byte is both."""
    return byte & 0b1001_0000 == 0


def paper_of_turn_answer(byte: int) -> Paper:
    """The paper sensors as GS r 1 tells them."""
    if byte & 0b1100:
        return "out"
    return "near_end" if byte & 0b0011 else "ok"


def begins_automatic(byte: int) -> bool:
    """Whether a byte is the first of four of automatic status: bit 4 set, bits 0, 1 and 7 clear."""
    return byte & 0b1001_0011 == 0b0001_0000


def health_of_automatic(four: bytes) -> Health:
    """What four bytes of automatic status (ASB) say."""
    first, errors, paper, _ = four
    cover: Cover = "open" if first & 0x20 else "closed"
    left: Paper = "out" if paper & 0x0C else "near_end" if paper & 0x03 else "ok"
    fault: Fault = ""
    if errors & 0x08:
        fault = "cutter"
    elif errors & 0x20:
        fault = "unrecoverable"
    elif errors & 0x40:
        fault = "overheated"
    elif first & 0x08 and cover != "open" and left != "out":
        fault = "offline"
    return Health(reachable=True, paper=left, cover=cover, fault=fault)


@dataclass(frozen=True, slots=True)
class Sorted:
    """What came over the line, sorted: answers to DLE EOT, answers to GS r, whole automatic statuses."""

    statuses: bytes = b""
    turns: bytes = b""
    automatic: tuple[bytes, ...] = ()
    rest: bytes = b""
    """The beginning of an automatic status that is not whole yet."""


def sort(rest: bytes, arrived: bytes, automatic: bool) -> Sorted:
    """`rest` is the last call's; `automatic` whether automatic status is on (else nothing begins with it)."""
    statuses, turns, whole = bytearray(), bytearray(), []
    four = bytearray(rest)
    for byte in arrived:
        if is_status(byte):
            statuses.append(byte)
        elif automatic and begins_automatic(byte):
            four = bytearray([byte])
        elif is_turn_answer(byte) and four:
            four.append(byte)
            if len(four) == 4:
                whole.append(bytes(four))
                four = bytearray()
        elif is_turn_answer(byte):
            turns.append(byte)
    return Sorted(bytes(statuses), bytes(turns), tuple(whole), bytes(four))


@dataclass(frozen=True, slots=True)
class Answers:
    """Valid answers to DLE EOT 1 to 4; None where the printer said nothing valid."""

    online: int | None = None
    cause: int | None = None
    error: int | None = None
    paper: int | None = None


def health_of(answers: Answers) -> Health:
    """What the answers prove; everything else is unknown."""
    if answers == Answers():
        return Health(reachable=True, fault="no_answer")
    return Health(
        reachable=True, paper=_paper(answers), cover=_cover(answers), fault=_fault(answers), detail=""
    )


def one_way() -> Health:
    """A line on which a printer cannot answer: reachable, and nothing known."""
    return Health(reachable=True)


def with_detail(health: Health, detail: str) -> Health:
    """The same health with words for the log and the devices page, on one line."""
    return replace(health, detail=" ".join(detail.split())[:200])


def _paper(answers: Answers) -> Paper:
    if answers.cause is not None and answers.cause & 0x20:
        return "out"
    if answers.paper is None:
        return "unknown"
    if answers.paper & 0x60:
        return "out"
    return "near_end" if answers.paper & 0x0C else "ok"


def _cover(answers: Answers) -> Cover:
    if answers.cause is None:
        return "unknown"
    return "open" if answers.cause & 0x04 else "closed"


def _fault(answers: Answers) -> Fault:
    error = answers.error or 0
    if error & 0x08:
        return "cutter"
    if error & 0x20:
        return "unrecoverable"
    if error & 0x40:
        return "overheated"
    if (
        answers.online is not None
        and answers.online & 0x08
        and _cover(answers) != "open"
        and _paper(answers) != "out"
    ):
        return "offline"
    return ""
