"""Write tests of a symbol, into the file where the project keeps them."""

from __future__ import annotations

from understudy.context.asserting import idle_tests, replaced_name, unrelated_tests
from understudy.context.test_marks import own_copy, skipped_test
from understudy.languages import grammar_of
from understudy.tasks import Done, Task, holds_text


def _flaw(done: Done) -> str:
    """There are new tests, each of them can fail, and they use what they are to test."""
    texts = (done.before, done.after, done.language, grammar_of(done.language))
    idle = idle_tests(*texts)
    if idle is None:
        return ""
    if not idle.new:
        return "The edit brings no test."
    if idle.names:
        return f"The test `{idle.names[0]}` asserts nothing."
    if idle.weak:
        return f"The test `{idle.weak[0]}` only asserts that something is there."
    return _beside(done)


def _beside(done: Done) -> str:
    """How tests pass by what they are to test."""
    texts = (done.before, done.after, done.language, grammar_of(done.language))
    if unrelated := unrelated_tests(*texts, done.about):
        return f"The test `{unrelated[0]}` does not use `{done.about[0]}`."
    if skipped := skipped_test(done.before, done.after, texts[-1]):
        return f"A new test is never run, or may fail (`{skipped}`)."
    if copy := own_copy(done.before, done.after, texts[-1], done.about):
        return f"The tests define `{copy}` themselves instead of testing it."
    new = replaced_name(done.after, done.about)
    if new and new != replaced_name(done.before, done.about):
        return f"The tests replace `{new}` instead of testing it."
    return ""


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
