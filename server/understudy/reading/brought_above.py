"""A block with definitions of its own above the one whose head stands above the replaced lines.

What is written between a decorator and its function takes the decorator away from it. So the lines
that a block brings along go above that head, which stays with the definition that it belongs to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from understudy.core.indentation import indent_of
from understudy.failures.elision import is_elision
from understudy.reading import Repair
from understudy.reading.headings import heading_at
from understudy.reading.heads import head_of, head_start
from understudy.reading.kept_heads import Above, bare, likeness, with_head
from understudy.reading.neighbours import Around

if TYPE_CHECKING:
    from collections.abc import Sequence


class _Case(NamedTuple):
    """A block that has more above the definition which the replaced lines begin with.

    Attributes:
        head: what stands above the definition in the file, as far in as the block is.
        taken: how many lines of it are above the replaced ones.
        start / at: where the head and the first line of the definition are in the block.
    """

    head: list[str]
    taken: int
    start: int
    at: int


def brought_above(lines: list[str], around: Around, *, is_literal: bool = False) -> Above | None:
    """The block with the head of its definition right above that; None where it brings no more.

    Args:
        lines: of the block, without their ends.
        around: what they replace.
        is_literal: whether the block says where the replaced lines begin. Then it may mean the
            decorator above them for its own first definition.
    """
    case = _case(lines, around)
    if case is None:
        return None
    head, _, start, at = case
    has_attribute = "attribute" in head_of(head, around.language).kinds
    if indent_of(lines[at]) != indent_of(next(filter(str.strip, lines))):
        what = "what stands above the definition goes to another one"
        return Above(lines, 0, (Repair(what, head[0].strip()[:80], "high"),) * has_attribute)
    if is_literal and has_attribute and _is_as_written(lines, case, around):
        return Above(lines, 0)
    mine = lines[start:at]
    if any(map(is_elision, mine)) or set(bare(mine)) <= set(bare(head)):
        repair = Repair("what stands above the definition kept", head[0].strip()[:80])
        return Above([*lines[:start], *head, *lines[at:]], case.taken, (repair,))
    return _with_own(lines, case, around)


def _with_own(lines: list[str], case: _Case, around: Around) -> Above:
    """The same for a block whose definition has another head."""
    head, taken, start, at = case
    risk = likeness(lines[start:at], head, around.language)
    if risk is None:
        repair = Repair("one more stands above the definition", lines[start].strip()[:80], "high")
        return Above([*lines[:start], *head, *lines[start:]], taken, (repair,))
    repairs = [Repair("what stands above the definition replaced", head[0].strip()[:80], risk)]
    old = [*head, *around.old[head_of(around.old, around.language).stop :]]
    done = with_head(lines, Around(old, (), (), around.language), repairs)
    return Above(done, taken, tuple(repairs))


def _case(lines: Sequence[str], around: Around) -> _Case | None:
    old, above, language = around.old, around.above, around.language
    stop = head_of(old, language).stop
    name = heading_at(old, stop)
    at = next((at for at in range(len(lines)) if name and heading_at(lines, at) == name), None)
    if at is None or not above or not above[-1].strip():
        return None
    start = head_start(lines, at, language)
    there = head_start([*above, *old[: stop + 1]], len(above) + stop, language)
    if not any(map(str.strip, lines[:start])) or there >= len(above):
        return None
    depth, new = indent_of(old[stop]), indent_of(lines[at])
    head = [new + line.removeprefix(depth) for line in (*above[there:], *old[:stop])]
    return _Case(head, len(above) - there, start, at)


def _is_as_written(lines: Sequence[str], case: _Case, around: Around) -> bool:
    """Whether a block goes on behind a decorator of the file, and has it once more where it ends.

    So an insertion looks that begins one line too low: the function that comes has the decorator
    that stands there, and the one that stays gets the same again. A decorator that only one
    definition has is none that another one is likely to have as well.
    """
    language = around.language
    first = head_of(lines, language)
    if first.parts or not heading_at(lines, first.stop):
        return False
    head = head_of(case.head, language)
    others = {line.strip() for line in (*around.above[: -case.taken], *around.below)}
    attributes = set(bare(head.of(case.head, "attribute")))
    return set(bare(case.head)) <= set(bare(lines[case.start : case.at])) and attributes <= others
