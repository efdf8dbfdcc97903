"""Python: the interpreter, type checkers, linters, pytest and unittest."""

from __future__ import annotations

from understudy.core.failures import FailureCategory as Category
from understudy.failures.line_rules import Tools, coded, says

_AT = r"^(?:E\s{1,8})?"
_RUFF = r"(?P<code>[A-Z]{1,6}[0-9]{2,4}|[a-z][a-z0-9]{0,30}(?:-[a-z0-9]{1,30}){1,9})"
_NAME = r"(?:[A-Za-z_]\w{0,60}\.){0,6}"

TOOLS = Tools(
    id="python",
    rules=(
        says(
            Category.SYNTAX_ERROR,
            "Error",
            _AT + r"(?P<code>SyntaxError|IndentationError|TabError): ",
            0.96,
        ),
        says(
            Category.IMPORT_ERROR,
            "Error",
            _AT + r"(?P<code>ModuleNotFoundError|ImportError)\b",
            0.95,
        ),
        says(
            Category.IMPORT_ERROR,
            "importing test module",
            r"^ImportError while importing test module",
            0.95,
        ),
        says(Category.TEST_FAILURE, "AssertionError", _AT + _NAME + r"AssertionError\b", 0.86),
        says(Category.TEST_FAILURE, "assert ", r"^E\s{1,8}assert ", 0.85),
        says(
            Category.TEST_FAILURE, "FAILED", r"^FAILED (?:\S{1,300}::|\((?:failures|errors)=)", 0.84
        ),
        says(Category.TEST_FAILURE, "FAIL: ", r"^FAIL: \w{1,120} \(", 0.84),
        says(Category.TEST_FAILURE, " failed", r"^=* ?[0-9]{1,6} failed\b", 0.84),
        says(Category.TEST_FAILURE, "Failed: ", r"^E\s{1,8}Failed: (?!Timeout)", 0.85),
        says(
            Category.TIMEOUT, "Timeout", _AT + _NAME + r"(?P<code>Timeout(?:Error|Expired))\b", 0.92
        ),
        says(Category.TIMEOUT, "Failed: Timeout", r"^(?:E\s{1,8})?Failed: Timeout\b", 0.93),
        says(
            Category.RUNTIME_ERROR,
            "Error",
            _AT
            + _NAME
            + r"(?!(?:Syntax|Indentation|Tab|Import|ModuleNotFound|Assertion|Timeout)Error\b|Parse)"
            r"(?P<code>[A-Z]\w{0,60}Error)(?:: |$)",
            0.76,
        ),
        says(
            Category.RUNTIME_ERROR,
            "",
            _AT
            + _NAME
            + r"(?P<code>KeyboardInterrupt|StopIteration|SystemExit|[A-Z]\w{0,60}(?:Exception|Warning))(?:: |$)",
            0.7,
        ),
        coded(
            "pyright",
            "report",
            r"^\s{2,}(?!.* - (?:warning|error): ).*\((?P<code>report[A-Z]\w{2,60})\)$",
        ),
        coded("pyright", "report", r" - error: .*\((?P<code>report[A-Z]\w{2,60})\)$"),
        coded("pyright", "report", r" - warning: .*\((?P<code>report[A-Z]\w{2,60})\)$", 0.6),
        says(
            Category.SYNTAX_ERROR,
            " - error: ",
            r"^\s{0,8}\S{1,400}\.pyi?:[0-9]{1,7}:[0-9]{1,6} - error: (?:Expected |Unexpected |Unindent|Unterminated |Invalid (?:expression|character|number)|String literal is|Statements must|\"[(\[{]\" was not closed|Dictionary entries|.* not (?:allowed|supported) in this context$)(?!.*\(report\w{1,60}\)$)",
            0.8,
        ),
        coded(
            "ruff",
            ":",
            r"^\S{1,400}\.pyi?:[0-9]{1,7}:[0-9]{1,6}:? (?P<code>[A-Z]{1,6}[0-9]{2,4})\b",
        ),
        coded("ruff", "-", r"^\S{1,400}\.pyi?:[0-9]{1,7}:[0-9]{1,6}: " + _RUFF + r": (?=\S)"),
        coded(
            "ruff",
            ":",
            r"^ {2,8}[0-9]{1,7}:[0-9]{1,6} {1,8}" + _RUFF + r"(?::? \[[*-]\]|:| (?=[A-Z`]))",
            0.7,
        ),
        coded("ruff", ": [", r"^\S{1,400}\.pyi?:[0-9]{1,7}: \[" + _RUFF + r"\] "),
        coded("ruff", "title=", r"\btitle=[Rr]uff \(" + _RUFF + r"\),"),
        coded("ruff", "undefined-", r"^(?P<code>undefined-(?:name|export|local)): ", 0.7),
        coded(
            "ruff",
            "-outside-",
            r"^(?P<code>(?:yield|return|break|continue)-outside-\w{4,8}): ",
            0.7,
        ),
        coded("ruff", " [", r"^" + _RUFF + r":? \[[*-]\] \S", 0.7),
        says(Category.LINT_FAILURE, "Found ", r"^Found [0-9]{1,7} errors?\.$", 0.5),
        coded("ruff", "invalid-syntax", r"(?:^|: )(?P<code>invalid-syntax):"),
        coded(
            "mypy",
            ": error: ",
            r"^\S{1,400}:[0-9]{1,7}(?::[0-9]{1,6})?: error: .*\[(?P<code>[a-z][a-z-]{2,40})\]$",
        ),
        coded("ruff", " ", r"^(?P<code>[A-Z]{1,6}[0-9]{2,4})(?: \[[*-]\])? \S.*$", 0.7),
        says(Category.SYNTAX_ERROR, "annot parse", r"\bCannot parse\b", 0.9),
        says(
            Category.IMPORT_ERROR,
            "No matching distribution",
            r"No matching distribution found for ",
            0.92,
        ),
        says(
            Category.IMPORT_ERROR,
            "could not be resolved",
            r"^Import \".{1,200}\" could not be resolved",
            0.9,
        ),
    ),
)
