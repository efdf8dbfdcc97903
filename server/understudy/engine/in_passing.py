"""What an edit changes in passing, near the one problem that it is to mend and without need."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise, product
from typing import TYPE_CHECKING

from understudy.context.behaviour import other_behaviour
from understudy.context.other_results import other_result
from understudy.context.python_parse import fault
from understudy.context.whole_trees import sound_tree
from understudy.core.changed_part import changed_part
from understudy.engine.hunks import Hunk, hunks_of
from understudy.engine.identity import same_matter
from understudy.engine.needed import Need, Piece, definitions, home_of, is_with, lines_of, words_of
from understudy.engine.same_code import same_code
from understudy.engine.traits import tools_own
from understudy.index.extraction import is_indexed
from understudy.languages import grammar_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.core.lines import LineIndex
    from understudy.engine.evidence import Facts
    from understudy.index.facts import Definition
    from understudy.workspace.diagnostics import Diagnostic

_TOO_MUCH = re.compile(
    r"unreach|duplicate|dead[ _]code|never reached|redefin|never thrown", re.IGNORECASE
)
"""What tools say of whole runs of lines by marking the first."""
_IDLE = frozenset({"if", "else", "return", "True", "False", "true", "false", "None", "nil", "null"})
"""Words of branches that may become a part of a condition."""
_RUN = frozenset({"function", "method", "class"})
_PYTHON = "python"
_SHOWN = 80
_MOST_HUNKS = 300
_MOST_CHARS = 60_000
"""Of what is longer, or changed in more places, nothing is told: it would take too long."""


def in_passing(facts: Facts) -> str:
    """That an edit does something otherwise that the problem does not need, as a clause.

    Asked are the changes that neither hold the marked code nor bring or take away a name which the
    diagnostic has, or which those that do are about. Told is what rewritings are told as well
    (`other_behaviour`), and what is returned instead. Empty for nothing else, where there is more than
    one problem, and where the edit is nowhere near the problem.
    """
    target, index, language = facts.target, facts.before.index, facts.before.language
    if facts.rule or target is None or facts.wished or not is_indexed(language):
        return ""
    if facts.parsed_before is False or tools_own(facts):
        return ""
    if not all(same_matter(one, target) for one in facts.besides):
        return ""
    needed, passing = _parted(facts, target)
    if not passing:
        return ""
    alone = _only(index, needed)
    told = _told(index.text, alone, facts.after, language)
    if not _is_sound(alone, language):
        # What is needed can't stand alone, and may do what the others do no more.
        told = _told(index.text, index.text, _only(index, passing), language)
        told = told if told == _told(index.text, index.text, facts.after, language) else ""
    return f"{told}, which the problem does not need" if told else ""


def _is_sound(text: str, language: str) -> bool:
    # The grammar takes a block with nothing in it.
    is_read = language != _PYTHON or fault(text) is None
    return is_read and sound_tree(text, grammar_of(language)) is not None


def _parted(facts: Facts, target: Diagnostic) -> tuple[list[Hunk], list[Hunk]]:
    """The changes that a problem needs, and the others; none of these where nothing mends it."""
    index, language = facts.before.index, facts.before.language
    marked = index.lines_of(target.span)
    found = definitions(index.text, language)
    own = home_of(found, range(marked.start, marked.start + 1))
    need = Need.of(facts, target, found, own)
    need.is_near = True
    # What a message only proposes has nothing to do with other lines that have it.
    need.names &= words_of(index.lines[marked.start : marked.stop])
    heads = any(one.first <= marked.start <= one.head for one in found if one.kind in _RUN)
    whole = heads or _TOO_MUCH.search(f"{target.code} {target.message}"[:2_000]) is not None
    hunks = hunks_of(index, facts.edits)
    size = len(changed_part(index.text, facts.after).before)
    if len(hunks) > _MOST_HUNKS or size > _MOST_CHARS:
        return [], []
    pieces = [
        Piece(one, home_of(found, lines_of(one)))
        for hunk in hunks
        for one in ((hunk,) if whole else _apart(hunk, marked))
    ]
    left = [
        one
        for one in pieces
        if not _holds(one.hunk, marked)
        and not same_code("".join(one.hunk.old), "".join(one.hunk.new), language)
    ]
    more = [one for one in pieces if _holds(one.hunk, marked)]
    if not more:
        return [], []
    while more:
        for one in more:
            need.learn(one)
        more = [one for one in left if _is_needed(one, need, own, marked.start)]
        taken = set(map(id, more))
        left = [one for one in left if id(one) not in taken]
    others = set(map(id, left))
    there = _IDLE.union(*(one.new for one in pieces if id(one) not in others))
    # What only goes may be said in what is needed.
    passing = {id(one): one.hunk for one in left if one.new or not one.old <= there}
    return [one.hunk for one in pieces if id(one) not in passing], [*passing.values()]


def _is_needed(piece: Piece, need: Need, own: Definition | None, at: int) -> bool:
    """Whether a change has to do with the problem; in other definitions it may be about these."""
    if piece.home is None or is_with(piece.home, own, at):
        return need.is_about(piece)
    return need.takes(piece)


def _apart(hunk: Hunk, marked: range) -> Sequence[Hunk]:
    """A hunk as what comes before the marked lines, these, and what follows them.

    That can be told where the lines of each part are gone, or have others in their place one by one.
    """
    lines = range(hunk.first, hunk.first + len(hunk.old))
    first, stop = max(lines.start, marked.start), min(lines.stop, marked.stop)
    new = [line for line in hunk.new if line.strip()] if len(hunk.new) != len(lines) else hunk.new
    if first >= stop or len(lines) < 2:
        return (hunk,)
    edges = (0, first - lines.start, stop - lines.start, len(lines))
    olds = [range(*pair) for pair in pairwise(edges)]
    for stays in product((False, True), repeat=len(olds)):
        parts, at = [], 0
        for old, is_there in zip(olds, stays, strict=True):
            size = len(old) if is_there else 0
            text = hunk.old[old.start : old.stop]
            parts.append(Hunk(hunk.first + old.start, text, tuple(new[at : at + size])))
            at += size
        if at == len(new) and all(_are_alike(one.old, one.new) for one in parts if one.new):
            return [one for one in parts if one.old != one.new]
    return (hunk,)


def _are_alike(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether each line has at least half of its words from the one whose place it takes."""
    if len(old) != len(new):
        return False
    for one, other in zip(old, new, strict=True):
        words, others = words_of((one,)), words_of((other,))
        if 2 * len(words & others) < max(len(words), len(others)):
            return False
    return True


def _holds(hunk: Hunk, marked: range) -> bool:
    return any(line in marked for line in hunk.touched)


def _only(index: LineIndex, hunks: Iterable[Hunk]) -> str:
    """The text before with some changes carried out."""
    lines = list(index.lines)
    for one in sorted(hunks, key=lambda hunk: hunk.first, reverse=True):
        lines[one.first : one.first + len(one.old)] = one.new
    return "".join(lines)


@lru_cache(maxsize=4)
def _told(before: str, without: str, after: str, language: str) -> str:
    """What a text does otherwise than without some of its changes, as a clause; empty for nothing.

    Functions that have another head than before may return something else.
    """
    grammar = grammar_of(language)
    if told := other_behaviour(without, after, grammar):
        return told
    results = other_result(before, without, after, grammar)
    if results is None:
        return ""
    now, before = (f"`{one[:_SHOWN]}`" if one else "nothing" for one in results)
    return f"The edit returns {now} instead of {before}"
