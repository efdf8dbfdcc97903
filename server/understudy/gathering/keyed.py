"""Members of objects that are written in place or made by a function, and so belong to no class.

No outline has them, so they are searched in the text, by lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.gathering.syntaxes import syntax_of
from understudy.index.facts import Definition, Place

if TYPE_CHECKING:
    from understudy.gathering.outline import Outline
    from understudy.gathering.sources import Sources

_MOST_LINES = 600
BEFORE = r"(?:(?:readonly|async|get|set|static|public)[ \t]+)*"


def keyed_member(sources: Sources, owner: Place, name: str) -> Place | None:
    """The line in a definition that gives it a member, as a definition of its own."""
    facts, lines = sources.facts(owner.path), sources.lines(owner.path)
    syntax = syntax_of(facts.language) if facts is not None else None
    if lines is None or syntax is None or not syntax.keyed or not name:
        return None
    one = owner.definition
    start = lines.start(one.head)
    stop = lines.start(min(one.stop, one.head + _MOST_LINES))
    word = re.escape(name)
    within = re.compile(
        rf"^[ \t]*{BEFORE}[\"']?{word}[\"']?[ \t]*(?:[?!]?[ \t]*[:(<]|[,}}]|$)", re.MULTILINE
    )
    inline = re.compile(rf"[{{,;][ \t]*{BEFORE}{word}[?]?[ \t]*[:(<]")
    behind = re.compile(rf"^[ \t]*{re.escape(one.name)}\.{word}[ \t]*=", re.MULTILINE)
    text = lines.text
    found = within.search(text, start, stop) or inline.search(text, start, stop)
    found = found or behind.search(text, stop)
    if found is None:
        return None
    line = lines.line_of(found.end() - 1)
    parent = owner.number if found.start() < stop else -1
    return added_member(sources.outline(owner.path), owner.path, parent, name, line)


def added_member(outline: Outline, path: str, parent: int, name: str, line: int) -> Place:
    """A line as a member of a definition that the facts do not have."""
    added = Definition(name, "field", line, line, line + 1, line + 1, parent)
    return Place(path, outline.add(added), added)
