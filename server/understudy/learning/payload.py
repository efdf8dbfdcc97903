"""What lessons look like on their way to others: counts of remedies, and nothing of anybody's code.

The same form serves for what is handed over, for the file that several people's lessons are collected
in, and for what is imported. It is read strictly: whatever is not expected is refused, with its place.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from understudy.core.binomial import wilson
from understudy.core.failures import BadRequestError, FailureCategory
from understudy.learning.identity import identity
from understudy.learning.lesson import Lesson, Remedy, RemedyKind, Scope, Trigger
from understudy.learning.lesson_file import MOST_WORDS
from understudy.learning.public_names import is_public_code
from understudy.learning.remedies import flaw
from understudy.learning.shares import NO_RUNS, Count

if TYPE_CHECKING:
    from collections.abc import Iterable

FORM = "understudy.lessons/1"
MOST_BYTES = 1_000_000
_MOST_LESSONS = 2_000
_MOST_USES = 1_000_000_000
_DIGITS = 16
_PRINT = re.compile(r"[0-9a-f]{16}")
_LANGUAGE = re.compile(r"[a-z][a-z0-9_+#.-]{0,30}")
_MODEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,60}(?:/[A-Za-z0-9][A-Za-z0-9._:-]{0,80}){0,2}")
_KINDS: tuple[RemedyKind, ...] = (
    "prompt_fragment",
    "context_rule",
    "model_param",
    "post_processor",
)
_MEMBERS = {
    *("fingerprint", "category", "code", "language", "model", "remedy", "words"),
    *("with", "without", "bound"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A lesson in general, for one model and language.

    Attributes:
        inside / without: runs with it, and those that went without it on purpose.
    """

    category: FailureCategory
    code: str
    language: str
    model: str
    kind: RemedyKind
    words: str
    inside: Count
    without: Count = NO_RUNS

    @property
    def key(self) -> tuple[str, str, str]:
        """Entries with the same are one: evidence for other words says nothing of these."""
        return (self.fingerprint, self.model, self.words)

    @property
    def fingerprint(self) -> str:
        """As lessons on this machine are told apart."""
        return identity(self.lesson())

    @property
    def bound(self) -> float:
        """What the runs with it prove of its rate of success."""
        return (
            round(wilson(self.inside.good, self.inside.total)[0], 4) if self.inside.total else 0.0
        )

    def lesson(self) -> Lesson:
        """The same as a lesson that nobody agreed to yet."""
        scope = Scope(model=self.model, language=self.language)
        return Lesson("", Trigger(self.category, self.code), Remedy(self.kind, self.words), scope)


@dataclass(frozen=True, slots=True)
class Collected:
    """Lessons of a file.

    Attributes:
        payloads: what was merged into it, by the beginnings of hashes.
        runs: a digest of the runs that are counted, which tells a payload from another one with the
            same numbers; empty for what was merged.
    """

    entries: tuple[Entry, ...] = ()
    payloads: tuple[str, ...] = ()
    runs: str = ""


def write_payload(collected: Collected) -> str:
    """The exact text. Its characters are ASCII, so that nothing in it is unseen; lines end with LF."""
    found: dict[str, Any] = {"form": FORM}
    if collected.payloads:
        found["payloads"] = sorted(set(collected.payloads))
    if collected.runs:
        found["runs"] = collected.runs
    found["lessons"] = [_as_json(one) for one in sorted(collected.entries, key=lambda one: one.key)]
    return json.dumps(found, indent=2) + "\n"


