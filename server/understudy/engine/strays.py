"""Changes to definitions that have nothing to do with the one problem that an edit is to mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.engine.hunks import hunks_of
from understudy.engine.identity import same_matter
from understudy.engine.needed import Need, Piece, definitions, home_of, is_with, lines_of
from understudy.engine.same_code import same_code
from understudy.engine.traits import tools_own
from understudy.index.extraction import is_indexed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.engine.evidence import Facts
    from understudy.index.facts import Definition

_SHOWN = 80


def strays(facts: Facts) -> str:
    """That an edit changes a definition which the problem does not need changed, as a clause.

    The problem needs definitions that its diagnostic or the marked line names, those in which another
    diagnostic is gone as well, and those with a change that has to do with names which needed changes
    bring, take away or give other parameters. Empty for nothing else, and where there is more than one
    problem.
    """
    target, index, language = facts.target, facts.before.index, facts.before.language
    if facts.rule or target is None or facts.wished or not is_indexed(language):
        return ""
    if not all(same_matter(one, target) for one in facts.besides) or tools_own(facts):
        return ""
    hunks = hunks_of(index, facts.edits)
    if len(hunks) < 2:
        return ""
    at = index.line_of(target.span.start)
    found = definitions(index.text, language)
    own = home_of(found, range(at, at + 1))
    pieces = [
        Piece(one, home_of(found, lines_of(one)))
        for one in hunks
        if not same_code("".join(one.old), "".join(one.new), language)
    ]
    away = _unneeded(pieces, Need.of(facts, target, found, own), own, at)
    if away is None:
        return ""
    return f"The edit changes `{away.name[:_SHOWN]}` too, which the problem does not need"


def _unneeded(
    pieces: Sequence[Piece], need: Need, own: Definition | None, at: int
) -> Definition | None:
    """The first definition with a change that nothing asks for; None where there is none."""
    left: list[tuple[Piece, Definition]] = []
    begun = False
    for one in pieces:
        if one.home is not None and not is_with(one.home, own, at):
            left.append((one, one.home))
            continue
        begun = begun or one.home is not None or own is None or need.takes(one)
        need.learn(one)
    while left:
        homes = {home for one, home in left if need.takes(one)}
        needed = [pair for pair in left if pair[1] in homes]
        if not needed:
            break
        left = [pair for pair in left if pair not in needed]
        for one, _ in needed:
            need.learn(one)
        begun = True
    return left[0][1] if left and begun else None
