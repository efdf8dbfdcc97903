"""How lines from a reply become lines of a document: its ends of lines, its indentation."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from understudy.core.indentation import in_style_of, indent_of
from understudy.core.lines import content_length, split_lines
from understudy.core.runs import changed_runs
from understudy.reading import Repair
from understudy.reading.moving import moved_in, placed_lines
from understudy.reading.strings import inside_strings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.core.lines import LineIndex

BOM = "\ufeff"


def contents(text: str) -> list[str]:
    """The lines of a text without their ends; the empty one behind the last end is none."""
    if "\r" in text:
        lines = [line[: content_length(line)] for line in split_lines(text)]
    else:
        lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return lines


def taken_apart(text: str) -> tuple[list[str], list[str]]:
    """The lines of a text without their ends, and these; the last one may have none."""
    if "\r" not in text:
        lines = text.split("\n")
        ends = ["\n"] * (len(lines) - 1) + [""]
    else:
        whole = split_lines(text)
        lines = [line[: content_length(line)] for line in whole]
        ends = [line[len(bare) :] for line, bare in zip(whole, lines, strict=True)]
    if not lines[-1]:
        del lines[-1], ends[-1]
    return lines, ends


def joined(lines: Sequence[str], like: str, *, fallback: str = "\n") -> str:
    r"""The lines with the ends of a text, which also says whether the last one has an end.

    A line that the text has too keeps the end that it has there; all others get the text's usual
    one.

    Args:
        lines: without their ends.
        like: the text in whose place they come.
        fallback: the end of lines for a text that has none.
    """
    if not lines:
        return ""
    is_open = bool(like) and not like.endswith(("\n", "\r"))
    if "\r" not in like:
        usual = "\n" if "\n" in like else fallback
        return usual.join(lines) + ("" if is_open else usual)
    old = split_lines(like)
    ends = [line[content_length(line) :] for line in old]
    kinds = Counter(filter(None, ends))
    own = [kinds.most_common(1)[0][0]] * len(lines)
    if len(kinds) > 1:
        _keep_ends(own, lines, old, ends)
        _part_ends(own, lines)
    if is_open:
        own[-1] = ""
    return "".join(line + end for line, end in zip(lines, own, strict=True))


def usual_end(index: LineIndex) -> str:
    """How the lines of a document end, most of them."""
    if "\r" not in index.text:
        return "\n"
    ends = Counter(line[content_length(line) :] for line in index.lines)
    ends.pop("", None)
    return ends.most_common(1)[0][0] if ends else "\n"


def restyled(
    lines: Sequence[str], model: Sequence[str], old: Sequence[str], language: str
) -> list[str] | None:
    """The lines with tabs for blanks or the other way round, as a model has them; None to leave them.

    A line inside a string is only changed where that gives a line which the old text has: blanks
    in front of it belong to the program.

    Args:
        lines: without their ends, as all the others.
        model: lines that show how the document is indented.
        old: the lines that are replaced.
        language: an LSP language id.
    """
    # The blank in front of a comment's star is no indentation.
    model = [line for line in model if not line.lstrip().startswith("*")]
    if _characters(lines) == _characters(model) and len(_characters(model)) < 2:
        return None
    inside = inside_strings(lines, language)
    if inside is None:
        return _restyled_as_known(lines, model, old)
    styled = _outside(model, inside_strings(model, language) or frozenset())
    changed = in_style_of(lines, styled)
    if changed is None:
        outer = in_style_of(_outside(lines, inside), styled)
        return None if outer is None else _merged(lines, outer, inside)
    known = set(old)
    for number in inside:
        if changed[number] not in known:
            changed[number] = lines[number]
    return changed


def _restyled_as_known(
    lines: Sequence[str], model: Sequence[str], old: Sequence[str]
) -> list[str] | None:
    """The lines in the model's style, where it is not certain which of them are inside strings.

    That is done where most of the indented lines are old ones in another style. A line that the old
    text has as it stands is not changed.
    """
    changed = in_style_of(lines, model)
    if changed is None:
        return None
    known = set(old)
    moved = [(one, other) for one, other in zip(lines, changed, strict=True) if one != other]
    if 2 * sum(other in known and one not in known for one, other in moved) <= len(moved):
        return None
    return [one if one in known else other for one, other in zip(lines, changed, strict=True)]


def _characters(lines: Sequence[str]) -> set[str]:
    """What indents the lines: tabs, blanks or both."""
    return {line[0] for line in lines if line[:1] in {" ", "\t"} and line.strip()}


def _outside(lines: Sequence[str], inside: frozenset[int]) -> list[str]:
    return [line for number, line in enumerate(lines) if number not in inside]


def _merged(lines: Sequence[str], outer: Sequence[str], inside: frozenset[int]) -> list[str]:
    """The lines, with those outside of strings from `outer`."""
    rest = iter(outer)
    return [line if number in inside else next(rest) for number, line in enumerate(lines)]


def indented(
    lines: list[str], old: Sequence[str], language: str, repairs: list[Repair]
) -> list[str]:
    """The lines at the depth of those that they replace.

    A block may have been moved out as a whole, or its first line alone lost its blanks.

    Args:
        lines: without their ends.
        old: the lines that they replace.
        language: an LSP language id.
        repairs: gets an entry for what was done.
    """
    known, old, new = old, placed_lines(old, language), placed_lines(lines, language)
    if not old or not new:
        return lines
    wanted, found = common_indent(old), common_indent(new)
    if len(new) > 1 and not indent_of(new[0]) and indent_of(old[0]) and _may_be_deeper(new, old):
        rest = common_indent(new[1:])
        if rest.startswith(common_indent(old[1:] or old)) or _stay(new[1:], old):
            repairs.append(Repair("first line indented", new[0].strip()[:80]))
            at = lines.index(new[0])
            return [*lines[:at], indent_of(old[0]) + lines[at], *lines[at + 1 :]]
    if found == wanted or not wanted.startswith(found):
        return lines
    repairs.append(Repair("block indented"))
    return moved_in(lines, wanted[len(found) :], known, language, repairs)


def _may_be_deeper(new: Sequence[str], old: Sequence[str]) -> bool:
    """Whether the first line, as far in as the old one, still stands farther out than what it opens."""
    opens = new[0].rstrip().endswith((":", "{"))
    return not opens or len(indent_of(new[1])) > len(indent_of(old[0]))


def _stay(lines: Sequence[str], old: Sequence[str]) -> bool:
    """Whether more lines are old ones as they stand than further in, where the first line is."""
    known, missing = set(old), indent_of(old[0])
    return sum(line in known for line in lines) > sum(missing + line in known for line in lines)


def common_indent(lines: Sequence[str]) -> str:
    """The shortest indentation of the lines."""
    return min(map(indent_of, lines), key=len, default="")


def _keep_ends(
    own: list[str], lines: Sequence[str], old: Sequence[str], ends: Sequence[str]
) -> None:
    """Give the lines that stand in the old text the ends that they have there."""
    before = [line[: content_length(line)] for line in old]
    at = 0
    for run in changed_runs(before, lines):
        shift = run.new_start - run.old_start
        for number in range(at, run.old_start):
            own[number + shift] = ends[number] or own[number + shift]
        at = run.old_stop
    shift = len(lines) - len(before)
    for number in range(at, len(before)):
        if 0 <= number + shift < len(lines):
            own[number + shift] = ends[number] or own[number + shift]


def _part_ends(own: list[str], lines: Sequence[str]) -> None:
    """Keep a CR and the LF of a blank line behind it from becoming one end."""
    for number in range(1, len(lines)):
        if not lines[number] and (own[number - 1], own[number]) == ("\r", "\n"):
            own[number] = "\r"


def finished_lines(text: str) -> str:
    """A text that is still being written, without the line that is not at its end yet."""
    return text[: max(text.rfind("\n"), text.rfind("\r")) + 1]