def hash_of(text: str) -> str:
    """The SHA-256 of the text's bytes, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def short(digest: str) -> str:
    """The beginning of a hash, as it stands in files and names of branches."""
    return digest[:_DIGITS]


def read_payload(text: str) -> Collected:
    """What a text holds.

    Raises:
        BadRequestError: it is not of this form; says where.
    """
    if len(text) > MOST_BYTES:
        raise BadRequestError(f"Lessons have at most {MOST_BYTES:,} characters.")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise BadRequestError("These are no lessons: it is not JSON.") from None
    _require(isinstance(found, dict), "an object is expected")
    _require(found.keys() <= {"form", "payloads", "runs", "lessons"}, "there is a member too many")
    _require(found.get("form") == FORM, f"`form` must be `{FORM}`")
    lessons, payloads, runs = found.get("lessons"), found.get("payloads", []), found.get("runs", "")
    _require(
        isinstance(lessons, list) and len(lessons) <= _MOST_LESSONS, "`lessons` must be a list"
    )
    told = isinstance(payloads, list) and all(_is(one, _PRINT) for one in payloads)
    _require(told, "`payloads` must be beginnings of hashes")
    _require(runs == "" or _is(runs, _PRINT), "`runs` must be the beginning of a hash")
    return Collected(merged(_read(one, n) for n, one in enumerate(lessons)), tuple(payloads), runs)


def merged(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries with the same key as one, whose runs are those of all of them; in a stable order."""
    found: dict[tuple[str, str, str], Entry] = {}
    for one in entries:
        known = found.get(one.key)
        found[one.key] = one if known is None else _pooled(known, one)
    return tuple(found[key] for key in sorted(found))


def added(collected: Collected, text: str) -> Collected:
    """A file with a payload merged into it; the same when that is in it already.

    Raises:
        BadRequestError: the payload is not of this form.
    """
    name = short(hash_of(text))
    if name in collected.payloads:
        return collected
    fresh = read_payload(text).entries
    return Collected(merged((*collected.entries, *fresh)), (*collected.payloads, name))


def is_general_remedy(remedy: Remedy) -> bool:
    """Whether a remedy can be told to others as far as its kind goes."""
    if remedy.kind == "prompt_fragment":
        return True
    # A remedy that this version does not know could name something of one's own.
    return remedy.kind in _KINDS and not flaw(remedy.body)


def _pooled(one: Entry, other: Entry) -> Entry:
    return replace(one, inside=one.inside + other.inside, without=one.without + other.without)


def _as_json(entry: Entry) -> dict[str, Any]:
    return {
        "fingerprint": entry.fingerprint,
        "category": entry.category.value,
        "code": entry.code,
        "language": entry.language,
        "model": entry.model,
        "remedy": entry.kind,
        "words": entry.words,
        "with": {"good": entry.inside.good, "total": entry.inside.total},
        "without": {"good": entry.without.good, "total": entry.without.total},
        "bound": entry.bound,
    }


def _read(value: Any, number: int) -> Entry:
    at = f"`lessons[{number}]`: "
    _require(
        isinstance(value, dict) and value.keys() == _MEMBERS, at + "members are missing or too many"
    )
    code, words, kind = value["code"], value["words"], value["remedy"]
    _require(value["category"] in set(FailureCategory), at + "no such `category`")
    _require(code == "" or (isinstance(code, str) and is_public_code(code)), at + "no such `code`")
    for name, shape in (("language", _LANGUAGE), ("model", _MODEL)):
        _require(value[name] == "" or _is(value[name], shape), f"{at}no such `{name}`")
    _require(kind in _KINDS, at + "no such `remedy`")
    _require(type(value["bound"]) in {int, float}, at + "no such `bound`")
    told = isinstance(words, str) and 0 < len(words) <= MOST_WORDS and words.strip() == words
    _require(told, f"{at}`words` must be a text of at most {MOST_WORDS} characters")
    remedy = Remedy(cast("RemedyKind", kind), words)
    _require(is_general_remedy(remedy), at + "no such strategy")
    entry = Entry(
        FailureCategory(value["category"]),
        *(code, value["language"], value["model"], remedy.kind, words),
        _count(value["with"], at + "`with`"),
        _count(value["without"], at + "`without`"),
    )
    _require(value["fingerprint"] == entry.fingerprint, at + "the `fingerprint` is another's")
    return entry


def _count(value: Any, at: str) -> Count:
    _require(isinstance(value, dict) and value.keys() == {"good", "total"}, f"{at} counts runs")
    good, total = value["good"], value["total"]
    whole = all(type(one) is int for one in (good, total))
    _require(whole and 0 <= good <= total <= _MOST_USES, f"{at} counts runs")
    return Count(good, total)


def _is(value: object, shape: re.Pattern[str]) -> bool:
    return isinstance(value, str) and shape.fullmatch(value) is not None


def _require(is_right: object, what: str) -> None:
    if not is_right:
        raise BadRequestError(f"These are no lessons: {what}.")
