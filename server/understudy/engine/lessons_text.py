"""Lessons in words: a table for the terminal, and a Markdown document for editors."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.core.plural import plural, verb
from understudy.learning.standing import WHY
from understudy.prompt.values import fenced

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.engine.lessons_listed import Listed

HEADINGS = ("id", "state", "tier", "uses", "good", "lift", "about", "what")
_HEADING = re.compile(r"## (?P<id>[A-Za-z0-9_.-]{1,100})")
_STATE = re.compile(r"\*\*(?P<state>[a-z]+)\*\*")
_FENCE = "```"
_LIKE = "- nearly the same: "
_MOST_CHARACTERS = 60


def table_row(one: Listed) -> tuple[str, ...]:
    """A lesson as the cells below `HEADINGS`."""
    evidence, words = one.standing.evidence, " ".join(one.lesson.remedy.body.split())
    return (
        one.lesson.id,
        one.state,
        one.standing.tier.value,
        str(evidence.uses),
        _percent(evidence.good, evidence.total),
        _points(evidence.lift),
        _about(one),
        words if len(words) <= _MOST_CHARACTERS else words[: _MOST_CHARACTERS - 1] + "…",
    )


def document(lessons: Sequence[Listed]) -> str:
    """All lessons with their evidence; `lesson_at` finds the one that a line is about."""
    waiting = sum(one.state == "waiting" for one in lessons)
    head = "# Lessons\n\n"
    if not lessons:
        return head + "Nothing has been learned yet, and nothing waits for your review.\n"
    waits = verb(waiting, "waits", "wait")
    head += f"{plural(waiting, 'lesson')} of {len(lessons)} {waits} for your review."
    head += " The actions at a lesson's lines accept, edit, reject or pause it.\n"
    return head + "".join("\n" + "\n".join(_part(one)) + "\n" for one in lessons)


def details(one: Listed) -> str:
    """One lesson with all its evidence."""
    return "\n".join(_part(one)) + "\n"


@dataclass(frozen=True, slots=True)
class At:
    """What a line of the document is about.

    Attributes:
        like: ids of lessons that say nearly the same.
    """

    id: str
    state: str
    like: tuple[str, ...] = ()


def lesson_at(text: str, line: int) -> At | None:
    """The lesson that a line of the document is about; None for none.

    What stands in a fence are words of others, whatever they look like.
    """
    parts: list[tuple[int, At]] = []
    fence = ""
    for number, each in enumerate(text.split("\n")):
        found = each.rstrip("\r")
        if fence or found.startswith(_FENCE):
            fence = _fence_after(fence, found)
        elif (heading := _HEADING.fullmatch(found)) is not None:
            parts.append((number, At(heading["id"], "")))
        elif parts:
            parts[-1] = (parts[-1][0], _read_on(parts[-1][1], found))
    return next((at for first, at in reversed(parts) if first <= line), None)


def _fence_after(fence: str, line: str) -> str:
    """The fence that is open behind a line; empty for none."""
    if not fence:
        return line
    return "" if line == fence else fence


def _read_on(at: At, line: str) -> At:
    """What is known of a lesson behind one more line about it."""
    state = _STATE.match(line)
    if state is not None and not at.state:
        return replace(at, state=state["state"])
    if line.startswith(_LIKE) and not at.like:
        return replace(at, like=tuple(line.removeprefix(_LIKE).split(", ")))
    return at


def _part(one: Listed) -> Iterator[str]:
    lesson, standing, evidence = one.lesson, one.standing, one.standing.evidence
    yield f"## {lesson.id}"
    yield ""
    yield f"**{one.state}**: {WHY[standing.why]}. Tier: `{standing.tier.value}`."
    yield ""
    # Whatever the words are, they are shown as they stand and do nothing.
    yield fenced(lesson.remedy.body)
    yield ""
    yield f"- about: {_about(one)}"
    yield f"- from: {_source(one)}"
    yield f"- with it: {_counts(evidence.good, evidence.total, evidence.uses)}"
    yield f"- without it: {_counts(evidence.held_good, evidence.held_total, evidence.held)}"
    if evidence.lift is not None:
        yield f"- brings: {_points(evidence.lift)}"
    if one.contradicts:
        yield f"- contradicts: {', '.join(one.contradicts)}; the better proved one counts"
    if one.like:
        yield f"{_LIKE}{', '.join(one.like)}"
    yield f"- file: {lesson.path}"
    for sample in one.samples:
        yield ""
        yield fenced(sample)


def _about(one: Listed) -> str:
    lesson = one.lesson
    scope, trigger = lesson.scope, lesson.trigger
    words = (trigger.category.value, trigger.code, trigger.symbol, scope.language, scope.model)
    places = (scope.provider, scope.task, scope.path_glob)
    level = "this workspace" if scope.level == "workspace" else ""
    return ", ".join(word for word in (*words, *places, level) if word)


def _source(one: Listed) -> str:
    lesson = one.lesson
    runs = f", {plural(len(lesson.attempts), 'run')}" if lesson.attempts else ""
    seen = f", seen {plural(one.seen.count, 'time')}" if one.seen.count else ""
    return f"{lesson.source}{runs}{seen}"


def _counts(good: float, total: float, uses: int) -> str:
    return f"{plural(uses, 'run')}, {_percent(good, total)} went well" if uses else "no run yet"


def _percent(good: float, total: float) -> str:
    return f"{100 * good / total:.0f} %" if total > 0 else "-"


def _points(lift: float | None) -> str:
    return "-" if lift is None else f"{100 * lift:+.0f} points"
