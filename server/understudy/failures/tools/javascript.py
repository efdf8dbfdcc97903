"""JavaScript and TypeScript: tsc, linters, bundlers, Node.js and test runners."""

from __future__ import annotations

from understudy.core.failures import FailureCategory as Category
from understudy.failures.line_rules import Tools, coded, says

TOOLS = Tools(
    id="javascript",
    rules=(
        coded("ts", "TS", r"(?:\berror |^)(?P<code>TS[0-9]{4,5})(?: \[ERROR\])?: "),
        says(
            Category.TYPE_ERROR, "on type '", r"^Property '.{1,200}' does not exist on type '", 0.9
        ),
        says(
            Category.TYPE_ERROR,
            "not assignable to",
            r"\b(?:Type|Argument of type) '.{1,300}' is not assignable to ",
            0.9,
        ),
        says(Category.SYNTAX_ERROR, "Parsing error", r"(?:^|\s)Parsing error: ", 0.95),
        says(
            Category.LINT_FAILURE,
            "problem",
            r"^\S{0,3} ?[0-9]{1,6} problems? \([0-9]{1,6} errors?, ",
            0.6,
        ),
        says(
            Category.LINT_FAILURE,
            "  ",
            r"^\s{0,8}[0-9]{1,7}:[0-9]{1,6}\s{1,8}(?:error|warning)\s{1,8}(?!Parsing error)\S.*\s{2,}@?[\w/-]{3,80}$",
            0.65,
        ),
        coded(
            "eslint",
            ", col ",
            r"(?:^|: )line [0-9]{1,7}, col [0-9]{1,6}, (?:Error|Warning) - .*\((?P<code>@?[\w/-]{3,80})\)$",
            0.7,
        ),
        coded(
            "eslint",
            " lint/",
            r"^\S{1,300}:[0-9]{1,7}:[0-9]{1,6} (?P<code>lint/[\w/]{2,80})\b",
            0.7,
        ),
        says(Category.LINT_FAILURE, "style issues", r"Code style issues found", 0.65),
        says(Category.SYNTAX_ERROR, "SyntaxError", r"^\[error\] .{1,300}: SyntaxError: ", 0.95),
        says(Category.SYNTAX_ERROR, "but found", r"\[ERROR\] Expected .{1,120} but found ", 0.93),
        says(
            Category.RUNTIME_ERROR,
            "JSON",
            r"^(?:Uncaught )?SyntaxError: .{0,120}(?:\bin JSON\b|JSON input|is not valid JSON)",
            0.98,
        ),
        says(
            Category.IMPORT_ERROR,
            "SyntaxError",
            r"^(?:Uncaught )?SyntaxError: (?:The requested module |Cannot use import statement|Unexpected token 'export')",
            0.97,
        ),
        says(Category.IMPORT_ERROR, "annot find", r"\bCannot find (?:module|package) '", 0.95),
        says(
            Category.IMPORT_ERROR,
            "MODULE_NOT_FOUND",
            r"\bERR_MODULE_NOT_FOUND\b|code: 'MODULE_NOT_FOUND'",
            0.94,
        ),
        says(
            Category.IMPORT_ERROR,
            "resolve",
            r"\bFailed to resolve import |Could not resolve \"|Module not found: |Can't resolve '",
            0.94,
        ),
        says(Category.IMPORT_ERROR, "404", r"^npm (?:ERR!|error) (?:code E404|404\b)", 0.9),
        says(
            Category.RUNTIME_ERROR,
            "Error",
            r"^(?:Uncaught )?(?P<code>ReferenceError|RangeError|TypeError|EvalError|URIError): ",
            0.77,
        ),
        says(Category.RUNTIME_ERROR, "Error: ", r"^(?:Uncaught )?Error: ", 0.66),
        says(
            Category.RUNTIME_ERROR,
            "E",
            r"(?:^|[\s(])(?P<code>ENOENT|EACCES|EADDRINUSE|ECONNREFUSED|ECONNRESET|ENOTFOUND|EPERM|EISDIR|EMFILE|ETIMEDOUT|EPIPE)\b",
            0.74,
        ),
        says(Category.RUNTIME_ERROR, "heap", r"JavaScript heap out of memory", 0.85),
        says(
            Category.TEST_FAILURE,
            "AssertionError",
            r"^\s{0,16}AssertionError(?: \[ERR_ASSERTION\])?: ",
            0.86,
        ),
        says(
            Category.TEST_FAILURE,
            "expect(",
            r"^\s{0,16}expect\((?:received|locator|page|jest\.fn\(\))\)",
            0.86,
        ),
        says(Category.TEST_FAILURE, "Tests", r"^\s{0,12}Tests:?\s{1,12}[0-9]{1,6} failed", 0.84),
        says(Category.TEST_FAILURE, " failing", r"^\s{0,8}[0-9]{1,6} failing\b", 0.84),
        says(Category.TEST_FAILURE, "FAIL ", r"^\s{0,4}FAIL {1,3}\S{1,300}\.[cm]?[jt]sx?\b", 0.82),
        says(
            Category.TIMEOUT,
            "imeout",
            r"\b(?:Exceeded timeout of|Timeout of|Test timeout of|Hook timeout of) [0-9]{1,9} ?ms\b",
            0.93,
        ),
        says(Category.TIMEOUT, "timed out in", r"\bTest timed out in [0-9]{1,9}ms", 0.93),
    ),
)
