"""What `telemetry/query` and `telemetry/export` answer."""

from __future__ import annotations

from typing import Any

import attrs

from understudy.lsp.extensions import JournalExportArguments, JournalQueryArguments, described


@attrs.frozen
class JournalAnswer:
    """What a question to the journal found."""

    columns: list[str] = described("The names of the columns.")
    rows: list[Any] = described("Lists of values, in the order of the columns.")
    truncated: bool = described("Whether there are more rows than are answered.")


@attrs.frozen
class JournalExport:
    """Rows of the journal as text."""

    text: str = described("The text in the format that was asked for; `jsonl` where none was.")
    rows: int = described("How many rows it holds, at most 10,000.")


TELEMETRY_REQUESTS: dict[str, tuple[type[Any], type[Any], str]] = {
    "telemetry/query": (
        JournalQueryArguments,
        JournalAnswer,
        "Asks the journal in SQL, which only reads, or by the name of a saved query.",
    ),
    "telemetry/export": (JournalExportArguments, JournalExport, "What is recorded, as text."),
}
