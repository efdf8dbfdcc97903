"""Write or renew the documentation of a symbol."""

from __future__ import annotations

from collections import Counter

from understudy.context.bare_code import bare
from understudy.languages import grammar_of
from understudy.tasks import Done, Task, holds_text


def _flaw(done: Done) -> str:
    """Documentation says more than before, and the code does what it did."""
    grammar = grammar_of(done.language)
    before, after = bare(done.before, grammar), bare(done.after, grammar)
    if before is None or after is None:
        return ""
    if [one.text for one in before.code] != [one.text for one in after.code]:
        return "The edit was to document, and changes code."
    added = Counter(after.notes) - Counter(before.notes)
    if not any(any(map(str.isalpha, note)) for note in added):
        return "The edit documents nothing."
    return ""


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
