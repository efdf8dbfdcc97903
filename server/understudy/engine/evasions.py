"""Ways in which an edit makes a tool silent without mending what the tool found.

Each is told by counting words in the changed lines, before and after, so that what stood there
already is nobody's fault. Texts in quotes and comments are left out, but for those that tools read.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from understudy.context.directives import LOOK_AWAY
from understudy.engine.dodges import dodged
from understudy.engine.given_up import given_up
from understudy.engine.hunks import hunks_of
from understudy.engine.import_lines import FARTHEST, are_imports
from understudy.engine.put_aside import NEVER, SKIPPED, commented_out
from understudy.engine.swallowing import swallowed
from understudy.engine.unused import others, unused_lines
from understudy.engine.weakened import (
    ASSERTION,
    drops_type,
    ends_early,
    expects_less,
    fails_instead,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.engine.evidence import Facts
    from understudy.engine.hunks import Hunk

_LONGEST = 1_000
"""Lines that are longer are data rather than code."""
_STUB = re.compile(
    r"\b(?:raise|throw|panic)\b[^\n]{0,200}\bnot[ _]?(?:yet[ _])?(?:implemented|supported)"
    r"|\bNotImplementedError\b|\bUnsupportedOperationException\b",
    re.IGNORECASE,
)
_SCRIPT = re.compile(
    r":\s*any\b|(?<![.\w])any\b(?!\s*[(:=])|\bas\s+(?!const\b)[\w{]|^\s*declare\b|(?:^|[=(,:?]|\breturn)\s*<\w+>\s*[\w(<]|\bObject\(|(?<![.\w])eval\(|(?<![.\w])Function\(|[\w)\]]!(?=[.\[;,)\s:+*/-]|$)"
)
_HATCHES = {
    "python": re.compile(
        r"\bcast\(|(?::|->)\s*Any\b|\bgetattr\(|\b(?:globals|locals|vars)\(\)\s*[\[.]|\b(?:eval|exec)\(|^\s*_+\s*=[^=]"
        r"|\.__dict__\b|\bvars\(\s*\w[^)\n]{0,100}\)\s*[\[.]|\.__getattribute__\(|\battrgetter\(|\bAny\s+as\s+\w"
        r"|^\s*\w+\s*=\s*(?:typing\.)?Any\s*$|\b__builtins__\b|\bsys\.modules\["
        r"|^\s*except(?:\s+BaseException\b[^:]*)?:"
    ),
    "go": re.compile(
        r"(?:^|[\s,])_\s*:?=|^\s*(?:import\s+)?_\s+\"\"|\bpanic\(|\brecover\(\)|\binterface\{\}|\bany\b"
    ),
    "rust": re.compile(
        r"\.(?:unwrap|expect)\(|\b(?:panic|todo|unimplemented|unreachable)!|\blet\s+_\s*[=:]"
        r"|\.ok\(\)\s*;|\bunsafe\b"
    ),
    "typescript": _SCRIPT,
    "typescriptreact": _SCRIPT,
    "javascript": _SCRIPT,
    "javascriptreact": _SCRIPT,
}
"""What is allowed and seldom meant: a type that fits everything, a failure turned into a crash or
into nothing, a value that is thrown away."""
_TRACES = re.compile(
    r"\bcommented[- ]out\b|`p?print` found|\bconsole statement|\bTrace found|\buse of `e?println!`"
)
"""What they say of code that was only written to look at something, or was made a comment."""
_TEST = re.compile(
    r"\b(?:def|func|fn|function)\s+[Tt]est\w*|#\[test\]|@Test\b|(?<![.\w])(?:it|test|describe)\("
)
_STRING = re.compile(r'"(?:[^"\\\n]|\\.){0,400}"|\'(?:[^\'\\\n]|\\.){0,400}\'|`[^`\n]{0,400}`')
_REMARK = re.compile(r"(?:^|\s)(?:#(?![!\[])|//).*")


def silenced(facts: Facts) -> str:
    """The first new remark or attribute that tells a tool to look away, or code that is made one.

    Empty when there is none.
    """
    hunks = _hunks(facts)
    return _more(LOOK_AWAY, hunks, bare=False) or commented_out(
        hunks, parsed=facts.parsed_before is not False
    )


def hatch(facts: Facts) -> str:
    """What the new code uses to get around a check; empty when it does not, or nobody can tell."""
    hunks, pattern = _hunks(facts), _HATCHES.get(facts.before.language)
    found = _more(pattern, hunks) if pattern is not None else ""
    return (
        found
        or dodged(facts, hunks, lambda one: _more(one, hunks))
        or given_up(facts, hunks)
        or drops_type(hunks, facts.before.language)
        or _more(_STUB, hunks, bare=False)
        or _more(NEVER, hunks, bare=False)
        or swallowed(facts)
    )


def lost_check(facts: Facts) -> str:
    """A test or an assertion that is skipped, made easier, or of which there are fewer afterwards.

    Empty when there is none. Tests that become one with all their assertions are none.
    """
    hunks = others(_hunks(facts), unused_lines(facts))
    if skipped := _more(SKIPPED, hunks) or ends_early(hunks, facts.after):
        return skipped
    if facts.target is not None and (easier := expects_less(hunks, _marked(facts))):
        return easier
    old, new = _sides(ASSERTION, hunks)
    left = new.total() + fails_instead(hunks, _marked(facts))
    if not old:
        old, new = _sides(_TEST, hunks)
        left = new.total()
    return next(iter((old - new) or old)) if old.total() > left else ""


def only_deleted(facts: Facts) -> bool:
    """Whether marked code goes away and nothing takes its place.

    Imports may go, and so may definitions that the diagnostic calls unused, and what it says was
    only written to look at something.
    """
    target, marked = facts.target, _marked(facts)
    if target is not None and _TRACES.search(target.message[:_LONGEST]):
        return False
    hunks = [
        hunk
        for hunk in others(_hunks(facts), unused_lines(facts))
        if any(line in marked for line in hunk.touched)
    ]
    if any(hunk.first in marked and _written(hunk.new) for hunk in hunks):
        return False
    for hunk in hunks:
        gone = _written(hunk.old)
        if gone and not _written(hunk.new):
            lines = facts.before.index.lines
            return not are_imports(gone, lines[max(hunk.first - FARTHEST, 0) : hunk.first])
    return False


def _written(lines: Iterable[str]) -> list[str]:
    """The lines that are not blank."""
    return [line for line in lines if line.strip()]


def _hunks(facts: Facts) -> tuple[Hunk, ...]:
    return hunks_of(facts.before.index, facts.edits)


def _marked(facts: Facts) -> range:
    return range(0) if facts.target is None else facts.before.index.lines_of(facts.target.span)


def _more(pattern: re.Pattern[str], hunks: Iterable[Hunk], *, bare: bool = True) -> str:
    """The first match on new lines that is not matched as often on the old ones."""
    old, new = _sides(pattern, hunks, bare=bare)
    return next(iter(new - old), "")


def _sides(
    pattern: re.Pattern[str], hunks: Iterable[Hunk], *, bare: bool = True
) -> tuple[Counter[str], Counter[str]]:
    """What is matched on the old lines and on the new ones, and how often."""
    old: Counter[str] = Counter()
    new: Counter[str] = Counter()
    for hunk in hunks:
        old.update(_found(pattern, hunk.old, bare=bare))
        new.update(_found(pattern, hunk.new, bare=bare))
    return old, new


def _found(pattern: re.Pattern[str], lines: Iterable[str], *, bare: bool) -> list[str]:
    short = (line.rstrip("\r\n") for line in lines if len(line) <= _LONGEST)
    told = (_REMARK.sub("", _STRING.sub('""', line)) if bare else line for line in short)
    return [match[0].strip() for line in told for match in pattern.finditer(line)]
