"""What makes a diagnostic the same one, in another text or from another tool."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.engine.kinds import subject_of
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Hashable

    from understudy.workspace.diagnostics import Diagnostic

_QUOTED = re.compile(
    r"`[^`\n]*`|\"[^\"\n]*\"|\u201c[^\u201d\n]*\u201d|\u2018[^\u2019\n]*\u2019|(?<!\w)'[^'\n]*'(?!\w)"
)
_NUMBER = re.compile(r"(?<!\w)\d+(?!\w)")
_SPACE = re.compile(r"\s+")
_FIXABLE = " (fix available)"
"""What clangd adds to the words of the compiler."""


def stem(message: str) -> str:
    """A message without what changes when lines move: numbers outside of quotation marks.

    ``Redefinition of unused `x2` from line 5`` → ``Redefinition of unused `x2` from line #``.
    """
    pieces: list[str] = []
    end = 0
    for quoted in _QUOTED.finditer(message):
        pieces += (_NUMBER.sub("#", message[end : quoted.start()]), quoted.group())
        end = quoted.end()
    pieces.append(_NUMBER.sub("#", message[end:]))
    return _SPACE.sub(" ", "".join(pieces)).strip()


def identity(diagnostic: Diagnostic) -> tuple[str, str]:
    """What stays equal when a diagnostic of one checker moves: its code and its message's stem."""
    return diagnostic.code, stem(diagnostic.message)


def same_matter(one: Diagnostic, other: Diagnostic) -> bool:
    """Whether two tools complain about the same thing, the place left aside.

    They do when both say that the text does not parse, when they use the same code or the same
    words, or when both find the same kind of problem with the same name. A name alone is not enough: that `Path` is
    undefined is another matter than that a `Path` is passed where a text belongs.
    """
    if is_syntax_error(one) or is_syntax_error(other):
        return is_syntax_error(one) and is_syntax_error(other)
    return not matters(one).isdisjoint(matters(other))


def matters(diagnostic: Diagnostic) -> frozenset[Hashable]:
    """Keys of which two diagnostics share one when they are about the same matter.

    Syntax errors aside, which are all about one matter.
    """
    subject = subject_of(diagnostic.code, diagnostic.message)
    # Compilers for Java and C give most of what they find no code: there, the words tell.
    words = stem(diagnostic.message).casefold().removesuffix(_FIXABLE)
    return frozenset(key for key in (diagnostic.code, subject, words and ("words", words)) if key)
