"""What an edit adds beside the one problem that it is to mend, and that does something there."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from understudy.engine.hunks import hunks_of, with_place
from understudy.engine.identity import same_matter
from understudy.engine.traits import tools_own
from understudy.index.extraction import facts_of, is_indexed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.engine.evidence import Facts
    from understudy.engine.hunks import Hunk
    from understudy.index.facts import Definition

_NAME = re.compile(r"[^\W\d]\w*")
_QUOTED = re.compile(r"[`'\"\u2018\u201c]([^`'\"\u2019\u201d\n]{1,200})[`'\"\u2019\u201d]")
_HEAD = re.compile(r"@(?!interface\b)[\w.]+|#\s*\[")
"""A decorator, an annotation or an attribute."""
_RUNS = re.compile(
    r"[\w$]+(?:\.[\w$]+)*(?:\(|[.\[][^=\n]{0,200}=(?!=))|(?:del|for|while|if|with|assert|raise|throw|new|await|void)\b"
)
"""What a statement begins with that does something when its file is loaded."""
_IMPORTS = re.compile(r"(?:require|import|include|use|define|module\.exports|exports?)\b")
_BLOCKS = frozenset({"class", "type", "module"})
_VALUES = frozenset({"field", "constant", "variable"})
_LONGEST = 2_000
_SHOWN = 60


class _Line(NamedTuple):
    """A line that an edit brings without taking one, and the words of all else that it changes."""

    number: int
    text: str
    besides: frozenset[str]


def additions(facts: Facts) -> str:
    """That an edit adds something that the problem does not need, as a clause; empty for nothing.

    Told are what it puts above a definition that stays, members of a type that is there, and
    statements at the top, unless the message or the other changes have to do with their names. New
    definitions are not told: nothing runs them.
    """
    target, language = facts.target, facts.before.language
    if facts.rule or target is None or facts.wished or not is_indexed(language):
        return ""
    if not all(same_matter(one, target) for one in facts.besides) or tools_own(facts):
        return ""
    hunks = hunks_of(facts.before.index, facts.edits)
    if len(hunks) < 2:
        return ""
    old, new = (_definitions(text, language) for text in (facts.before.text, facts.after))
    known = {_path(one, old) for one in old}
    marked = facts.before.index.line_of(target.span.start)
    own = {one.name for one in old if one.first <= marked < one.stop}
    message = target.message[:_LONGEST]
    told = frozenset(_NAME.findall(" ".join(_QUOTED.findall(message)) or message))
    for line in _added(hunks):
        name, named = _named(line, new, known, own)
        if name and named.isdisjoint(told | line.besides):
            return f"The edit adds `{name[:_SHOWN]}` too, which the problem does not need"
    return ""


def _added(hunks: Sequence[Hunk]) -> Iterator[_Line]:
    for first, hunk in with_place(hunks):
        if any(map(str.strip, hunk.old)):
            continue
        besides: set[str] = set()
        for other in hunks:
            if other is not hunk:
                old, new = (
                    frozenset(_NAME.findall("".join(one))) for one in (other.old, other.new)
                )
                besides |= old ^ new
        for number, text in enumerate(hunk.new, first):
            if text.strip():
                yield _Line(number, text, frozenset(besides))


def _named(
    line: _Line, new: Sequence[Definition], known: set[tuple[str, ...]], own: set[str]
) -> tuple[str, frozenset[str]]:
    """What a new line adds, and the names that it has to do with; nothing for what may stand there."""
    bare = line.text.strip()
    home = next((one for one in reversed(new) if one.first <= line.number < one.stop), None)
    if home is None and _HEAD.match(bare):
        home = next((one for one in new if one.head > line.number), None)
    if home is None:
        is_run = not line.text[0].isspace() and _RUNS.match(bare) and not _IMPORTS.match(bare)
        return (bare, frozenset(_NAME.findall(bare))) if is_run else ("", frozenset())
    path = _path(home, new)
    if _HEAD.match(bare) and line.number < home.head:
        stays = path in known and home.name not in own
        return (bare, frozenset({home.name})) if stays else ("", frozenset())
    if home.parent >= 0 and path not in known and home.kind in _VALUES:
        holder = new[home.parent]
        if holder.kind in _BLOCKS and _path(holder, new) in known and line.number == home.head:
            return bare, frozenset({home.name})
    if home.kind == "class" and path in known and line.number >= home.body and _RUNS.match(bare):
        return bare, frozenset(_NAME.findall(bare))
    return "", frozenset()


def _path(one: Definition, found: Sequence[Definition]) -> tuple[str, ...]:
    """The names of a definition and of all around it."""
    names = [one.name]
    while one.parent >= 0:
        one = found[one.parent]
        names.append(one.name)
    return tuple(names)


@lru_cache(maxsize=4)
def _definitions(text: str, language: str) -> tuple[Definition, ...]:
    return facts_of("", language, text, keep=True).definitions
