"""Failures that an edit catches and drops, so that nobody hears of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.changed_part import equal_ends
from understudy.core.lines import split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.engine.evidence import Facts

_MOST = 100_000
"""It is looked for in changes of so many characters."""
_NEAR = 20
"""So many lines before and after a change may be part of it."""
_NOTHING = (
    r"(?:null|undefined|void 0|None|nil|NaN|-?\d[\d_.]*|true|false|True|False|''|\"\"|``|\[\s*\]|\{\s*\}"
    r"|\(\{\s*\}\)|\(\))"
)
"""A value that says nothing of what happened."""
_CATCH = r"\bcatch\s*(?:\([^\n)]{0,200}\)\s*)?\{\s*"
_DROPPED = re.compile(
    r"\bexcept\b(?P<caught>[^\n:]{0,200}):\s*(?:pass|\.\.\.)[ \t]*$"
    r"|\bsuppress\((?P<suppressed>[^\n]{1,200})\)\s*:"
    rf"|{_CATCH}(?://[^\n]{{0,200}}\s*)?\}}"
    rf"|\.catch\(\s*(?:(?:async\s*)?(?:\([ \t]{{0,20}}\w*[ \t]{{0,20}}\)|\w+)\s*=>\s*(?:\{{\s*\}}|{_NOTHING})\s*|(?:\w+\.)?noop\s*)\)"
    r"|\.catch\(\s*function\s*\([ \t]{0,20}\w*[ \t]{0,20}\)\s*\{\s*\}\s*\)",
    re.MULTILINE,
)
_GIVEN_BACK = re.compile(
    rf"{_CATCH}(?:return(?:\s+{_NOTHING})?|break|continue)\s*;?\s*\}}"
    r"|\bexcept(?P<caught>[ \t]*|\s+(?:Base)?Exception\b[^\n:]{0,100}):\s*"
    rf"(?:return(?:[ \t]+{_NOTHING})?|break|continue)[ \t]*$",
    re.MULTILINE,
)
"""Whatever fails, the same is given back: no mend of what a tool found."""
_ERROR = r"\b(?:\w{0,40}[eE]rr\w{0,40}|e)\s*"
_LINE = r"[^\n]{0,200}"
_NO_GO = r"(?:nil|0|\"\"|false|[\w.\[\]*]*\{\})"
_NO_FAILURE = (
    r"\b(?:err\s*==\s*|errors\.Is\(\s*err\s*,\s*)"
    r"(?:io\.EOF|sql\.ErrNoRows|(?:os|fs)\.ErrNotExist|http\.ErrServerClosed|net\.ErrClosed)\b"
)
"""Errors of Go that only say that something has ended or is not there."""
_SENT = r"\b\w{0,40}(?:tx|sender|channel)\.send\([^\n]{0,200}\)(?:\.await)?\.is_err\(\)"
"""In Rust: nobody listens to a channel any more."""
_OWN = {
    "go": re.compile(
        rf"{_ERROR}!=\s*nil\s*\{{\s*return\b{_LINE}\bnil[ \t]*$|!=\s*nil\s*\{{\s*\}}"
        rf"|(?:\A|^(?!{_LINE}{_NO_FAILURE}{_LINE}\{{[ \t]*$)[^\n]*\n)[ \t]*err[ \t]*=[ \t]*nil[ \t]*$"
        rf"|{_ERROR}!=\s*nil\s*\{{\s*(?:(?!\w+\.[\w.]+\s*=\s*false\b)[\w.]+(?:,\s*[\w.]+)*\s*=\s*{_NO_GO}(?:,\s*{_NO_GO})*\s*)+\}}"
        rf"|{_ERROR}==\s*nil\s*\{{\s*return\b{_LINE},\s*nil\s*\}}\s*(?:else\s*\{{\s*)?return\b{_LINE},\s*nil[ \t]*$",
        re.MULTILINE,
    ),
    "rust": re.compile(
        rf"^(?!{_LINE}{_SENT}\s*\{{\s*break\b)[^\n]*\bis_err\(\)\s*\{{\s*(?:break|continue)\b"
        r"|\bErr\(\s*(?:_\w*|\.\.)\s*\)\s*=>\s*(?:\{\s*\}|\(\))"
        rf"|\bOk\([^\n]{{0,100}}=>{_LINE}\n\s*_\s*=>\s*(?:\{{\s*\}}|\(\))"
        r"|\.or\(\s*Ok\(|\.or_else\(\s*\|\s*_\w*\s*\|\s*Ok\(",
        re.MULTILINE,
    ),
    "ruby": re.compile(rf"\brescue\s+{_NOTHING}[ \t]*$|\brescue\b{_LINE}\n\s*end\b", re.MULTILINE),
    "swift": re.compile(r"(?<![.\w])try\?\s"),
    "shellscript": re.compile(r"\|\|\s*(?:true|:)[ \t]*;?[ \t]*$", re.MULTILINE),
}
"""What only one language has."""
_IS_ABOUT_IT = re.compile(
    r"\bS11[02]\b|\bno-empty\b|\bdetected, consider logging|\b(?i:handle this exception)|\b[Ee]mpty catch"
)
"""A diagnostic that finds fault with just that."""
_WORD = re.compile(r"[^\W\d][\w.]*")
_EVERYTHING = frozenset({"Exception", "BaseException"})


class _Drop(NamedTuple):
    """A failure that is dropped: as it is written, and the failures it names; none for all."""

    text: str
    caught: frozenset[str]


def swallowed(facts: Facts) -> str:
    """The first place where a failure is dropped that was not dropped before; empty for none.

    Another way to drop the same is none, unless the diagnostic is about just that.
    """
    before, after = _changed(facts.before.text, facts.after)
    if max(len(before), len(after)) > _MOST:
        return ""
    language, target = facts.before.language, facts.target
    patterns = [_DROPPED, *filter(None, (_OWN.get(language),))]
    if target is not None:
        patterns.append(_GIVEN_BACK)
    for pattern in patterns:
        old, new = list(_drops(pattern, before)), list(_drops(pattern, after))
        is_sought = target is not None and _IS_ABOUT_IT.search(f"{target.code} {target.message}")
        if found := next(_come(old, new, strictly=is_sought is not None), ""):
            return " ".join(found.split())
    return ""


def _changed(before: str, after: str) -> tuple[str, str]:
    """What differs between two texts, with some lines around it."""
    old, new = map(split_lines, (before, after))
    head, tail = equal_ends(old, new)
    start, rest = max(head - _NEAR, 0), max(tail - _NEAR, 0)
    was, now = ("".join(lines[start : len(lines) - rest]) for lines in (old, new))
    return was, now


def _drops(pattern: re.Pattern[str], text: str) -> Iterator[_Drop]:
    for found in pattern.finditer(text):
        named = " ".join(one for one in found.groupdict("").values() if one)
        words = _WORD.findall(named.partition(" as ")[0])
        yield _Drop(found[0], frozenset(words) - _EVERYTHING)


def _come(old: list[_Drop], new: list[_Drop], *, strictly: bool) -> Iterator[str]:
    """The texts of what is new; strictly, every other way of writing it is."""
    left = list(old)
    for one in list(new):
        same = next((was for was in left if was.text == one.text), None)
        if same is None:
            continue
        left.remove(same)
        new.remove(one)
    for one in new:
        was = None if strictly else next((was for was in left if _covers(was, one)), None)
        if was is None:
            yield one.text
        else:
            left.remove(was)


def _covers(was: _Drop, now: _Drop) -> bool:
    """Whether what is dropped now was dropped before."""
    return not was.caught or (bool(now.caught) and now.caught <= was.caught)
