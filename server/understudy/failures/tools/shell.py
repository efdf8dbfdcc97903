"""Shells, their checkers, and what a system says about programs and files."""

from __future__ import annotations

from understudy.core.failures import FailureCategory as Category
from understudy.failures.line_rules import Tools, coded, says

TOOLS = Tools(
    id="shell",
    rules=(
        says(
            Category.SYNTAX_ERROR,
            "yntax error",
            r"(?i)^\S{1,300}: (?:-c: )?(?:line )?[0-9]{1,7}: syntax error\b",
            0.95,
        ),
        says(
            Category.SYNTAX_ERROR,
            "unexpected EOF while looking",
            r"unexpected EOF while looking for matching",
            0.95,
        ),
        says(
            Category.SYNTAX_ERROR,
            "parse error near",
            r"^\S{1,300}: ?[0-9]{0,7}:? ?parse error near ",
            0.95,
        ),
        coded("shellcheck", "SC", r"(?:^|[\s\[(])(?P<code>SC[0-9]{4})\b", 0.7),
        says(
            Category.RUNTIME_ERROR,
            "not found",
            r"(?:^|: )(?:command not found\b|not found$)|^\S{1,100}: .{1,200}: command not found$",
            0.8,
        ),
        says(
            Category.RUNTIME_ERROR,
            "not recognized",
            r"is not recognized as an internal or external command",
            0.8,
        ),
        says(Category.RUNTIME_ERROR, "unbound variable", r": unbound variable$", 0.8),
        says(Category.RUNTIME_ERROR, "too many arguments", r": \[: too many arguments$", 0.8),
        says(Category.RUNTIME_ERROR, "ermission denied", r"\b[Pp]ermission denied\b", 0.7),
        says(
            Category.RUNTIME_ERROR,
            "o such file or directory",
            r"\b[Nn]o such file or directory\b",
            0.7,
        ),
        says(Category.RUNTIME_ERROR, "Killed", r"^Killed\b", 0.7),
        says(Category.RUNTIME_ERROR, "No space left", r"\bNo space left on device\b", 0.8),
        says(Category.TEST_FAILURE, "not ok ", r"^not ok [0-9]{1,7}\b", 0.84),
        says(Category.TIMEOUT, "sending signal", r"^timeout: sending signal ", 0.93),
        says(
            Category.TIMEOUT, "timed out", r"^(?!.{0,200}Assert)[^'\"`]{0,100}\btimed out\b", 0.82
        ),
    ),
)
