"""The text of a lesson's file; `understudy.learning.lesson_file` reads it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from understudy.core.clock import SECOND_US

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.learning.lesson import Lesson


def write_lesson(lesson: Lesson) -> str:
    """The text of a lesson's file, which reads as the same lesson. Lines end with LF."""
    scope, trigger = lesson.scope, lesson.trigger
    lines = ["---", f"id: {lesson.id}", f"state: {lesson.state}", f"review: {lesson.review}"]
    lines += [f"source: {lesson.source}", f"created: {_told(lesson.created_us)}"]
    if lesson.attempts:
        lines.append(f"attempts: [{', '.join(lesson.attempts)}]")
    lines += _table(
        "scope",
        {
            "model": scope.model,
            "provider": scope.provider,
            "language": scope.language,
            "task": scope.task,
            "path": scope.path_glob,
        },
    )
    lines += _table(
        "trigger",
        {
            "category": trigger.category.value,
            "code": trigger.code,
            "fingerprint": trigger.fingerprint,
            "symbol": trigger.symbol,
        },
    )
    lines += [f"remedy: {lesson.remedy.kind}", "---", lesson.remedy.body.strip()]
    return "\n".join(lines) + "\n"


def _table(name: str, values: Mapping[str, str]) -> list[str]:
    told = [f"  {key}: {_quoted(value)}" for key, value in values.items() if value]
    return [f"{name}:", *told] if told else []


def _quoted(value: str) -> str:
    """A value between quotation marks that it does not hold; control characters become blanks."""
    line = " ".join(value.split())
    mark = "'" if '"' in line else '"'
    return f"{mark}{line.replace(mark, '')}{mark}"


def _told(at_us: int) -> str:
    moment = datetime.fromtimestamp(at_us / SECOND_US, UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
