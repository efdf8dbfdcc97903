"""Rules of a fragment that speak against others that may stand in the same prompt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.text import Span
from understudy.prompt.choosing import matches
from understudy.prompt.keys import ALL_OF
from understudy.prompt.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.prompt.fragment import Fragment
    from understudy.prompt.impossible import World
    from understudy.prompt.layers import Library

_SENTENCE = re.compile(r"[^.\n]+")
_CONTRADICTIONS: tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...] = tuple(
    (re.compile(one, re.IGNORECASE), re.compile(other, re.IGNORECASE), what)
    for one, other, what in (
        (
            r"\b(no|without|don't|do not|never)\b[^.\n]{0,40}\b(think|reason)(ing)?\b"
            r"(?![^.\n]{0,20}\bless)",
            r"<think(ing)?>|\bthink step by step|\bthink aloud",
            "one says that nothing is thought aloud, the other asks for it",
        ),
        (
            r"\b(no|without|(?:never|don't|do not) use)\b[^.\n]{0,20}\b(code )?(fences|fenced)",
            r"\bexactly one fenced block|\bin (a|one) fenced block",
            "one forbids fences, the other asks for one",
        ),
        (
            r"\bone JSON object and nothing else",
            r"\banswer in markdown|\bexactly one fenced block",
            "one asks for JSON alone, the other for something else",
        ),
        (
            r"\b(only|just) the (changed|new) (lines|part)",
            r"\b(the )?whole (new )?(file|text)\b[^.\n]{0,60}\bnothing may be left out",
            "one asks for changed lines only, the other for all of them",
        ),
    )
)


def contradictions(fragment: Fragment, library: Library, world: World) -> Iterator[Trouble]:
    """What contradicts something else in the file, another fragment, or the form of the answer."""
    words = fragment.text[fragment.body :]
    others = [("itself", words)]
    others += [
        (f"the fragment `{other.id}`", other.text[other.body :])
        for other in library.all()
        if other.id != fragment.id and other.slot and not _is_apart(fragment, other)
    ]
    others += [
        (f"the rules of the edit format `{name}`", rules)
        for name, rules in sorted(world.rules.items())
        if _asks_for_edits(fragment, name, world)
    ]
    for other, theirs in others:
        for first, second, what in _CONTRADICTIONS:
            found = _clash(words, theirs, first, second)
            if found is not None:
                span = Span(fragment.body + found.start(), fragment.body + found.end())
                message = f"This contradicts {other}: {what}."
                yield Trouble(span, message, "warning", "contradiction")


def _asks_for_edits(fragment: Fragment, edit_format: str, world: World) -> bool:
    """Whether a fragment can be in a prompt whose answer has this form."""
    when = fragment.when
    tasks = [task for task in world.asks if matches(when.get("taskKind", ()), frozenset({task}))]
    asked = {one for task in tasks for one in world.asks[task]} - {"words"}
    return any(matches(when.get("asks", ()), frozenset({one})) for one in asked) and matches(
        when.get("editFormat", ()), frozenset({edit_format})
    )


def _clash(
    words: str, theirs: str, first: re.Pattern[str], second: re.Pattern[str]
) -> re.Match[str] | None:
    """What is said in `words` against what `theirs` say."""
    found = first.search(words)
    if found is not None and second.search(_without(first, theirs)):
        return found
    found = second.search(_without(first, words))
    return found if found is not None and first.search(theirs) else None


def _without(rule: re.Pattern[str], text: str) -> str:
    """A text with blanks for the sentences that hold a rule: they may name what they forbid."""
    return _SENTENCE.sub(
        lambda found: " " * len(found[0]) if rule.search(found[0]) else found[0], text
    )


def _is_apart(one: Fragment, other: Fragment) -> bool:
    """Whether two fragments are never in one prompt."""
    if other.id in one.conflicts or one.id in other.conflicts:
        return True
    return any(
        key not in ALL_OF and _exclude(wanted, other.when.get(key, ()))
        for key, wanted in one.when.items()
    )


def _exclude(wanted: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether no value is in both lists, as far as both name values."""
    both = (*wanted, *theirs)
    if not wanted or not theirs or any(mark in value for value in both for mark in "!*?["):
        return False
    return not set(wanted) & set(theirs)
