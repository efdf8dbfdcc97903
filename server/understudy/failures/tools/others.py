"""C#, Swift, Kotlin, PHP and Deno: the words that differ from those of their relatives."""

from __future__ import annotations

from understudy.core.failures import FailureCategory as Category
from understudy.failures.line_rules import Tools, coded, says

_KOTLIN = (
    r"^e: (?:file://)?\S.{0,300}?\.kts?:"
    r"(?: ?\([0-9]{1,7}, [0-9]{1,6}\):|[0-9]{1,7}:[0-9]{1,6}:?) "
)

TOOLS = Tools(
    id="others",
    rules=(
        coded("csharp", "CS", r"\berror (?P<code>CS[0-9]{4}): "),
        says(
            Category.TYPE_ERROR,
            "in scope",
            r"(?:^|: )error: cannot find .{1,200} in scope\b",
            0.92,
        ),
        says(
            Category.IMPORT_ERROR,
            "no such module",
            r"(?:^|: )error: no such module '",
            0.94,
        ),
        says(Category.TEST_FAILURE, ": XCT", r"\berror: .{1,300} : XCT\w{1,60} failed\b", 0.86),
        says(Category.TYPE_ERROR, "nresolved reference", r"\berror: unresolved reference", 0.92),
        says(Category.TYPE_ERROR, "nresolved reference", _KOTLIN + r"Unresolved reference", 0.92),
        says(Category.TYPE_ERROR, "e: ", _KOTLIN, 0.6),
        says(
            Category.SYNTAX_ERROR,
            "e: ",
            _KOTLIN + r"(?:Syntax error|Expecting |Unexpected tokens)",
            0.95,
        ),
        says(Category.TEST_FAILURE, "Failed!", r"^Failed!\s{1,4}-\s{1,4}Failed:\s{1,9}[1-9]", 0.85),
        says(
            Category.TEST_FAILURE,
            "Assertions: ",
            r"^Tests: [0-9]{1,7}, Assertions: [0-9]{1,7},.{0,60}? (?:Failures|Errors): [1-9]",
            0.84,
        ),
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
