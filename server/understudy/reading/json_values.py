"""The one JSON value that a reply means, out of all that may be one in it.

Strict JSON is read as it is. Otherwise every object and array of the reply is a candidate; those
that fit what was asked for count, and when two of them differ nobody chooses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from understudy.reading import Refusal, Repair, unreadable
from understudy.reading.json_strict import strict, strict_at
from understudy.reading.json_strings import PATH_REPAIR, JsonError
from understudy.reading.json_text import JsonReader
from understudy.reading.json_wrappers import unwrapped
from understudy.reading.prose import declines
from understudy.reading.thoughts import answer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from understudy.reading import UnreadableError

    Check = Callable[[Any], Sequence[str]]

MAX_CHARS = 4_000_000
_LOOKS = 4
"""So many times a text may be gone through, all candidates together."""
_MOST = 2_000
"""So many values of one reply are looked at."""
_OPENING = re.compile(
    r"\{(?=\s*(?:[\"'\u201c}/#]|[A-Za-z_$][\w$-]{0,100}\s*:))"
    r"|\[(?=\s*(?:[\[{\"'\u201c\]/#`\d-]|true|false|null|True|False|None|NaN))"
)
_MAY_BE_PATH = re.compile(
    r"\"[A-Za-z]:\\|\"(?:path|file|file_?name|file_?path)\"\s*:\s*\"[^\"\n]{0,400}\\",
    re.IGNORECASE,
)


_BROKEN = Repair("other JSON above is broken", "", "high")


@dataclass(frozen=True, slots=True)
class JsonAnswer:
    """The value of a reply.

    Attributes:
        value: as decoded JSON.
        prose: what stands around it.
        above: what of this stands above it.
        repairs: what had to be put right.
        thinking: what the model thought aloud.
    """

    value: Any
    prose: str = ""
    above: str = ""
    repairs: tuple[Repair, ...] = ()
    thinking: str = ""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A value and its place.

    Attributes:
        escaped: the same with the backslashes of its paths read as JSON has it; None where no
            path was read otherwise.
    """

    value: Any
    start: int
    end: int
    repairs: tuple[Repair, ...] = ()
    escaped: _Candidate | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """All candidates of a text, and the error that stopped reading or was farthest into the text."""

    candidates: list[_Candidate]
    error: JsonError | None = None


def value_of(reply: str, problems: Check) -> JsonAnswer:
    """The only value of a reply that fits.

    Args:
        reply: anything.
        problems: what is wrong with a value, as sentences with its place; empty when it fits.

    Raises:
        UnreadableError: there is none, there are several, or the reply was cut off.
    """
    said = answer_of(reply)
    if len(said.answer) > MAX_CHARS:
        raise unreadable(Refusal.TOO_LARGE, f"The reply has {len(said.answer)} characters.")
    found = candidates_of(said.answer)
    chosen = _chosen(found, problems)
    if chosen is None:
        raise _none_fits(said.answer, found, problems)
    above = said.answer[: chosen.start]
    prose = (above + said.answer[chosen.end :]).strip()
    return JsonAnswer(chosen.value, _bare(prose), above, chosen.repairs, said.thinking)


def candidates_of(text: str) -> Found:
    """All values of a text: the whole of it when it is strict JSON, else its objects and arrays."""
    whole = _strict(text)
    if whole is not None:
        return Found([_with_plain_paths(text, whole)])
    found: list[_Candidate] = []
    fuel, at = _LOOKS * len(text) + 10_000, 0
    farthest: JsonError | None = None
    is_broken = False
    while fuel > 0 and (opening := _OPENING.search(text, at)):
        start = opening.start()
        try:
            one = _read_at(text, start)
        except JsonError as error:
            fuel -= error.at - start + 1
            if _is_final(error, text, start):
                return Found(found, error)
            if farthest is None or error.at > farthest.at:
                farthest = error
            # What was read of a broken value is no value of its own.
            at = max(error.at, opening.end()) if error.members else opening.end()
            is_broken |= error.members > 0
            continue
        found.append(replace(one, repairs=(*one.repairs, _BROKEN)) if is_broken else one)
        fuel -= one.end - start
        at = one.end
        if len(found) > _MOST:
            raise unreadable(Refusal.TOO_LARGE, f"The reply holds over {_MOST} JSON values.")
    return Found(found, None if found else farthest)


def _is_final(error: JsonError, text: str, start: int) -> bool:
    """Whether nothing else in the text can be what was meant, after a value that could not be read."""
    is_begun = error.members > 0
    if error.is_too_deep or (error.is_cut_off and is_begun):
        return True
    return (is_begun or error.is_cut_off) and not text[:start].strip("\ufeff \t\r\n")


