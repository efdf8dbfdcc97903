"""C#, Swift, Kotlin, PHP and Deno: the words that differ from those of their relatives."""

from __future__ import annotations

from understudy.core.failures import FailureCategory as Category
from understudy.failures.line_rules import Tools, coded, says

TOOLS = Tools(
    id="others",
    rules=(
        coded("csharp", "CS", r"\berror (?P<code>CS[0-9]{4}): "),
        says(
            Category.TYPE_ERROR,
            "cannot find",
            r"^\S{1,300}\.swift:[0-9]{1,7}:[0-9]{1,6}: error: cannot find ",
            0.92,
        ),
        says(
            Category.IMPORT_ERROR,
            "no such module",
            r"^\S{1,300}\.swift:[0-9:]{1,15}: error: no such module ",
            0.94,
        ),
        says(Category.TYPE_ERROR, "nresolved reference", r"\berror: unresolved reference", 0.92),
        says(Category.SYNTAX_ERROR, "arse error", r"^(?:PHP )?Parse error:\s{1,4}", 0.95),
        says(Category.RUNTIME_ERROR, "Fatal error", r"^(?:PHP )?Fatal error:\s{1,4}", 0.77),
        says(
            Category.IMPORT_ERROR,
            "odule",
            r"^error: (?:Module not found|Unable to resolve path to module) ",
            0.94,
        ),
    ),
)
