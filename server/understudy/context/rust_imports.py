"""What Rust's `use`, `mod` and `extern crate` bring, read from their text.

The names of one `use` are a tree of any depth, which no pattern can spell out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.outline import Unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_COMMENT = re.compile(r"//[^\n]*|/\*(?s:.*?)(?:\*/|\Z)")
_STATEMENT = re.compile(
    r"(?:#\s*!?\[[^\]]*\]\s*)*(?P<public>pub\b(?:\s*\([^)]*\))?)?\s*(?:unsafe\s+)?"
    r"(?P<word>use|mod|extern\s+crate)\b(?P<rest>[^;]*)"
)
_PIECE = re.compile(r"[{},]|[^{},\s][^{},]*")
_AS = re.compile(r"\s+as\s+")
_MOST_NAMES = 2_000


def unpack(text: str) -> Iterable[Unpacked]:
    """The imports of one statement. A module of another file, `mod a;`, is imported as `self::a`."""
    found = _STATEMENT.match(_COMMENT.sub(" ", text).strip())
    if found is None:
        return ()
    passed_on, rest = bool(found["public"]), found["rest"].strip()
    if found["word"] == "mod":
        return (Unpacked(f"self::{rest}", alias=rest, passed_on=passed_on),)
    if found["word"] != "use":
        name, _, alias = (part.strip() for part in rest.partition(" as "))
        return (Unpacked(name, alias=alias, passed_on=passed_on),)
    modules: dict[str, list[tuple[str, str]]] = {}
    for leaf in _paths(rest):
        path, _, alias = (_AS.sub("\n", leaf)).partition("\n")
        module, name = _split("".join(path.split()))
        modules.setdefault(module, []).append((name, alias.strip() or name))
    return [_unpacked(module, names, passed_on=passed_on) for module, names in modules.items()]


def _unpacked(module: str, names: list[tuple[str, str]], *, passed_on: bool) -> Unpacked:
    """Of `use a;` the module itself is meant."""
    if module:
        return Unpacked(module, tuple(names), passed_on=passed_on)
    name, alias = names[0]
    return Unpacked(name, alias="" if alias == name else alias, passed_on=passed_on)


def _paths(tree: str) -> Iterator[str]:
    """Each leaf of a tree with the whole path to it, as written."""
    above: list[str] = [""]
    last = ""
    for number, piece in enumerate(_PIECE.finditer(tree)):
        word = piece[0].strip()
        if number > _MOST_NAMES:
            return
        if word == "{":
            above.append(last)
            last = ""
        elif word in ("}", ","):
            if last:
                yield last
            last = ""
            if word == "}" and len(above) > 1:
                above.pop()
        else:
            last = above[-1] + word
    if last:
        yield last


def _split(path: str) -> tuple[str, str]:
    """`a::b::c` is `c` of `a::b`, and `a::b::self` is `b` of `a`."""
    module, _, name = path.removeprefix("::").rpartition("::")
    if name == "self" and module:
        module, _, name = module.rpartition("::")
    return module, name