def unfinished(text: str) -> tuple[Any, list[Any]]:
    """The value that is still being written, and its objects and arrays that are not closed yet."""
    at = 0
    for _ in range(_LOOKS):
        opening = _OPENING.search(text, at)
        if opening is None:
            break
        reader = JsonReader(text, opening.start())
        try:
            reader.read()
        except JsonError as error:
            if error.is_cut_off:
                return reader.root, reader.opened
        at = max(reader.at, opening.end())
    return None, []


def _read_at(text: str, start: int) -> _Candidate:
    exact = strict_at(text, start)
    if exact is not None and not _MAY_BE_PATH.search(text, start, exact[1]):
        return _Candidate(exact[0].value, start, exact[1], exact[0].repairs)
    reader = JsonReader(text, start)
    value = reader.read()
    found = _Candidate(value, start, reader.at, tuple(reader.repairs))
    if any(repair.what == PATH_REPAIR for repair in found.repairs):
        other = JsonReader(text, start, plain_paths=False)
        escaped = _Candidate(other.read(), start, other.at, tuple(other.repairs))
        return replace(found, escaped=escaped)
    return found


def _with_plain_paths(text: str, strict: _Candidate) -> _Candidate:
    """What a strict reading found, unless it holds a path whose backslashes make up control marks."""
    opening = _OPENING.search(text)
    if opening is None or not _MAY_BE_PATH.search(text):
        return strict
    try:
        found = _read_at(text, opening.start())
    except JsonError:
        return strict
    return strict if found.escaped is None else replace(found, escaped=strict)


def _strict(text: str) -> _Candidate | None:
    found = strict(text)
    return None if found is None else _Candidate(found.value, 0, len(text), found.repairs)


def _chosen(found: Found, problems: Check) -> _Candidate | None:
    if found.error is not None and found.error.is_too_deep:
        raise unreadable(Refusal.TOO_LARGE, str(found.error))
    if found.error is not None and found.error.is_cut_off:
        raise unreadable(Refusal.TRUNCATED, str(found.error))
    together = _together(found.candidates)
    if together is not None and (one := _fitting(together, problems)):
        return one
    fitting = [one for each in found.candidates if (one := _fitting(each, problems))]
    different = [one for one in fitting if one.value != fitting[0].value]
    if different:
        raise unreadable(
            Refusal.AMBIGUOUS,
            f"The reply holds {1 + len(different)} different answers in JSON.",
            "",
            "The reply holds several JSON values: write exactly one.",
        )
    return fitting[0] if fitting else None


def _fitting(candidate: _Candidate, problems: Check) -> _Candidate | None:
    """The candidate, or the value in its wrappers, that fits."""
    for one in (candidate, candidate.escaped):
        for value, what in unwrapped(one.value) if one is not None else ():
            if one is not None and not problems(value):
                wrapped = (Repair(what),) if what else ()
                return replace(one, value=value, repairs=one.repairs + wrapped)
    return None


def _together(candidates: Sequence[_Candidate]) -> _Candidate | None:
    """The candidates as one array, as one line of JSON after another is meant."""
    if len(candidates) < 2:
        return None
    values = [one.value for one in candidates]
    repairs = {repair: None for one in candidates for repair in one.repairs}
    return _Candidate(
        values,
        candidates[0].start,
        candidates[-1].end,
        (*repairs, Repair("several values as one array")),
    )


def _none_fits(text: str, found: Found, problems: Check) -> UnreadableError:
    if found.candidates:
        largest = max(found.candidates, key=lambda one: one.end - one.start)
        wrong = list(problems(largest.value))[:5]
        return unreadable(
            Refusal.MALFORMED,
            f"The JSON is not what was asked for: {wrong[0] if wrong else 'it does not fit.'}",
            text[largest.start : largest.end],
            "The JSON is not what was asked for: " + " ".join(wrong),
        )
    if found.error is not None and (found.error.is_cut_off or text.lstrip()[:1] in {"{", "["}):
        refusal = Refusal.TRUNCATED if found.error.is_cut_off else Refusal.MALFORMED
        line = text.count("\n", 0, found.error.at) + 1
        return unreadable(refusal, str(found.error), "", f"Line {line}: {found.error}")
    if declines(text):
        return unreadable(Refusal.DECLINED, "The model declined to answer.", text.strip())
    return unreadable(Refusal.NO_EDIT, "The reply holds no JSON value.", text.strip())


def _bare(prose: str) -> str:
    """The text around a value without the fences and tags that held it."""
    lines = [line for line in prose.split("\n") if not _HOLDER.fullmatch(line.strip())]
    return "\n".join(lines).strip()


_HOLDER = re.compile(r"(?:`{3,}|~{3,})\s*[\w-]*|</?[\w|:-]{1,40}>")
