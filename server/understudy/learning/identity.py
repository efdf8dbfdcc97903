"""When two lessons are the same, and when they are merely alike."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

from understudy.failures.fingerprint import fingerprint, template
from understudy.learning.lesson import MEASURED
from understudy.learning.matching import covers
from understudy.learning.templates import is_ours

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.learning.lesson import Lesson, Trigger

_ALIKE = 90.0
"""Of 100: how alike the words of two lessons are that are offered for merging."""
_DIGITS = 16
_BEFORE_WORDS, _BEHIND_WORDS = "\"'`([{\u2018\u201c", "\"'`)]}.,;:!?\u2026\u2019\u201d"
_WORD = re.compile(r"\w")


def trigger_print(trigger: Trigger) -> str:
    """What tells the failure of one trigger from others, by the rules of all failures.

    Where a tool gave a code that says everything, the code alone counts; `fingerprint` sees to that
    when there is no text.
    """
    if trigger.code:
        bare = fingerprint(trigger.category, "", trigger.code, "")
        own = fingerprint(trigger.category, "", trigger.code, "another text")
        if bare == own or not trigger.fingerprint:
            return bare
    return trigger.fingerprint


def identity(lesson: Lesson) -> str:
    """Sixteen hexadecimal digits: equal for lessons of which one is enough.

    It is made of the failure (category, and code or normalised message), what it was about, the
    language, and the kind of remedy. Case, numbers, quotations and places make no difference. Where
    the words are all that there is, see `is_told_by_words`, they and the whole scope count.
    """
    trigger, scope = lesson.trigger, lesson.scope
    parts = [
        trigger.category.value,
        trigger_print(trigger),
        _symbol(trigger.symbol),
        scope.language.casefold(),
        lesson.remedy.kind,
    ]
    if is_told_by_words(lesson):
        parts += [one.casefold() for one in (scope.provider, scope.model, scope.task)]
        parts += [scope.path_glob, plain_words(lesson.remedy.body)]
    return _digest(parts)


def is_told_by_words(lesson: Lesson) -> bool:
    """Whether nothing but its words and its scope tells a lesson from others.

    That is so for one that names no code, message or symbol, unless it was learned from runs or has
    the words that Understudy has for such a failure: these are about all failures of their category.
    """
    trigger, remedy = lesson.trigger, lesson.remedy
    if trigger.code or trigger.fingerprint or trigger.symbol:
        return False
    if lesson.source == MEASURED or lesson.attempts:
        return False
    return remedy.kind != "prompt_fragment" or not is_ours(remedy, trigger, lesson.scope)


def plain_words(text: str) -> str:
    """A text without the case of its letters, the width of its blanks and the marks of its sentences.

    Signs within words and between them stay: `==` is no `!=`, and `os.path` no `os path`.
    """
    plain = unicodedata.normalize("NFKC", text).replace("\u2019", "'").casefold()
    return " ".join(map(_bare, plain.split()))


def _bare(chunk: str) -> str:
    if not _WORD.search(chunk):
        return chunk
    return chunk.lstrip(_BEFORE_WORDS).rstrip(_BEHIND_WORDS)


def digest(lesson: Lesson) -> str:
    """Sixteen hexadecimal digits of all that a person agrees to: where it counts, and what it does."""
    scope, trigger, remedy = lesson.scope, lesson.trigger, lesson.remedy
    return _digest(
        (
            *(scope.model, scope.provider, scope.language, scope.task, scope.path_glob),
            *(trigger.category.value, trigger.code, trigger.fingerprint, trigger.symbol),
            *(remedy.kind, remedy.body),
        )
    )


def remedy_digest(lesson: Lesson) -> str:
    """Sixteen hexadecimal digits of what is done: evidence for other words says nothing of these."""
    return _digest((lesson.remedy.kind, lesson.remedy.body))


def near(lesson: Lesson, others: Iterable[Lesson]) -> tuple[Lesson, ...]:
    """Other lessons that could be the same: for a person to merge, never merged unasked.

    None of them are those that are over, and those that count where this one does not while it counts
    where they do not: with either, the other place would be lost.
    """
    from rapidfuzz.fuzz import ratio

    if lesson.is_over:
        return ()
    own = identity(lesson)
    found = []
    for other in others:
        if identity(other) == own or other.remedy.kind != lesson.remedy.kind:
            continue
        if other.trigger.category is not lesson.trigger.category or other.is_over:
            continue
        if not covers(other.scope, lesson.scope) and not covers(lesson.scope, other.scope):
            continue
        if ratio(template(other.remedy.body), template(lesson.remedy.body)) >= _ALIKE:
            found.append(other)
    return tuple(found)


def including(lesson: Lesson, others: Iterable[Lesson]) -> Lesson | None:
    """The lesson that says the same in the same words, wherever this one counts; None without one."""
    return next((other for other in others if _includes(other, lesson)), None)


def _includes(other: Lesson, lesson: Lesson) -> bool:
    ours, theirs = lesson.trigger, other.trigger
    return (
        other.remedy.kind == lesson.remedy.kind
        and theirs.category is ours.category
        and trigger_print(theirs) == trigger_print(ours)
        and _symbol(theirs.symbol) == _symbol(ours.symbol)
        and covers(other.scope, lesson.scope)
        and plain_words(other.remedy.body) == plain_words(lesson.remedy.body)
    )


def _symbol(text: str) -> str:
    """A module or name without quotation marks and the case of its letters; paths with `/`."""
    return text.strip().strip("'\"`").replace("\\", "/").casefold()


def _digest(parts: Iterable[str]) -> str:
    key = "\0".join(parts)
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
