"""The small parts of JSON as models write it: blanks, comments, and strings with slips in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.reading import Repair

if TYPE_CHECKING:
    from understudy.reading import Risk

PATH_REPAIR = "backslashes in a path"
_SHOWN = 40

_BLANKS = re.compile(r"[\s\ufeff\u200b]+")

CLOSING = {'"': '"', "'": "'", "\u201c": "\u201d", "`": "`"}
_PLAIN = {mark: re.compile(rf"[^{mark}\\\r\n]+") for mark in CLOSING.values()}
_ESCAPES = {
    '"': '"',
    "\\": "\\",
    "/": "/",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
}
_UNICODE = re.compile(r"u([0-9A-Fa-f]{4})(?:\\u(d[c-fC-F][0-9A-Fa-f]{2}|D[c-fC-F][0-9A-Fa-f]{2}))?")

_NEXT_KEY = (
    r"(?:\"(?:[^\"\\\n]|\\.){0,100}\"|'[^'\n]{0,100}'|\u201c[^\u201d\n]{0,100}\u201d"
    r"|[A-Za-z_$][\w$-]{0,100})\s*:"
)
ENDS_KEY = re.compile(r"\s*:")
ENDS_IN_OBJECT = re.compile(
    rf"\s*(?:\Z|,\s*(?:{_NEXT_KEY}|\}}|//|/\*|#|\Z)|\}}\s*(?:[,\]}}<`]|\Z|\n|[A-Za-z])|//|/\*|\n\s*{_NEXT_KEY})"
)
ENDS_IN_ARRAY = re.compile(
    r"\s*(?:\Z|,\s*(?:[\"'\u201c{\[\]\d-]|true|false|null|True|False|None|//|/\*|#|\Z)|\]|//|/\*)"
)
_PATH_KEYS = frozenset(
    {"path", "file", "filename", "file_name", "filepath", "file_path", "filePath", "fileName"}
)
_DRIVE = re.compile(r"[A-Za-z]:\\[^\r\n]*")


class JsonError(Exception):
    """A text that is no JSON from some place on.

    Attributes:
        at: the offset where reading stopped.
        is_cut_off: whether the text ended too early.
        is_too_deep: whether it is nested deeper than anything that was asked for.
        members: how many members and elements had been read.
    """

    def __init__(self, message: str, at: int, members: int) -> None:
        super().__init__(message)
        self.at = at
        self.members = members
        self.is_cut_off = False
        self.is_too_deep = False


class JsonCursor:
    """A place in a text, and what had to be put right on the way there.

    Attributes:
        at: where reading goes on.
        repairs: of each kind the first.
    """

    def __init__(self, text: str, start: int, *, plain_paths: bool = True) -> None:
        self.text = text
        self.at = start
        self.repairs: list[Repair] = []
        self._members = 0
        self._known: set[str] = set()
        self._plain_paths = plain_paths

    def _string(self, ends: re.Pattern[str], key: str) -> str:
        mark = self._peek()
        if self.text.startswith('"""', self.at) and not ends.match(self.text, self.at + 2):
            return self._in_triple_quotes()
        closing = CLOSING[mark]
        if mark != '"':
            self._repair(f"strings in `{mark}`", "high" if mark == "`" else "low")
        start = self.at = self.at + 1
        parts: list[str] = []
        is_odd = False
        while True:
            plain = _PLAIN[closing].match(self.text, self.at)
            if plain:
                parts.append(plain.group())
                self.at = plain.end()
            char = self._peek()
            if char == closing and (closing == "`" or ends.match(self.text, self.at + 1)):
                break
            if char == "\\":
                part, odd = self._escape()
                is_odd |= odd
                parts.append(part)
                continue
            if char in "\r\n":
                self._repair("line break inside a string")
            else:
                self._repair("quote inside a string", "high")
            parts.append(char)
            self.at += 1
        raw = self.text[start : self.at]
        self.at += 1
        return self._path(raw, "".join(parts), key, is_odd=is_odd)

    def _path(self, raw: str, value: str, key: str, *, is_odd: bool) -> str:
        """The string, or what it says with plain backslashes where it is a path of Windows."""
        is_path = key in _PATH_KEYS or _DRIVE.fullmatch(raw) is not None
        strange = is_odd or any(char < " " for char in value)
        if not is_path or not strange or not self._plain_paths or "\n" in raw:
            return value
        self._repair(PATH_REPAIR)
        return raw.replace("\\\\", "\\")

    def _escape(self) -> tuple[str, bool]:
        """The characters that an escape stands for, and whether JSON does not know it."""
        self.at += 1
        char = self._peek()
        if char in _ESCAPES:
            self.at += 1
            return _ESCAPES[char], False
        if found := _UNICODE.match(self.text, self.at):
            return self._unicode(found), False
        self.at += 1
        if char == "'":
            return char, False
        self._repair("backslash kept" if char not in "\r\n" else "line break behind a backslash")
        return "\\" + char, True

    def _unicode(self, found: re.Match[str]) -> str:
        high = int(found[1], 16)
        if found[2] and 0xD800 <= high < 0xDC00:
            self.at = found.end()
            return chr(0x10000 + ((high - 0xD800) << 10) + int(found[2], 16) - 0xDC00)
        self.at += 5
        return chr(high)

    def _in_triple_quotes(self) -> str:
        end = self.text.find('"""', self.at + 3)
        if end < 0:
            raise self._cut_off()
        self._repair("strings in three quotes", "high")
        found = self.text[self.at + 3 : end]
        self.at = end + 3
        return found.removeprefix("\n")

    def _skip_blanks(self) -> None:
        while True:
            found = _BLANKS.match(self.text, self.at)
            if found:
                self.at = found.end()
            end = self._comment_end()
            if end < 0:
                return
            self._repair("comments")
            self.at = end

    def _comment_end(self) -> int:
        """Where the comment at this place ends; -1 where there is none."""
        if self.text.startswith("/*", self.at):
            end = self.text.find("*/", self.at + 2)
            if end < 0:
                raise self._cut_off()
            return end + 2
        if self.text.startswith("//", self.at) or self.text.startswith("#", self.at):
            end = self.text.find("\n", self.at)
            return len(self.text) if end < 0 else end
        return -1

    def _peek(self) -> str:
        if self.at >= len(self.text):
            raise self._cut_off()
        return self.text[self.at]

    def _repair(self, what: str, risk: Risk = "low") -> None:
        """Record a repair; of each kind only the first, with what stands there."""
        if what not in self._known:
            self._known.add(what)
            spot = self.text[self.at : self.at + _SHOWN].partition("\n")[0]
            self.repairs.append(Repair(what, spot, risk))

    def _error(self, message: str) -> JsonError:
        return JsonError(message, self.at, self._members)

    def _cut_off(self) -> JsonError:
        message = "The JSON is not closed, so the reply was cut off."
        error = JsonError(message, len(self.text), self._members)
        error.is_cut_off = True
        return error
