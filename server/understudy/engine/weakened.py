"""What an edit makes easier to pass: tests that end early or expect less, types that are dropped."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from understudy.core.lines import split_lines
from understudy.engine.hunks import with_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from understudy.engine.hunks import Hunk

ASSERTION = re.compile(
    r"\b(?:debug_)?assert\w*!?|(?<![.\w])expect\(|\bt\.(?:Error|Fatal)f?\(|\bpytest\.raises\b"
)
_FAILS = re.compile(
    r"(?<![.\w])(?:raise|throw)\b|\b(?:(?:pytest|self)\.)?fail\(|\bpanic!?\(|\bt\.(?:Error|Fatal)f?\("
)
"""What ends with a failure in any case, as an assertion does where it does not hold."""
_ENDS = re.compile(r"(?P<lead>[ \t]*)return(?:\s+(?:None|nil|null|undefined|\(\)))?;?[ \t]*$")
_NAME = re.compile(r"[^\W\d]\w*")
_TYPED = {
    "python": re.compile(r"\bdef\s+(?P<name>\w+)\s*\([^\n]{0,500}\)\s*->"),
    "typescript": re.compile(
        r"\b(?:function\s+)?(?P<name>\w+)\s*\([^\n]{0,500}\)\s*:\s*[^\n{=]{1,200}(?:\{|=>)"
    ),
}
_UNTYPED = {
    "python": re.compile(r"\bdef\s+(?P<name>\w+)\s*\([^\n]{0,500}\)\s*:"),
    "typescript": re.compile(r"\bfunction\s+(?P<name>\w+)\s*\([^\n]{0,500}\)\s*\{"),
}
_LONGEST = 1_000
_FARTHEST = 200
"""So many lines further down an assertion still belongs to the test that ends."""


def ends_early(hunks: Iterable[Hunk], after: str) -> str:
    """The first new line that leaves a block before an assertion of the same block.

    Args:
        hunks: what changes, in order.
        after: the text with these changes.

    Returns:
        The line, or an empty text.
    """
    lines: Sequence[str] = ()
    for first, hunk in with_place(hunks):
        known = {line.strip() for line in hunk.old}
        for number, line in enumerate(hunk.new, first):
            found = _ENDS.fullmatch(line.rstrip("\r\n"))
            if found is None or line.strip() in known:
                continue
            lines = lines or split_lines(after)
            if _asserts(lines[number + 1 : number + 1 + _FARTHEST], found["lead"]):
                return line.strip()
    return ""


def _asserts(lines: Iterable[str], lead: str) -> bool:
    """Whether an assertion follows before the block with this indentation ends."""
    for line in lines:
        if not line.strip():
            continue
        if not line.startswith(lead) or line[len(lead) : len(lead) + 1] == "}":
            return False
        if ASSERTION.search(line[:_LONGEST]):
            return True
    return False


def expects_less(hunks: Iterable[Hunk], marked: range) -> str:
    """The first assertion that gets another meaning, away from the lines that a tool marked.

    Other names are no other meaning: what is tested may have got a new one.

    Returns:
        The assertion as it was, or an empty text.
    """
    for hunk in hunks:
        if any(line in marked for line in hunk.touched):
            continue
        old, new = _assertions(hunk.old), _assertions(hunk.new)
        gone = Counter(map(_unnamed, old)) - Counter(map(_unnamed, new))
        if gone and len(old) == len(new):
            return next(one for one in old if gone[_unnamed(one)])
    return ""


def fails_instead(hunks: Sequence[Hunk], marked: range) -> int:
    """How many failures are new where assertions stood: each takes the place of one.

    None where a tool marked no assertion.
    """
    told = (line for hunk in hunks for at, line in enumerate(hunk.old, hunk.first) if at in marked)
    if not _assertions(told):
        return 0
    found = 0
    for hunk in hunks:
        old, new = (len(_FAILS.findall("".join(lines))) for lines in (hunk.old, hunk.new))
        is_marked = any(line in marked for line in hunk.touched)
        most = new if is_marked else len(_assertions(hunk.old))
        found += min(max(new - old, 0), most) if _assertions(hunk.old) else 0
    return found


def _assertions(lines: Iterable[str]) -> list[str]:
    short = (line.strip() for line in lines if len(line) <= _LONGEST)
    return [line for line in short if ASSERTION.search(line)]


def _unnamed(line: str) -> str:
    return "".join(_NAME.sub("name", line).split())


def drops_type(hunks: Iterable[Hunk], language: str) -> str:
    """The first function that said what it returns and no longer does; an empty text for none."""
    language = "typescript" if language == "typescriptreact" else language
    if language not in _TYPED:
        return ""
    for hunk in hunks:
        typed = set(_functions(_TYPED[language], hunk.old))
        for name in _functions(_UNTYPED[language], hunk.new):
            if name in typed:
                return name
    return ""


def _functions(pattern: re.Pattern[str], lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if len(line) <= _LONGEST and (found := pattern.search(line)) is not None:
            yield found["name"]
