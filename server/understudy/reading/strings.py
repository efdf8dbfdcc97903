"""Which lines of code begin inside a string, where blanks at the margin are part of the program."""

from __future__ import annotations

import re
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

_FORMATTED = re.compile(r"[fFtT]")
_MARK = re.compile(r"#|\"\"\"|'''|\"|'")
_REST = {
    '"""': re.compile(r"[^\"\\]*+(?:(?:\\.|\"(?!\"\"))[^\"\\]*+)*+\"\"\"", re.DOTALL),
    "'''": re.compile(r"[^'\\]*+(?:(?:\\.|'(?!''))[^'\\]*+)*+'''", re.DOTALL),
    '"': re.compile(r"[^\"\\\n]*+(?:\\.[^\"\\\n]*+)*+\"", re.DOTALL),
    "'": re.compile(r"[^'\\\n]*+(?:\\.[^'\\\n]*+)*+'", re.DOTALL),
}
"""What follows the mark that opens a string of Python, up to the end of it."""


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
    text = "\n".join(lines)
    inside: set[int] = set()
    at = line = counted = 0
    while mark := _MARK.search(text, at):
        if mark[0] == "#":
            at = text.find("\n", mark.end())
            if at < 0:
                break
            continue
        rest = _REST[mark[0]].match(text, mark.end())
        if rest is None or _is_torn(text, mark.start(), rest.end()):
            return None
        at = rest.end()
        if more := text.count("\n", mark.start(), at):
            line += text.count("\n", counted, mark.start())
            inside.update(range(line + 1, line + more + 1))
            line, counted = line + more, at
    return frozenset(inside)


def _is_torn(text: str, start: int, stop: int) -> bool:
    """Whether an f-string of several lines seems to end inside of braces.

    Then what ends there may be a string in them, with the same quotes (PEP 701).
    """
    if not _FORMATTED.search(text, max(start - 2, 0), start) or "\n" not in text[start:stop]:
        return False
    return text.count("{", start, stop) != text.count("}", start, stop)


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
