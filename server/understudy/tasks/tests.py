"""Write tests of a symbol, into the file where the project keeps them."""

from __future__ import annotations

from understudy.tasks import Task, holds_text

TASK = Task(
    id="tests",
    title="Write tests",
    kind="refactor.rewrite.understudy.tests",
    role="testing",
    reach="selection",
    applies=holds_text,
    instruction=(
        "Write tests of the selected symbol, in the framework and the style of the project. Test "
        "what a caller sees: the usual case, the edges (empty, one, many, the borders of ranges), "
        "and the errors that the code shows. Give each test a name that says what holds. Expect "
        "only what follows from the code as it is, use no network, no clock and no sleep, and "
        "don't test what the language itself promises."
    ),
    languages=frozenset(
        {
            "python",
            "go",
            "rust",
            "typescript",
            "typescriptreact",
            "javascript",
            "javascriptreact",
            "java",
            "kotlin",
            "csharp",
            "ruby",
            "php",
            "swift",
        }
    ),
)
