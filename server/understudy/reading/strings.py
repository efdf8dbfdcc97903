"""Which lines of code begin inside a string, where blanks at the margin are part of the program."""

from __future__ import annotations

import io
import re
import tokenize
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEREDOC = re.compile(r"<<[-~]?\\?['\"]?[A-Za-z_]")
_HEREDOC_LANGUAGES = frozenset(
    {"shellscript", "ruby", "perl", "php", "terraform", "dockerfile", "elixir"}
)
_RAW_OPENING = re.compile(r"\bR\"[^\s()\\]{0,16}\(|\br#*\"|@\"|\$@?\"\"|\[=*\[|%[qQwW]?[({\[|<]")
_RAW_LANGUAGES = frozenset(
    {"cpp", "c", "cuda-cpp", "rust", "csharp", "fsharp", "lua", "ruby", "swift"}
)
_NO_STRINGS = frozenset(
    {"markdown", "plaintext", "restructuredtext", "latex", "yaml", "pug", "haml"}
)
"""Here blanks at the margin mean something everywhere."""
_DELIMITERS = ('"""', "'''", "`")
_ESCAPED = re.compile(r"\\.|'\"'")

_FSTRING = (getattr(tokenize, "FSTRING_START", -1), getattr(tokenize, "FSTRING_END", -1))
_TSTRING = (getattr(tokenize, "TSTRING_START", -1), getattr(tokenize, "TSTRING_END", -1))
_STARTS = frozenset({_FSTRING[0], _TSTRING[0]}) - {-1}
_ENDS = frozenset({_FSTRING[1], _TSTRING[1]}) - {-1}


def inside_strings(lines: Sequence[str], language: str) -> frozenset[int] | None:
    """The numbers of the lines that begin inside a string; None when that is not certain.

    Args:
        lines: of one piece of code, without their ends.
        language: an LSP language id.
    """
    if language in _NO_STRINGS:
        return None
    if language == "python":
        return _in_python(lines)
    return frozenset() if not any(_may_open(line, language) for line in lines) else None


def _in_python(lines: Sequence[str]) -> frozenset[int] | None:
    if not any('"""' in line or "'''" in line or line.endswith("\\") for line in lines):
        return frozenset()
    inside: set[int] = set()
    opened: list[int] = []
    source = io.StringIO("\n".join(lines) + "\n", newline="\n")
    try:
        for token in tokenize.generate_tokens(source.readline):
            if token.type in _STARTS:
                opened.append(token.start[0])
            elif token.type in _ENDS and opened:
                inside.update(range(opened.pop(), token.end[0]))
            elif token.type == tokenize.STRING:
                inside.update(range(token.start[0], token.end[0]))
            elif token.type == tokenize.ERRORTOKEN and token.string.strip():
                return None
    except (tokenize.TokenError, SyntaxError, ValueError):
        return None
    return frozenset(inside)


def _may_open(line: str, language: str) -> bool:
    """Whether a string that goes on in the next line may begin here, or one may end."""
    bare = _ESCAPED.sub("", line)
    if any(bare.count(delimiter) % 2 for delimiter in _DELIMITERS):
        return True
    if bare.replace('"""', "").count('"') % 2:
        return True
    if language in _HEREDOC_LANGUAGES and _HEREDOC.search(line):
        return True
    return (
        language in _RAW_LANGUAGES and _RAW_OPENING.search(line) is not None and _open_ended(line)
    )


def _open_ended(line: str) -> bool:
    """Whether a raw string seems not to end in its own line."""
    return line.count('"') < 2 and ("]]" not in line or '"' in line)
