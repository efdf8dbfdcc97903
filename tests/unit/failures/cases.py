"""Labelled failures: each line of `corpus/*.jsonl` is one, as `understudy failures classify` reads it.

`want` is the category; `also` names others that are as right. `advice`, `code`, `limit`,
`parameter` and `after_s` are compared where they are given. Lines with `word` are the last words
of answers, for which `want` may be null. `recorded.jsonl` holds what real tools printed,
`reported.jsonl` what users reported of providers and tools in public.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from understudy.failures.finish import finish_failure
from understudy.failures.output import classify_output
from understudy.failures.reply import classify_reply

if TYPE_CHECKING:
    from understudy.core.failures import Failure

CORPUS = Path(__file__).parent / "corpus"

NEVER_SWITCHES = frozenset(
    {
        *("parse_error", "import_error", "type_error", "syntax_error", "runtime_error"),
        *("rate_limit", "context_overflow", "markdown_pollution", "incomplete_output"),
        *("hallucination", "content_filtered", "refusal", "empty_output", "edit_apply_failed"),
        *("stale_document", "test_failure", "lint_failure", "missing_context"),
        *("budget_exceeded", "cancelled", "unknown"),
    }
)
"""Categories whose first step is never another model, by the action table."""


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the corpus."""

    group: str
    number: int
    line: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.group}:{self.number}"


def cases() -> list[Case]:
    """Every line of the corpus."""
    return [
        Case(path.stem, number, json.loads(line))
        for path in sorted(CORPUS.glob("*.jsonl"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
    ]


def classified(line: dict[str, Any]) -> Failure | None:
    """What the classifier says about a line."""
    if "word" in line:
        return finish_failure(line["provider"], line["word"], text=line["said"])
    if "provider" in line:
        return classify_reply(
            line["provider"],
            line["status"],
            line.get("headers", {}),
            body_of(line),
            phase=line.get("phase", "request"),
        )
    return classify_output(
        line["source"], line["text"], code=line.get("code", ""), phase=line.get("phase", "check")
    )


def body_of(line: dict[str, Any]) -> str:
    """The body of a reply, which may stand in its line as JSON."""
    return line["body"] if isinstance(line["body"], str) else json.dumps(line["body"])


def mistakes(case: Case) -> list[str]:
    """What is wrong about the classifier's answer; empty for a right one."""
    line, failure = case.line, classified(case.line)
    got = None if failure is None else failure.category.value
    wrong = [] if got in (line["want"], *line.get("also", ())) else [f"{got}, not {line['want']}"]
    if failure is None or "text" in line:
        return wrong
    wrong += [
        f"{key} {getattr(failure, key)!r}, not {line[key]!r}"
        for key in ("advice", "code", "limit", "parameter")
        if key in line and getattr(failure, key) != line[key]
    ]
    if "after_s" in line and (
        failure.after_s is None or abs(failure.after_s - line["after_s"]) > 0.01
    ):
        wrong.append(f"after_s {failure.after_s}, not {line['after_s']}")
    return wrong
