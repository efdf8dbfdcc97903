"""What the tables of the journal hold, for people who ask it questions of their own.

The reference is made from here, and a test compares it with the tables themselves. A new column comes
with a word here; a column keeps its name and meaning, or the migration that changes it says so.
"""

from __future__ import annotations

from understudy.journal.schema_beside import OTHER_TABLES
from understudy.journal.schema_runs import RUN_TABLES

COLUMNS = {
    "at_us": "When, in microseconds since 1970 in UTC.",
    "attempt_id": "The attempt: `attempts.id`.",
    "author": "Which part of the model wrote it: a rule of the offline model, else an edit format.",
    "band": "The verdict: `auto`, `confirm`, `review` or `block`.",
    "call_id": "The call: `calls.id`.",
    "category": "The [category](failures.md) of the failure; empty for none.",
    "code": "The code of the problem or failure, as its tool or provider has it.",
    "cost_usd": "In US dollars; null where nobody knows.",
    "digest": "Stands for a text, which it does not tell.",
    "edit_id": "The edit: `edits.id`.",
    "fingerprint": "Equal for failures that differ in names, numbers and places only.",
    "hour": "The hour in which the stretch begins, counted from 1970 in UTC; a day has 24.",
    "id": "Ids sort by the time at which they were made.",
    "key": "A digest.",
    "language": "The language of the document, as editors name it.",
    "lesson": "A digest of what makes two lessons the same.",
    "model": "Its whole id, such as `ollama/qwen2.5-coder:7b`; the offline one is `builtin/rules`.",
    "number": "Its place in its run, from 1.",
    "owner": "Whose it is; empty on a machine of its own.",
    "path": "The document, below its workspace folder.",
    "provider": "The provider's id.",
    "revision": "Of what was known about the model.",
    "run_id": "The run: `runs.id`.",
    "seconds": "How long it took.",
    "sha256": "Of the text as it is kept.",
    "task": "What was asked for, such as `fix`.",
    "tokens": "How many it took.",
    "workspace": "Stands for the workspace folder, without naming it.",
}
"""What is in columns that have the same name in several tables."""

TABLES = {**RUN_TABLES, **OTHER_TABLES}
"""Every table, by its name."""


def columns_of(name: str, there: tuple[str, ...]) -> dict[str, str]:
    """What is in the columns of a table, in their order; empty where nobody wrote it down."""
    own = TABLES[name].columns
    return {one: own.get(one) or COLUMNS.get(one, "") for one in there}
