"""Java: javac, the virtual machine, Maven, Gradle and JUnit."""

from __future__ import annotations

from understudy.core.failures import FailureCategory as Category
from understudy.failures.line_rules import Tools, says

_AT = r"^(?:\[ERROR\] )?\S{1,300}\.java:(?:[0-9]{1,7}: error: |\[[0-9,]{1,15}\] (?:error: )?)"

TOOLS = Tools(
    id="java",
    rules=(
        says(
            Category.SYNTAX_ERROR,
            ".java:",
            _AT
            + r"(?:.{1,80} expected$|illegal start of |reached end of file while parsing|unclosed |not a statement|'\w{1,20}' without '|class, interface|illegal character|orphaned |invalid method declaration)",
            0.95,
        ),
        says(Category.SYNTAX_ERROR, "Syntax error", r"^Syntax error(?: on token|, insert)", 0.93),
        says(
            Category.IMPORT_ERROR, "does not exist", _AT + r"package \S{1,200} does not exist", 0.95
        ),
        says(
            Category.IMPORT_ERROR,
            "cannot be resolved",
            r"^The import \S{1,200} cannot be resolved",
            0.93,
        ),
        says(
            Category.TYPE_ERROR,
            "cannot be resolved",
            r"^(?!The import )\S{1,120} cannot be resolved",
            0.9,
        ),
        says(
            Category.TYPE_ERROR,
            ".java:",
            _AT
            + r"(?:cannot find symbol|incompatible types|unreported exception|missing return statement|variable .{1,80} might|method .{1,300} cannot be applied|no suitable |\S{1,120} is not abstract|bad operand|cannot be dereferenced|unreachable statement|variable \S{1,80} is already defined)",
            0.92,
        ),
        says(Category.TYPE_ERROR, ".java:", _AT, 0.6),
        says(
            Category.LINT_FAILURE,
            ".java:",
            r"^\[WARN(?:ING)?\] \S{1,300}\.java:.*\[\w{2,60}\]$",
            0.65,
        ),
        says(
            Category.IMPORT_ERROR,
            "java.lang.",
            r"\bjava\.lang\.(?P<code>NoClassDefFoundError|ClassNotFoundException)\b",
            0.9,
        ),
        says(
            Category.IMPORT_ERROR, "main class", r"^Error: Could not find or load main class ", 0.9
        ),
        says(
            Category.IMPORT_ERROR,
            "ould not ",
            r"Could not (?:resolve dependencies|find artifact|resolve all (?:files|dependencies))",
            0.92,
        ),
        says(Category.RUNTIME_ERROR, "Exception in thread", r"^Exception in thread \"", 0.77),
        says(
            Category.RUNTIME_ERROR,
            "java.",
            r"^(?:Caused by: )?(?:[a-z]\w{0,40}\.){1,8}(?P<code>[A-Z]\w{0,80}(?:Exception|Error))(?:: |$)(?<!AssertionFailedError)",
            0.74,
        ),
        says(
            Category.TEST_FAILURE,
            "Assertion",
            r"\b(?:org\.opentest4j\.AssertionFailedError|java\.lang\.AssertionError|junit\.framework\.AssertionFailedError|org\.junit\.ComparisonFailure)\b",
            0.86,
        ),
        says(
            Category.TEST_FAILURE,
            "Tests run",
            r"\bTests run: [0-9]{1,7}, (?:Failures: [1-9]|Failures: 0, Errors: [1-9])",
            0.84,
        ),
        says(
            Category.TEST_FAILURE,
            " failed",
            r"^[0-9]{1,7} tests? completed, [0-9]{1,7} failed",
            0.84,
        ),
        says(Category.TEST_FAILURE, "failing tests", r"\bThere were failing tests\b", 0.86),
        says(Category.TEST_FAILURE, "FAILED", r"^\S{1,120} > .{1,200} FAILED$", 0.84),
    ),
)
