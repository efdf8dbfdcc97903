"""Names that a message itself proposes: "Cannot find name 'lst'. Did you mean 'list'?"."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from understudy.core.text import Edit, Span
from understudy.fixers import Fixer, Problem, Proposal, about

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPEN = "['\"`\u2018\u201c]"
_CLOSE = "['\"`\u2019\u201d]"
_QUOTED = re.compile(f'{_OPEN}(?P<name>"[^"]*"|[^\'"`\u2018\u2019\u201c\u201d\\s]+){_CLOSE}')

# tsc, gcc, clang, mypy, rustc, CPython, shellcheck: "did you mean (to use|the static member) 'x'?"
# rustc: "a local variable with a similar name exists: `x`", "similarly named struct `x` defined"
# mypy, pylint: "maybe 'x'?", "maybe 'x' or 'y'?"
_LEAD = re.compile(
    r"\bdid you mean(?: to (?:use|write))?(?: the (?:instance|static) member)?:? (?=['\"`\u2018\u201c])"
    r"|\bsimilar name exists:? (?=`)|\bsimilarly named [\w ]+ (?=`)"
    r"|\bmaybe (?=['\"`\u2018\u201c])",
    re.IGNORECASE,
)
_MORE = re.compile(r",? or |, ")
# The Go compiler ends with what a type or package does have: "(…, but does have method Run)".
_GO = re.compile(r"\bbut (?:does )?have (?:(?:field|method) )?(?P<new>\w+)\)")
_GO_OLD = re.compile(r"undefined: (?P<name>[\w.]+)|no field or method (?P<member>\w+)")
# Ruby writes the names without quotes, on a line of their own.
_RUBY = re.compile(r"\bDid you mean\?\s+(?P<new>[\w@$:]+[?!]?)")
_NAME = re.compile(r"[@$]*[\w$]+(?:(?:\.|::|->)[\w$]+)*[?!]?")
_LITERAL = re.compile(r"\"[^\"]*\"")
_OPERATOR = re.compile(r"[-=<>.:!&|+*]{1,3}")
# The head of an import up to one of its names, over several lines only within brackets.
_IN_IMPORT = re.compile(
    r"^[ \t]*(?:import|from|(?:pub )?use)\b[^;(){}=\n]*(?:[({][^;(){}=]*)?\Z", re.MULTILINE
)
_REACH = 2_000
_MIN_LIKENESS = 0.5


def propose(problem: Problem) -> Iterator[Proposal]:
    """Put the proposed name where the wrong one stands.

    That is what the diagnostic marks when it marks one name, else the one place inside the mark
    where a name of the message stands, else, for string literals, the one on the line. A wrong
    name in an import is wrong wherever the file uses it, so these places come along first.
    """
    message = problem.diagnostic.message
    found = _suggested(message)
    if found is None:
        return
    new_names, head = found
    for new in new_names:
        span = _target(problem, new, _named(head))
        old = span.of(problem.view.text) if span else ""
        if span is None or old == new:
            continue
        why = f"`{old}` is probably meant to be `{new}`."
        uses = _other_uses(problem.view.text, span)
        if uses:
            yield Proposal((Edit(span, new), *(Edit(use, new) for use in uses)), why)
        yield Proposal((Edit(span, new),), why, rank=1.5 if uses else 1.0)


def _suggested(message: str) -> tuple[tuple[str, ...], str] | None:
    """The proposed names, and the message up to them."""
    for pattern in (_GO, _RUBY):
        plain = pattern.search(message)
        if plain is not None:
            return (plain["new"],), message[: plain.start()]
    lead = _LEAD.search(message)
    if lead is None:
        return None
    names = []
    quoted = _QUOTED.match(message, lead.end())
    while quoted is not None:
        names.append(quoted["name"])
        more = _MORE.match(message, quoted.end())
        quoted = _QUOTED.match(message, more.end()) if more else None
    return tuple(filter(_usable, names)), message[: lead.start()]


def _usable(name: str) -> bool:
    return any(shape.fullmatch(name) for shape in (_NAME, _LITERAL, _OPERATOR))


def _named(head: str) -> list[str]:
    """What the message speaks about before it proposes something; of `a.b`, also `b`."""
    names = [match["name"] for match in _QUOTED.finditer(head)]
    names += [match["name"] or match["member"] for match in _GO_OLD.finditer(head)]
    last_parts = [name.rpartition(".")[2].rpartition("::")[2] for name in names]
    return list(dict.fromkeys(filter(None, names + last_parts)))


def _target(problem: Problem, new: str, named: list[str]) -> Span | None:
    text, marked = problem.view.text, _word_at(problem)
    shown = marked.of(text)
    if _OPERATOR.fullmatch(new):
        return marked if _OPERATOR.fullmatch(shown) else None
    if _LITERAL.fullmatch(new):
        return _one_place(text, problem.view.index.line_span(_line(problem)), named, new)
    if shown in named:
        return marked
    if _NAME.fullmatch(shown) and not ("." in shown or "::" in shown):
        return None
    return _one_place(text, marked, named, new)


def _other_uses(text: str, span: Span) -> list[Span]:
    """Where else the file has the name that an import brings in under it; none outside imports.

    What stands behind a dot or beside a quote is another name.
    """
    old = span.of(text)
    if not _IN_IMPORT.search(text[max(0, span.start - _REACH) : span.start]):
        return []
    if re.match(r"\s+as\b", text[span.end : span.end + 20]):
        return []
    use = re.compile(rf"(?<![\w$.'\"`]){re.escape(old)}(?![\w$'\"`])")
    found = [Span(*match.span()) for match in use.finditer(text)]
    return [other for other in found if not other.touches(span)]


def _line(problem: Problem) -> int:
    return problem.view.index.line_of(problem.diagnostic.span.start)


def _word_at(problem: Problem) -> Span:
    """What the diagnostic marks; the word that starts there when it marks only a place."""
    span = problem.diagnostic.span
    if len(span):
        return span
    word = re.compile(r"[\w$]+").match(problem.view.text, span.start)
    return Span(*word.span()) if word else span


def _one_place(text: str, within: Span, named: list[str], new: str) -> Span | None:
    """The only place of the name that is most like the new one; None when that is not clear."""
    places: list[tuple[float, Span]] = []
    for name in named:
        likeness = SequenceMatcher(None, name, new).ratio()
        pattern = re.compile(rf"(?<![\w$]){re.escape(name)}(?![\w$])")
        found = [Span(*match.span()) for match in pattern.finditer(text, within.start, within.end)]
        if name != new and likeness >= _MIN_LIKENESS:
            places += [(likeness, span) for span in found]
    best = max((likeness for likeness, _ in places), default=0.0)
    spans = {span for likeness, span in places if likeness == best}
    return spans.pop() if len(spans) == 1 else None


FIXER = Fixer(
    id="did_you_mean_message",
    matches=about(
        message=r"did you mean|similar name exists|similarly named|\bmaybe ['\"\u2018\u201c]"
        r"|but (?:does )?have "
    ),
    propose=propose,
    languages=None,
)
