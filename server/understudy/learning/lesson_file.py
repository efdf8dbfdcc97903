"""A lesson as a Markdown file: front matter for where and when it counts, and below it the remedy."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from understudy.core.clock import SECOND_US
from understudy.core.failures import FailureCategory
from understudy.core.text import Span
from understudy.learning.keys import KEYS, PARTS, WORDS
from understudy.learning.lesson import (
    BY_FILE,
    BY_MODEL,
    BY_USER,
    IMPORTED,
    MEASURED,
    Lesson,
    Level,
    Remedy,
    RemedyKind,
    Review,
    Scope,
    State,
    Trigger,
)
from understudy.learning.matching import fits_some, is_pattern
from understudy.learning.remedies import flaw
from understudy.learning.scope_values import language_flaw, model_flaw, task_flaw
from understudy.learning.templates import is_ours
from understudy.prompt.front_matter import FrontMatter, read_front_matter
from understudy.prompt.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from understudy.prompt.front_matter import Entry, Word

MOST_CHARACTERS = 16 * 1_024
MOST_WORDS = 500
"""Characters of a remedy: a lesson is a sentence or two."""
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
_STEM = re.compile(r"[^A-Za-z0-9_.-]+")
_ARGUMENT = re.compile(r"[a-z][a-z0-9_]{0,40}(?:=[A-Za-z0-9_.:/-]{1,80})?")
_TAG = re.compile(re.escape(IMPORTED) + r"[\w.-]{1,60}")
_FLAWS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {"scope.language": language_flaw, "scope.task": task_flaw, "scope.model": model_flaw}
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds; the lesson is None when there is an error."""

    lesson: Lesson | None
    troubles: tuple[Trouble, ...]
    front: FrontMatter


def read_lesson(text: str, name: str, level: Level = "user", path: str = "") -> Reading:
    """Read a file. Never raises.

    Args:
        text: of the file.
        name: of the file without its ending: the id of one that gives none.
        level: by where it lies.
        path: for people.
    """
    front = read_front_matter(text[:MOST_CHARACTERS])
    reader = _Reader(front, text)
    lesson = reader.lesson(_STEM.sub("-", name).strip("-") or "lesson", level)
    troubles = (*front.troubles, *reader.troubles)
    broken = lesson is None or any(one.severity == "error" for one in troubles)
    found = None if broken or lesson is None else replace(lesson, path=path)
    return Reading(found, troubles, front)


