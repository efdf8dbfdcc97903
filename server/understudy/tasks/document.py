"""Write or renew the documentation of a symbol."""

from __future__ import annotations

from understudy.tasks import Task, holds_text

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
)
