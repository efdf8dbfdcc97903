"""Rust: rustc, cargo and its test runner."""

from __future__ import annotations

from understudy.core.failures import FailureCategory as Category
from understudy.failures.line_rules import Tools, coded, says

TOOLS = Tools(
    id="rust",
    rules=(
        coded("rust", "error[", r"^\s{0,8}error\[(?P<code>E[0-9]{4})\]"),
        says(
            Category.SYNTAX_ERROR,
            "error: ",
            r"^\s{0,8}error: (?:expected |unexpected (?:closing|token)|this file contains an unclosed|mismatched closing|unterminated |unknown start of token|missing `|cannot find macro`)",
            0.95,
        ),
        says(Category.SYNTAX_ERROR, "Syntax Error", r"^Syntax Error: ", 0.95),
        says(
            Category.IMPORT_ERROR,
            "unresolved ",
            r"^unresolved (?:import|extern crate|module)\b",
            0.9,
        ),
        says(Category.TYPE_ERROR, "error: cannot find macro", r"^error: cannot find macro `", 0.9),
        says(Category.IMPORT_ERROR, "no matching package", r"^error: no matching package ", 0.94),
        says(
            Category.IMPORT_ERROR,
            "error: ",
            r"^error: (?:failed to select a version for|no such (?:sub)?command|could not find `\w{1,80}` in registry)",
            0.9,
        ),
        says(Category.IMPORT_ERROR, "linking with", r"^error: linking with `", 0.8),
        says(Category.LINT_FAILURE, "#[warn(", r"`#\[(?:warn|deny)\([\w:]{1,80}\)\]`", 0.6),
        says(
            Category.LINT_FAILURE,
            "warning: ",
            r"^warning: (?:unused|unreachable|variable|function|this )",
            0.6,
        ),
        says(Category.LINT_FAILURE, "clippy::", r"\bclippy::\w{2,60}", 0.65),
        says(Category.TYPE_ERROR, "could not compile", r"^error: could not compile `", 0.55),
        says(Category.TEST_FAILURE, "assertion", r"^\s{0,4}assertion (?:`|failed)", 0.85),
        says(Category.TEST_FAILURE, "test result", r"^test result: FAILED", 0.85),
        says(Category.TEST_FAILURE, "FAIL [", r"^\s{0,12}FAIL \[\s{0,6}[0-9.]{1,10}s\] ", 0.85),
        says(Category.TEST_FAILURE, "FAILED", r"^test \S{1,200} \.\.\. FAILED", 0.85),
        says(
            Category.RUNTIME_ERROR,
            "panicked at",
            r"^thread '.{1,120}' (?:\([0-9]{1,12}\) )?panicked at ",
            0.77,
        ),
    ),
)
