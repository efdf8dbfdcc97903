"""Blocks that only show how new code is used, or test it, beside the block that holds this code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.indentation import indent_of
from understudy.reading.cut_short import closes
from understudy.reading.headings import heading_of
from understudy.reading.import_lines import is_import
from understudy.reading.shape import contents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.reading.fences import Fenced

_SAID = re.compile(
    r"\b(?:examples?|usage|used? (?:it|this|like)|for instance|e\.g\.|try (?:it|this)|test (?:it|this)"
    r"|call (?:it|this)|run (?:it|this)|prints?|outputs?)\b",
    re.IGNORECASE,
)
"""What is said above code that shows the new one at work."""
_LABEL = re.compile(
    r"\W*(?:(?:an?|some|sample|simple|quick) )?(?:usage|examples?|demo|(?:unit )?tests?)"
    r"(?: (?:usage|examples?|tests?|code))?(?: (?:of|for) (?:its|the|this) (?:use|usage|code))?\W*",
    re.IGNORECASE,
)
"""A whole line that says no more than that."""
_TESTS = re.compile(r"\btest(?:s|ed|ing)?\b", re.IGNORECASE)
_TEST = re.compile(r"(?i:tests?)(?![a-z])\w*|\w+(?:_tests?|Tests?)|describe|it")
_RUN = re.compile(r"main|demo|usage|(?i:example)\w*")


def is_example(block: Fenced, file: str, language: str) -> bool:
    """Whether a block is called an example or a test, and can't be a change of the file.

    It defines nothing of the file, and what it has in common with that is not changed in it, unless a
    label above says that it is one.

    Args:
        block: of a reply, with what is said above it.
        file: the whole document.
        language: an LSP language id.
    """
    above = next((line for line in reversed(block.before.splitlines()) if line.strip()), "")
    is_label = _LABEL.fullmatch(above.strip()) is not None
    is_test = _TESTS.search(above) is not None
    if not is_label and not is_test and not _SAID.search(block.before):
        return False
    lines = [line for line in contents(block.text) if not closes(line)]
    if not all(_is_shown(name, file, is_test=is_test) for name in _outermost(lines)):
        return False
    known = {line.strip() for line in contents(file)}
    own = {line.strip() for line in lines if not is_import(line, language)}
    return is_label or own <= known or known.isdisjoint(own)


def _outermost(lines: Sequence[str]) -> set[str]:
    """The names of what begins as far out as anything that the lines define."""
    named = [(len(indent_of(line)), name) for line in lines if (name := heading_of(line))]
    depth = min((one for one, _ in named), default=0)
    return {name for one, name in named if one == depth}


def _is_shown(name: str, file: str, *, is_test: bool) -> bool:
    """Whether a name that is not the file's is one of a test, or of what runs an example."""
    kind = _TEST if is_test else _RUN
    return kind.fullmatch(name) is not None and not re.search(rf"\b{re.escape(name)}\b", file)
