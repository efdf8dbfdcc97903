"""Go: the compiler, vet and the test runner."""

from __future__ import annotations

from understudy.core.failures import FailureCategory as Category
from understudy.failures.line_rules import Tools, says

_AT = r"^(?:vet: )?(?:\S{1,300}\.go:[0-9]{1,7}(?::[0-9]{1,6})?: )?"

TOOLS = Tools(
    id="go",
    rules=(
        says(
            Category.SYNTAX_ERROR,
            "syntax error",
            r"^\S{1,300}\.go:[0-9]{1,7}(?::[0-9]{1,6})?: syntax error: ",
            0.95,
        ),
        says(Category.SYNTAX_ERROR, "expected ", _AT + r"expected .{1,60}, found ", 0.93),
        says(
            Category.IMPORT_ERROR,
            "package",
            _AT
            + r"(?:no required module provides package |package \S{1,200} is not in (?:std|GOROOT)|cannot find (?:package |module providing package )|could not import )",
            0.95,
        ),
        says(
            Category.IMPORT_ERROR,
            "module",
            r"^go: .{0,200}(?:module .{1,200}: not found|unknown revision|no matching versions)",
            0.92,
        ),
        says(
            Category.TYPE_ERROR,
            "undefined",
            _AT + r"(?:undefined: |\S{1,120} undefined \(type )",
            0.92,
        ),
        says(
            Category.TYPE_ERROR,
            "not used",
            _AT
            + r"(?:declared and not used: |\S{1,120} declared (?:and|but) not used|\"\S{1,200}\" imported (?:as \w{1,80} )?and not used)",
            0.92,
        ),
        says(
            Category.TYPE_ERROR,
            "",
            _AT
            + r"(?:cannot use |missing return$|not enough arguments in |too many arguments in |assignment mismatch: |invalid operation: |cannot (?:convert|assign|infer|range) |impossible type |invalid argument: |\S{1,80} redeclared in this block)",
            0.9,
        ),
        says(
            Category.LINT_FAILURE,
            ".go:",
            r"^(?:vet: )?\S{1,300}\.go:[0-9]{1,7}:[0-9]{1,6}: (?:\S{1,60} (?:format|call has|arg list ends)|unreachable code|self-assignment|result of .{1,80} call not used)",
            0.7,
        ),
        # golangci-lint names the linter behind its message.
        says(
            Category.LINT_FAILURE,
            ".go:",
            r"^\S{1,300}\.go:[0-9]{1,7}:[0-9]{1,6}: .*\((?!typecheck\))[a-z]{3,20}\)$",
            0.6,
        ),
        says(Category.RUNTIME_ERROR, "panic: ", r"^panic: (?!test timed out)", 0.77),
        says(
            Category.RUNTIME_ERROR,
            "fatal error",
            r"^fatal error: (?:all goroutines|runtime|concurrent|stack overflow|out of memory)",
            0.8,
        ),
        says(Category.TIMEOUT, "test timed out", r"^panic: test timed out after ", 0.94),
        says(Category.TEST_FAILURE, "FAIL", r"^\s{0,12}--- FAIL: ", 0.85),
        says(Category.TEST_FAILURE, "FAIL", r"^FAIL\s\S{1,200}\s[0-9.]{1,12}s$", 0.8),
    ),
)
