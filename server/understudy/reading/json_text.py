"""JSON as models write it: a reader that forgives much, records all of it, and completes nothing.

It reads comments, commas at the end or missing between lines, single quotes, keys without quotes,
Python's literals, line breaks and quotes inside of strings, and paths with plain backslashes. A
text that ends inside of a value is cut off, and that is all it is. Each character is looked at a
bounded number of times.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from understudy.reading.json_strings import (
    CLOSING,
    ENDS_IN_ARRAY,
    ENDS_IN_OBJECT,
    ENDS_KEY,
    JsonCursor,
)

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_DEPTH = 64

_BARE = re.compile(r"[^\s,:\[\]{}\"'`]{1,400}")
_NUMBER = re.compile(r"-?\d{1,300}(?:\.\d{1,300})?(?:[eE][+-]?\d{1,4})?")
_KEY = re.compile(r"[A-Za-z_$][\w$-]{0,100}(?=\s*:)")
_LAST_WORD = re.compile(r"[A-Za-z_$][\w$-]{0,100}\s*\Z")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None}
_PYTHON: dict[str, Any] = {"True": True, "False": False, "None": None}
_NO_NUMBERS = frozenset({"NaN", "Infinity", "-Infinity", "nan", "inf", "-inf"})


class JsonReader(JsonCursor):
    """Reads one value of a text.

    Attributes:
        root: the value; the outer part of it when reading stopped.
        opened: the objects and arrays that are not closed yet, the outermost first.
    """

    def __init__(self, text: str, start: int, *, plain_paths: bool = True) -> None:
        super().__init__(text, start, plain_paths=plain_paths)
        self.root: Any = None
        self.opened: list[Any] = []

    def read(self) -> Any:
        """The value.

        Raises:
            JsonError: there is none.
        """
        self._value(self._keep_root, "")
        return self.root

    def _keep_root(self, value: Any) -> None:
        self.root = value

    def _value(self, put: Callable[[Any], None], key: str) -> None:
        self._skip_blanks()
        mark = self._peek()
        if mark == "{":
            value: dict[str, Any] = {}
            put(value)
            self._inside(value, self._object)
        elif mark == "[":
            items: list[Any] = []
            put(items)
            self._inside(items, self._array)
        elif mark in CLOSING:
            put(self._string(ENDS_IN_ARRAY if key == "[]" else ENDS_IN_OBJECT, key))
        else:
            put(self._bare())

    def _inside(self, value: Any, read: Callable[[Any], None]) -> None:
        if len(self.opened) >= MAX_DEPTH:
            error = self._error(f"The JSON is nested more than {MAX_DEPTH} times.")
            error.is_too_deep = True
            raise error
        self.opened.append(value)
        self.at += 1
        read(value)
        self.at += 1
        self.opened.pop()

    def _object(self, value: dict[str, Any]) -> None:
        while not self._is_over("}"):
            # A quoted key shows that this is meant as JSON; a word before a colon may be prose.
            is_quoted = self._peek() in CLOSING
            key = self._key()
            self._skip_blanks()
            if self._peek() != ":":
                raise self._error(f"A colon is missing behind `{key[:40]}`.")
            self.at += 1
            self._members += is_quoted
            if key in value:
                self._repair(f"key `{key[:40]}` twice", "high")
            self._value(partial(value.__setitem__, key), key)
            self._members += not is_quoted
            self._comma("}")

    def _array(self, items: list[Any]) -> None:
        while not self._is_over("]"):
            self._value(items.append, "[]")
            self._members += 1
            self._comma("]")

    def _is_over(self, closing: str) -> bool:
        self._skip_blanks()
        return self._peek() == closing

    def _comma(self, closing: str) -> None:
        before = self.at
        self._skip_blanks()
        mark = self._peek()
        if mark == ",":
            self.at += 1
            if self._is_over(closing):
                self._repair("comma at the end")
        elif mark != closing:
            if "\n" not in self.text[before : self.at]:
                raise self._error(f"A comma or `{closing}` is missing.")
            self._repair("missing comma")

    def _key(self) -> str:
        mark = self._peek()
        if mark in CLOSING and mark != "`":
            return self._string(ENDS_KEY, "")
        found = _KEY.match(self.text, self.at)
        if found is None:
            is_last = _LAST_WORD.match(self.text, self.at)
            raise self._cut_off() if is_last else self._error("A key is missing.")
        self.at = found.end()
        self._repair("key without quotes")
        return found.group()

    def _bare(self) -> Any:
        found = _BARE.match(self.text, self.at)
        word = found.group() if found else ""
        if self.at + len(word) == len(self.text):
            raise self._cut_off()
        if word in _WORDS or _NUMBER.fullmatch(word):
            self.at += len(word)
            return _WORDS[word] if word in _WORDS else _number(word)
        if word in _PYTHON:
            self._repair(f"`{word}` for a literal")
            self.at += len(word)
            return _PYTHON[word]
        if word in _NO_NUMBERS:
            # Where a number is needed, null is none either: what the value is for decides.
            self._repair(f"`{word}` for a number")
            self.at += len(word)
            return None
        raise self._error(f"`{word[:40]}` is no JSON value." if word else "A value is missing.")


def _number(word: str) -> int | float:
    return int(word) if word.lstrip("-").isdigit() else float(word)
