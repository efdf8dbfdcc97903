"""Write or renew the documentation of a symbol."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from understudy.context.bare_code import bare
from understudy.context.directives import is_read_by_tools
from understudy.context.note_words import left_to_do, says_nothing
from understudy.languages import grammar_of
from understudy.tasks import Done, Task, holds_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.context.bare_code import Bare

_COMMENT = ("#", "/", "-", ";", "%", "<")


def _flaw(done: Done) -> str:
    """Documentation says more than before, and the code does what it did."""
    grammar = grammar_of(done.language)
    before, after = bare(done.before, grammar), bare(done.after, grammar)
    if before is None or after is None:
        return ""
    if [one.text for one in before.code] != [one.text for one in after.code]:
        return "The edit was to document, and changes code."
    was, now = Counter(_directives(before.notes)), Counter(_directives(after.notes))
    if was != now:
        told = next(iter((now - was) or (was - now)))[:80]
        return f"The edit was to document, and changes what tools read (`{told}`)."
    names = _defined(after)
    added = [note for note in Counter(after.notes) - Counter(before.notes) if note not in now]
    if all(says_nothing(note, names) for note in added):
        return "The edit documents nothing."
    left = next(filter(None, (left_to_do(note, done.before) for note in added)), "")
    return f"The edit leaves documentation to be written (`{left}`)." if left else ""


def _directives(notes: Iterable[str]) -> list[str]:
    return [note for note in notes if note.startswith(_COMMENT) and is_read_by_tools(note)]


def _defined(code: Bare) -> set[str]:
    """The names of functions and types, which a reader sees beside their documentation."""
    marks = ("function", "method", "class", "struct", "type_spec", "interface", "enum", "trait")
    return {
        one.text
        for one in code.code
        if one.is_name and any(mark in one.above for mark in marks) and "param" not in one.above
    }


TASK = Task(
    id="document",
    title="Document",
    kind="refactor.rewrite.understudy.document",
    role="documentation",
    reach="selection",
    applies=holds_text,
    instruction=(
        "Write the documentation comment of the selected symbol in the form that the language "
        "and this file use (docstring, JSDoc, rustdoc, Go doc comment, Javadoc). Say what a "
        "reader of the signature cannot see: meaning, units, errors, side effects. Be short "
        "and exact, claim nothing that the code does not show, and change no code."
    ),
    flaw=_flaw,
)
