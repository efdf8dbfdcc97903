"""Ruby: the interpreter, Bundler, RSpec, Minitest and linters."""

from __future__ import annotations

from understudy.core.failures import FailureCategory as Category
from understudy.failures.line_rules import Tools, coded, says

TOOLS = Tools(
    id="ruby",
    rules=(
        says(
            Category.SYNTAX_ERROR,
            "syntax error",
            r"^\S{1,300}:[0-9]{1,7}: syntax errors? ?(?:,|found)",
            0.95,
        ),
        says(Category.SYNTAX_ERROR, "(SyntaxError)", r"\((?P<code>SyntaxError)\)$", 0.95),
        says(Category.IMPORT_ERROR, "cannot load such file", r"\bcannot load such file -- ", 0.95),
        says(Category.IMPORT_ERROR, "ould not find gem", r"^Could not find gem ", 0.93),
        says(Category.IMPORT_ERROR, "Bundler::", r"\bBundler::GemNotFound\b", 0.93),
        says(
            Category.RUNTIME_ERROR,
            "Error)",
            r"^\S.{0,400}\((?!SyntaxError|LoadError)(?P<code>[A-Z][\w:]{0,60}Error)\)$",
            0.77,
        ),
        says(Category.TEST_FAILURE, "Failure/Error", r"^\s{0,12}Failure/Error: ", 0.85),
        says(
            Category.TEST_FAILURE,
            " failure",
            r"^[0-9]{1,7} (?:examples?|runs|tests), .{0,60}[1-9][0-9]{0,6} (?:failures?|errors?)\b",
            0.84,
        ),
        says(Category.TEST_FAILURE, "Failure:", r"^\s{0,8}[0-9]{1,5}\) Failure:$", 0.85),
        says(Category.LINT_FAILURE, "offense", r"\b[1-9][0-9]{0,6} offenses? detected", 0.65),
        coded(
            "rubocop",
            "/",
            r"^\S{1,300}:[0-9]{1,7}:[0-9]{1,6}: [CWEFR]: (?:\[Correctable\] )?(?P<code>[A-Z]\w{1,40}/\w{2,60}): ",
            0.7,
        ),
        coded("sorbet", "srb.help", r"https://srb\.help/(?P<code>[0-9]{4})\b"),
    ),
)
