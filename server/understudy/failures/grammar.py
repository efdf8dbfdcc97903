"""Whether a text parses, and whether it stops parsing only because it ends, by real parsers."""

from __future__ import annotations

import ast
import json
import re
import warnings
from dataclasses import dataclass

_AT_END = re.compile(
    r"was never closed|unexpected EOF|unterminated triple-quoted|EOF while scanning"
    r"|expected an indented block|expected 'except' or 'finally'"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text does not parse.

    Attributes:
        line: counted from 0.
        at_end: whether the parser still waited for something when the text was over.
    """

    message: str
    line: int
    at_end: bool


def has_parser(language: str) -> bool:
    """Whether texts of a language can be parsed here."""
    return language in ("python", "json", "toml")


def fault(text: str, language: str) -> Fault | None:
    """The first syntax error; None when the text parses, or when there is no parser for it."""
    if language == "python":
        return _python(text)
    if language == "json":
        return _json(text)
    return _toml(text) if language == "toml" else None


def _python(text: str) -> Fault | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError as error:
        line = (error.lineno or 1) - 1
        rest = text.split("\n")[line + 1 :]
        waits = _AT_END.search(error.msg) is not None
        # A missing block or clause is one at the end only where nothing follows.
        ends = (
            "closed" in error.msg
            or "EOF" in error.msg
            or "triple" in error.msg
            or not any(map(str.strip, rest))
        )
        return Fault(error.msg, max(line, 0), waits and ends)
    except (ValueError, RecursionError, MemoryError, OverflowError):
        return Fault("it can't be parsed", 0, at_end=False)
    return None


def _json(text: str) -> Fault | None:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        at_end = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
        return Fault(error.msg, error.lineno - 1, at_end)
    except (ValueError, RecursionError):
        return Fault("it can't be parsed", 0, at_end=False)
    return None


def _toml(text: str) -> Fault | None:
    import tomllib

    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Fault(str(error), 0, "end of document" in str(error))
    except (ValueError, RecursionError):
        return Fault("it can't be parsed", 0, at_end=False)
    return None
