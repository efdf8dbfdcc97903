"""What an edit changes in passing, near the one problem that it is to mend and without need."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise, product
from typing import TYPE_CHECKING

from understudy.context.behaviour import other_behaviour
from understudy.context.statements import RETURN
from understudy.context.whole_trees import nodes, sound_tree
from understudy.context.written import written
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

_TOO_MUCH = re.compile(r"unreach|duplicate|dead[ _]code|never reached|redefin", re.IGNORECASE)
"""What tools say of whole runs of lines by marking the first."""
_IDLE = frozenset({"if", "else", "return", "True", "False", "true", "false", "None", "nil", "null"})
"""Words of branches that may become a part of a condition."""
_RUN = frozenset({"function", "method", "class"})
_QUOTES = str.maketrans("'`", '""')
_SHOWN = 80


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
    told = _told(_only(index, needed), facts.after, language)
    # What is needed may not stand alone.
    told = told or _told(index.text, _only(index, passing), language)
    return f"{told}, which the problem does not need" if told else ""


def _parted(facts: Facts, target: Diagnostic) -> tuple[list[Hunk], list[Hunk]]:
    """The changes that a problem needs, and the others; none of these where nothing mends it."""
    index, language = facts.before.index, facts.before.language
    marked = index.lines_of(target.span)
    found = definitions(index.text, language)
    own = home_of(found, range(marked.start, marked.start + 1))
    need = Need.of(facts, target, found, own)
    # What a message only proposes has nothing to do with other lines that have it.
    need.names &= words_of(index.lines[marked.start : marked.stop])
    heads = any(one.first <= marked.start <= one.head for one in found if one.kind in _RUN)
    whole = heads or _TOO_MUCH.search(f"{target.code} {target.message}"[:2_000]) is not None
    hunks = hunks_of(index, facts.edits)
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
        left = [one for one in left if one not in more]
    there = _IDLE.union(*(one.new for one in pieces if one not in left))
    # What only goes may be said in what is needed.
    passing = [one.hunk for one in left if one.new or not one.old <= there]
    return [one.hunk for one in pieces if one.hunk not in passing], passing


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
def _told(without: str, after: str, language: str) -> str:
    """What a text does otherwise than without some of its changes, as a clause; empty for nothing."""
    return other_behaviour(without, after, grammar_of(language)) or _other_result(
        _returned(without, language), _returned(after, language)
    )


def _other_result(old: Counter[str], new: Counter[str]) -> str:
    gone, come = old - new, new - old
    if not gone or not come:
        return ""
    first, other = (next(iter(one))[:_SHOWN] for one in (come, gone))
    return f"The edit returns `{first}` instead of `{other}`"


def _returned(text: str, language: str) -> Counter[str]:
    """What a text returns with a word for it, and how often."""
    source = sound_tree(text, grammar_of(language))
    if source is None:
        return Counter()
    every = (one for one in nodes(source.root) if one.is_named and RETURN.fullmatch(one.type))
    told = (written(one, one, source).translate(_QUOTES).rstrip("; ") for one in every)
    return Counter(one.removeprefix("return").strip() for one in told)