class _Reader:
    def __init__(self, front: FrontMatter, text: str) -> None:
        self._front, self._text = front, text
        self._values: dict[str, str] = {}
        self._words: dict[str, Word] = {}
        self._attempts: tuple[str, ...] = ()
        self.troubles: list[Trouble] = []

    def lesson(self, name: str, level: Level) -> Lesson | None:
        """The lesson, as far as it can be told."""
        if len(self._text) > MOST_CHARACTERS:
            self._at_top(f"A lesson's file has at most {MOST_CHARACTERS:,} characters.", "too_long")
        if not self._front.is_there:
            self._at_top("The front matter is missing: `---`, keys, and `---`.", "missing_key")
            return None
        self._take(self._front.entries, KEYS, "")
        for key in ("remedy", "trigger.category"):
            if key not in self._values:
                self._at_top(f"The key `{key.replace('.', ': ')}` is missing.", "missing_key")
        self._check()
        if any(one.severity == "error" for one in self.troubles):
            return None
        return self._made(name, level)

    def _made(self, name: str, level: Level) -> Lesson:
        value = self._values.get
        source = value("source", BY_USER)
        trigger = Trigger(
            FailureCategory(self._values["trigger.category"]),
            value("trigger.code", ""),
            value("trigger.fingerprint", ""),
            value("trigger.symbol", ""),
        )
        scope = Scope(
            model=value("scope.model", ""),
            provider=value("scope.provider", ""),
            language=value("scope.language", ""),
            task=value("scope.task", ""),
            path_glob=value("scope.path", ""),
            level=level,
        )
        # Each was looked up among the words of its kind.
        kind = cast("RemedyKind", self._values["remedy"])
        remedy = Remedy(kind, self._body())
        ours = source == MEASURED and is_ours(remedy, trigger, scope)
        foreign = source in {BY_MODEL, BY_FILE, MEASURED} or source.startswith(IMPORTED)
        return Lesson(
            id=value("id", name),
            trigger=trigger,
            remedy=replace(remedy, is_ours=ours),
            scope=scope,
            source=source,
            attempts=self._attempts,
            created_us=_us(value("created", "")) or 0,
            state=cast("State", value("state", "shadow" if foreign else "active")),
            review=cast("Review", value("review", "waiting" if foreign else "accepted")),
        )

    def _take(self, entries: Iterable[Entry], known: Mapping[str, str], within: str) -> None:
        for entry in entries:
            name = entry.key.text
            full = f"{within}.{name}" if within else name
            if name not in known:
                self._complain(entry.key, f"There is no key `{name}` here.", "unknown_key")
            elif full in self._words:
                self._complain(entry.key, f"The key `{name}` is there twice.", "double_key")
            elif not within and name in PARTS:
                self._words[full] = entry.key
                self._take_below(entry)
            else:
                self._words[full] = entry.words[0] if entry.words else entry.key
                self._take_value(entry, full)

    def _take_below(self, entry: Entry) -> None:
        name = entry.key.text
        if entry.words:
            keys = ", ".join(f"`{key}`" for key in PARTS[name])
            self._complain(entry.key, f"Below `{name}` stand keys: {keys}.", "bad_value")
        self._take(entry.below, PARTS[name], name)

    def _take_value(self, entry: Entry, full: str) -> None:
        if full == "attempts":
            self._attempts = tuple(word.text for word in entry.words)
        elif len(entry.words) == 1 and not entry.is_list:
            word = entry.words[0]
            allowed = WORDS.get(entry.key.text)
            if allowed is not None and word.text not in allowed:
                names = ", ".join(f"`{one}`" for one in allowed)
                self._complain(word, f"`{word.text}` is none of {names}.", "bad_value")
            self._values[full] = word.text
        else:
            self._complain(entry.key, f"`{entry.key.text}` takes one value.", "bad_value")

    def _check(self) -> None:
        """What is wrong with single values."""
        value = self._values.get
        self._require(
            "id", _ID.fullmatch(value("id", "x")), "An id is made of letters, digits and `_ . -`."
        )
        self._require(
            "created",
            "created" not in self._values or _us(self._values["created"]),
            "A time is written as `2026-01-31T12:00:00Z`.",
        )
        path = value("scope.path", "")
        self._require(
            "scope.path", is_pattern(path), "This is no pattern as `.gitignore` has them."
        )
        self._require(
            "scope.path",
            not is_pattern(path) or fits_some(path),
            "No path fits this pattern, so the lesson would never be used.",
        )
        source = value("source", BY_USER)
        known = source in {BY_USER, MEASURED, BY_MODEL, BY_FILE} or _TAG.fullmatch(source)
        self._require(
            "source",
            known,
            "A source is `user`, `measured`, `model`, `file`, or `imported:` and a tag.",
        )
        self._check_scope(source)
        self._check_body()

    def _check_scope(self, source: str) -> None:
        """What was learned from runs has what they had."""
        if source != BY_USER or self._attempts:
            return
        for key, flaw_of in _FLAWS.items():
            value = self._values.get(key, "")
            message = flaw_of(value) if value else ""
            self._require(key, not message, message)

    def _check_body(self) -> None:
        body = self._body()
        span = Span(min(self._front.body, len(self._text)), len(self._text))
        if not body:
            self.troubles.append(
                Trouble(span, "The remedy is missing: what is done about it.", code="missing_body")
            )
        elif len(body) > MOST_WORDS:
            message = f"A remedy has at most {MOST_WORDS} characters; this one has {len(body)}."
            self.troubles.append(Trouble(span, message, code="too_long"))
        elif self._values.get("remedy") != "prompt_fragment" and not _ARGUMENT.fullmatch(body):
            message = (
                "The remedy is the name of a strategy, with `=` and a value where it takes one."
            )
            self.troubles.append(Trouble(span, message, code="bad_value"))
        elif self._values.get("remedy") != "prompt_fragment" and flaw(body):
            self.troubles.append(Trouble(span, flaw(body), code="bad_value"))

    def _body(self) -> str:
        return self._text[self._front.body :].strip()

    def _require(self, key: str, is_right: object, message: str) -> None:
        if not is_right and key in self._words:
            self._complain(self._words[key], message, "bad_value")

    def _at_top(self, message: str, code: str) -> None:
        self.troubles.append(Trouble(Span(0, min(3, len(self._text))), message, code=code))

    def _complain(self, word: Word, message: str, code: str) -> None:
        self.troubles.append(Trouble(word.span, message, code=code))


def _us(text: str) -> int | None:
    """Microseconds since 1970; None for what is no time. Without a zone, UTC is meant."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return round(moment.timestamp() * SECOND_US)
