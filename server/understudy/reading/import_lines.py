"""Imports that a block has above its code: which lines they are, and what each of them gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.indentation import indent_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONGEST = 400
_MOST = 100
"""No import goes on for more lines."""
_PYTHON = r"import[ \t]+[\w.]|from[ \t]+[\w.]+[ \t]+import\b"
_SCRIPT = r"import\b(?![ \t]*[(.=:])|(?:const|let|var)[ \t]+[\w{}, \t:$]+=[ \t]*require\("
_C = r"#[ \t]*(?:include|import)\b"
_DOTTED = r"import[ \t]+[\w.]"
_PATTERNS = {
    "c": _C,
    "cpp": _C,
    "csharp": r"(?:global[ \t]+)?using[ \t]+(?:static[ \t]+)?(?:\w+[ \t]*=[ \t]*)?[\w.]+;",
    "cuda-cpp": _C,
    "dart": r"import[ \t]+['\"]",
    "go": r"import\b",
    "java": _DOTTED,
    "javascript": _SCRIPT,
    "javascriptreact": _SCRIPT,
    "kotlin": _DOTTED,
    "lua": r"local[ \t]+\w+[ \t]*=[ \t]*require\b",
    "objective-c": _C,
    "objective-cpp": _C,
    "php": r"use[ \t]+(?:function[ \t]+|const[ \t]+)?[\w\\]+",
    "python": _PYTHON,
    "ruby": r"require(?:_relative)?[ \t]+['\"]",
    "rust": r"(?:pub(?:\([^)]{0,40}\))?[ \t]+)?use[ \t]+[\w:{]|extern[ \t]+crate\b",
    "scala": _DOTTED,
    "swift": _DOTTED,
    "typescript": _SCRIPT,
    "typescriptreact": _SCRIPT,
}
_IMPORTS = {language: re.compile(pattern) for language, pattern in _PATTERNS.items()}
_HEADER = re.compile(r"package[ \t]+[\w.]+;?$|<\?php$|namespace[ \t]+[\w.\\]+;$")
"""What stands above the imports of a file, once."""
_FROM = re.compile(r"from[ \t]+(?P<module>[\w.]+)[ \t]+import\b(?P<names>.*)", re.DOTALL)
_SCRIPT_FROM = re.compile(
    r"import[ \t]+(?P<type>type[ \t]+)?(?:(?P<default>[\w$]+)[ \t]*,?)?\s*"
    r"(?:\{(?P<names>[^{}]*)\}|(?P<all>\*[ \t]*as[ \t]+[\w$]+))?\s*from\s*['\"](?P<module>[^'\"]+)['\"]"
)
_SPEC = re.compile(r"(?:[\w.]+[ \t]+)?\"[^\"]+\"")
_USED = re.compile(r"use\s+(?P<path>[^;{}]*?)(?:\{(?P<names>[^{}]*)\}\s*)?;", re.DOTALL)


class Import(NamedTuple):
    """An import and what it gives.

    Attributes:
        lines: where it stands.
        module: what it imports from, where it names the things one by one; else empty.
        items: the things, each as it can be written on its own.
    """

    lines: range
    module: str
    items: tuple[str, ...]


def is_import(line: str, language: str) -> bool:
    """Whether a line begins an import."""
    pattern = _IMPORTS.get(language)
    return pattern is not None and pattern.match(line[:_LONGEST].strip()) is not None


def is_header(line: str) -> bool:
    """Whether a line names the package of a file, or opens its code."""
    return _HEADER.match(line[:_LONGEST].strip()) is not None


def leading(lines: Sequence[str], language: str) -> tuple[list[Import], int]:
    """The imports that lines begin with, and the line behind them that is not blank."""
    found: list[Import] = []
    at = 0
    while at < len(lines):
        if not lines[at].strip() or is_header(lines[at]):
            at += 1
        elif is_import(lines[at], language):
            found.append(_import(lines, at, language))
            at = found[-1].lines.stop
        else:
            break
    return found, at


def imports_of(lines: Sequence[str], stop: int, language: str) -> Iterator[Import]:
    """The imports at the margin, in front of a line."""
    at = 0
    while at < stop:
        if not indent_of(lines[at]) and is_import(lines[at], language):
            one = _import(lines, at, language)
            yield one
            at = one.lines.stop
        else:
            at += 1


def _import(lines: Sequence[str], at: int, language: str) -> Import:
    stop = _stop(lines, at)
    text = "\n".join(lines[at:stop]).strip()
    if any(len(line) > _LONGEST for line in lines[at:stop]):
        return Import(range(at, stop), "", (text,))
    return Import(range(at, stop), *_given(text, language))


def _stop(lines: Sequence[str], at: int) -> int:
    depth = 0
    for number in range(at, min(at + _MOST, len(lines))):
        depth += sum(map(lines[number].count, "({")) - sum(map(lines[number].count, ")}"))
        if depth <= 0 and not lines[number].rstrip().endswith("\\"):
            return number + 1
    return at + 1


def _given(text: str, language: str) -> tuple[str, tuple[str, ...]]:
    """What an import gives: the module, and the names that it takes from there."""
    if language == "go":
        return "", tuple(_SPEC.findall(text.removeprefix("import")))
    bare = " ".join(text.split())
    if language == "rust" and (used := _USED.match(bare)):
        path = "".join(used["path"].split())
        names = _names(used["names"]) if used["names"] is not None else ("",)
        return "", tuple(f"use {path}{name};" for name in names)
    return _named(text, language) or ("", (bare.replace("'", '"').rstrip(";"),))


def _named(text: str, language: str) -> tuple[str, tuple[str, ...]] | None:
    """The same for an import of Python or JavaScript that names what it takes."""
    if language == "python" and (found := _FROM.match(text)):
        bare = re.sub(r"#[^\n]*|[()\\]", " ", found["names"])
        return f"from {found['module']} import", _names(bare)
    # Runs of blanks would make the pattern slow.
    if found := _SCRIPT_FROM.match(" ".join(text.split())):
        kind = "import type" if found["type"] else "import"
        default = (found["default"],) if found["default"] else ()
        others = (found["all"],) if found["all"] else _names(found["names"] or "")
        if not default and not found["all"]:
            return f"{kind} {found['module']}", others
        return "", tuple(f"{kind} {one} {found['module']}" for one in (*default, *others))
    return None


def _names(text: str) -> tuple[str, ...]:
    return tuple(" ".join(name.split()) for name in text.split(",") if name.strip())
