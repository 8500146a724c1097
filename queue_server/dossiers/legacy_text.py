"""PURE: Vietnamese typed with the fonts of before Unicode: TCVN3 (ABC, .VnTime) and VNI, recognised and read.

Both show Vietnamese by fonts that draw Latin letters otherwise, so a file holds `M· hå s¬` or `Maõ hoà sô`
for "Mã hồ sơ", as single bytes or saved as Unicode. Which of the two it is shows in the words of a register.
"""

import re
from collections.abc import Callable, Mapping

from queue_server.dossiers.statuses import fold

Convert = Callable[[str], str]

_TCVN3_LETTERS = (
    "ĂÂÊÔƠƯĐăâêôơưđ",  # A1 to AE
    "àảãáạ.ằẳẵắ",  # B5 to BE
    "ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ",  # C6 to FE
)
_TCVN3_STARTS = (0xA1, 0xB5, 0xC6)
TCVN3: Mapping[int, str] = {
    start + place: letter
    for start, letters in zip(_TCVN3_STARTS, _TCVN3_LETTERS, strict=True)
    for place, letter in enumerate(letters)
    if letter != "."
}
"""Code of a byte → letter. Fonts of capitals (.VnTimeH) have the same codes: those come out small."""

_TONES = "øùûõï"
"""VNI writes a tone behind its letter: grave, acute, hook, tilde, dot."""
_VNI_PAIRS: Mapping[str, Mapping[str, str]] = {
    "a": {**dict(zip(_TONES, "àáảãạ", strict=True)), **dict(zip("âàáåãä", "âầấẩẫậ", strict=True)),
          **dict(zip("êèéúüë", "ăằắẳẵặ", strict=True))},
    "e": {**dict(zip(_TONES, "èéẻẽẹ", strict=True)), **dict(zip("âàáåãä", "êềếểễệ", strict=True))},
    "o": {**dict(zip(_TONES, "òóỏõọ", strict=True)), **dict(zip("âàáåãä", "ôồốổỗộ", strict=True))},
    "u": dict(zip(_TONES, "ùúủũụ", strict=True)),
    "y": dict(zip(_TONES[:4], "ỳýỷỹ", strict=True)),
    "ô": dict(zip(_TONES, "ờớởỡợ", strict=True)),
    "ö": dict(zip(_TONES, "ừứửữự", strict=True)),
}  # fmt: skip
_VNI_SINGLE = dict(zip("ìíæóòôöîñ", "ìíỉĩịơưỵđ", strict=True))
VNI: Mapping[str, str] = {
    **{base + mark: letter for base, marks in _VNI_PAIRS.items() for mark, letter in marks.items()},
    **_VNI_SINGLE,
}
"""Small letters of VNI, one or two characters → the letter."""
_VNI = re.compile("|".join(sorted(VNI, key=len, reverse=True)), re.IGNORECASE)
_UNICODE = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0-\u01b0\u0300-\u0323\u1ea0-\u1ef9]"
)
"""Letters that only Unicode Vietnamese has: such a text is what it says."""
_SAID = (
    "ma ho so ten thu tuc ngay nhan hen tra ket qua co quan giai quyet dia chi dien thoai chu linh vuc trang"
    " thai ghi tiep don vi xu ly nguyen tran pham thi van dang ky cap giay xac xa phuong khai sinh"
)
_WORDS = frozenset(_SAID.split())


def tcvn3(text: str) -> str:
    """A text of TCVN3 in Unicode; one that is Unicode already stays."""
    return text if _UNICODE.search(text) else text.translate(TCVN3)


def vni(text: str) -> str:
    """The same of VNI."""
    return text if _UNICODE.search(text) else _VNI.sub(_letter, text)


def recognise(sample: str) -> Convert | None:
    """How to read a text of which this is the beginning (undecodable bytes as Latin-1); None: as it is."""
    known = _known(sample)
    best, convert = max(((_known(c(sample)), c) for c in (tcvn3, vni)), key=lambda one: one[0])
    return convert if best >= 5 and best > known * 1.3 + 3 else None


def _known(text: str) -> int:
    """How many words of registers are in it."""
    return sum(word in _WORDS for word in fold(text[:20_000]).split())


def _letter(found: re.Match[str]) -> str:
    letter = VNI[found[0].lower()]
    return letter.upper() if found[0][0].isupper() else letter
