"""PURE: which line of a TOML text a key stands on; tomllib keeps no lines, so the text is scanned here."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from queue_server.office_file.problems import KeyPath

_BLANK = " \t\r\n"
_ENDS_SCALAR = ",]}#\n"


def lines_of(text: str) -> dict[KeyPath, int]:
    """Key path → line (from 1) of every table, key and array element of a text that tomllib accepts.

    A text that is no TOML gives the places found before the scanner lost its way.
    """
    scanner = _Scanner(text)
    with suppress(IndexError):
        scanner.document()
    return scanner.lines


def line_of(lines: Mapping[KeyPath, int], path: KeyPath) -> int:
    """The line of `path`, or of the nearest thing around it; 1 when nothing of it is in the file."""
    for length in range(len(path), 0, -1):
        found = lines.get(path[:length])
        if found is not None:
            return found
    return 1


@dataclass
class _Scanner:
    text: str
    at: int = 0
    line: int = 1
    table: KeyPath = ()
    counts: dict[KeyPath, int] = field(default_factory=dict)
    """How many elements every array of tables has so far."""
    lines: dict[KeyPath, int] = field(default_factory=dict)

    def document(self) -> None:
        while True:
            self.skip()
            if self.at >= len(self.text):
                return
            if self.text.startswith("[", self.at):
                self.header()
            else:
                self.pair(self.table)

    def header(self) -> None:
        """`[a.b]` or `[[a.b]]`: where the pairs that follow belong."""
        brackets = 2 if self.text.startswith("[[", self.at) else 1
        line = self.line
        self.step(brackets)
        keys = self.keys("]")
        self.step(brackets)
        path: KeyPath = ()
        for place, key in enumerate(keys):
            path = (*path, key)
            if brackets == 2 and place == len(keys) - 1:
                self.lines.setdefault(path, line)
                self.counts[path] = self.counts.get(path, 0) + 1
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
            self.lines.setdefault(path, line)
        self.table = path

    def pair(self, within: KeyPath) -> None:
        line = self.line
        keys = self.keys("=")
        self.step(1)
        path = within
        for key in keys:
            path = (*path, key)
            self.lines.setdefault(path, line)
        self.value(path)

    def keys(self, end: str) -> list[str]:
        """The parts of a dotted key up to `end`, which is not taken."""
        keys: list[str] = []
        while True:
            self.skip()
            char = self.text[self.at]
            if char == end:
                return keys
            if char == ".":
                self.step(1)
            elif char in "\"'":
                keys.append(self.string())
            else:
                start = self.at
                while self.text[self.at] not in f"{_BLANK}.={end}":
                    self.step(1)
                keys.append(self.text[start : self.at])

    def value(self, path: KeyPath) -> None:
        self.skip()
        char = self.text[self.at]
        if char in "\"'":
            self.string()
        elif char == "[":
            self.array(path)
        elif char == "{":
            self.inline_table(path)
        else:
            while self.at < len(self.text) and self.text[self.at] not in _ENDS_SCALAR:
                self.step(1)

    def array(self, path: KeyPath) -> None:
        self.step(1)
        place = 0
        while True:
            self.skip()
            char = self.text[self.at]
            if char == "]":
                self.step(1)
                return
            if char == ",":
                self.step(1)
                continue
            self.lines[(*path, place)] = self.line
            self.value((*path, place))
            place += 1

    def inline_table(self, path: KeyPath) -> None:
        self.step(1)
        while True:
            self.skip()
            char = self.text[self.at]
            if char == "}":
                self.step(1)
                return
            if char == ",":
                self.step(1)
                continue
            self.pair(path)

    def string(self) -> str:
        """Past a string of any of the four kinds; its text (escapes left as written)."""
        quote = self.text[self.at]
        fence = quote * 3 if self.text.startswith(quote * 3, self.at) else quote
        self.step(len(fence))
        start = self.at
        while not self.text.startswith(fence, self.at):
            self.step(2 if quote == '"' and self.text[self.at] == "\\" else 1)
        if len(fence) == 3:
            while self.text.startswith(quote, self.at + 3):
                self.step(1)
        end = self.at
        self.step(len(fence))
        return self.text[start:end]

    def skip(self) -> None:
        """Past blanks, new lines and comments."""
        while self.at < len(self.text):
            char = self.text[self.at]
            if char == "#":
                while self.at < len(self.text) and self.text[self.at] != "\n":
                    self.step(1)
            elif char in _BLANK:
                self.step(1)
            else:
                return

    def step(self, count: int) -> None:
        for _ in range(count):
            if self.text[self.at] == "\n":
                self.line += 1
            self.at += 1
