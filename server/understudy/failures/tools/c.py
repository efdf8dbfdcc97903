"""C and C++: GCC, Clang, MSVC, linkers, sanitizers and test runners."""

from __future__ import annotations

from understudy.core.failures import FailureCategory as Category
from understudy.failures.line_rules import Tools, coded, says

_AT = r"^\S{1,300}:[0-9]{1,7}(?::[0-9]{1,6})?: (?:fatal )?error: "
_Q = r"['\u2018\"]"

TOOLS = Tools(
    id="c",
    rules=(
        says(
            Category.IMPORT_ERROR,
            "error: ",
            _AT + r"(?:\S{1,200}: No such file or directory|'.{1,200}' file not found)",
            0.95,
        ),
        says(
            Category.IMPORT_ERROR,
            "undefined reference",
            r"\bundefined reference to [`'\u2018]",
            0.93,
        ),
        says(
            Category.IMPORT_ERROR,
            "symbol",
            r"^Undefined symbols for architecture |^ld: symbol\(s\) not found",
            0.93,
        ),
        says(Category.IMPORT_ERROR, "cannot find -l", r"\bcannot find -l\S", 0.94),
        coded("msvc", "error ", r"\berror (?P<code>(?:C|LNK)[0-9]{4}): "),
        coded("msvc", "warning ", r"\bwarning (?P<code>C[0-9]{4}): ", 0.6),
        says(
            Category.SYNTAX_ERROR,
            "error: ",
            _AT
            + r"(?:expected (?!constructor|identifier.*type).{0,80}|stray |unterminated |extraneous |missing terminating|unbalanced |invalid preprocessing|unmatched |'else' without)",
            0.94,
        ),
        says(
            Category.TYPE_ERROR,
            "error: ",
            _AT
            + rf"(?:{_Q}.{{1,200}}{_Q.replace(chr(0x2018), chr(0x2019))} (?:undeclared|was not declared|has no member|does not name|is not a member|has not been declared)|use of undeclared|unknown type name|no member named|no matching |invalid conversion|cannot convert|incompatible |implicit declaration|conflicting types|too (?:few|many) arguments|no viable|redefinition of|assigning to |call to )",
            0.93,
        ),
        says(Category.TYPE_ERROR, "error: ", _AT, 0.6),
        says(
            Category.LINT_FAILURE,
            "warning: ",
            r"^\S{1,300}:[0-9]{1,7}(?::[0-9]{1,6})?: warning: ",
            0.55,
        ),
        says(Category.RUNTIME_ERROR, "egmentation fault", r"\bSegmentation fault\b", 0.85),
        says(
            Category.RUNTIME_ERROR,
            "Sanitizer",
            r"ERROR: (?:Address|Leak|Thread|Memory)Sanitizer: ",
            0.85,
        ),
        says(
            Category.RUNTIME_ERROR,
            "runtime error: ",
            r"^\S{1,300}:[0-9]{1,7}:[0-9]{1,6}: runtime error: ",
            0.85,
        ),
        says(
            Category.RUNTIME_ERROR, "terminate called", r"^terminate called (?:after|without)", 0.85
        ),
        says(Category.RUNTIME_ERROR, "(core dumped)", r"\(core dumped\)", 0.8),
        says(Category.RUNTIME_ERROR, "***", r"^make(?:\[[0-9]{1,3}\])?: \*\*\* ", 0.55),
        says(Category.TEST_FAILURE, "Assertion", r"\bAssertion [`'].{1,300}' failed\.", 0.86),
        says(Category.TEST_FAILURE, "FAILED", r"^\[  FAILED  \] ", 0.85),
        says(Category.TEST_FAILURE, ": Failure", r"^\S{1,300}:[0-9]{1,7}: Failure$", 0.85),
        says(
            Category.TEST_FAILURE,
            "tests failed",
            r"^[0-9]{1,3}% tests passed, [1-9][0-9]{0,6} tests failed",
            0.85,
        ),
        says(Category.TIMEOUT, "***Timeout", r"\*\*\*Timeout\b", 0.93),
    ),
)
