"""Add type annotations."""

from __future__ import annotations

from understudy.tasks import Task, holds_text

TASK = Task(
    id="addTypes",
    title="Add types",
    kind="refactor.rewrite.understudy.types",
    role="refactoring",
    reach="selection",
    applies=holds_text,
    instruction=(
        "Add type annotations to the selected code where they are missing: parameters, "
        "results, attributes and variables whose type is not obvious. Be as exact as the code "
        "allows, use the types that the file already imports, add imports where they are "
        "needed, and do not change behaviour."
    ),
    command="refactor",
    kind_argument="types",
    languages=frozenset(
        {
            "python",
            "typescript",
            "typescriptreact",
            "javascript",
            "javascriptreact",
            "php",
            "ruby",
            "lua",
        }
    ),
)
