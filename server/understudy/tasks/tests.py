"""Write tests of a symbol, into the file where the project keeps them."""

from __future__ import annotations

from understudy.context.asserting import idle_tests
from understudy.languages import grammar_of
from understudy.tasks import Done, Task, holds_text


def _flaw(done: Done) -> str:
    """There are new tests, and each of them can fail."""
    idle = idle_tests(done.before, done.after, done.language, grammar_of(done.language))
    if idle is None:
        return ""
    if not idle.new:
        return "The edit brings no test."
    return f"The test `{idle.names[0]}` asserts nothing." if idle.names else ""


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
    flaw=_flaw,
)
