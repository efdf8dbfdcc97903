"""The contract for edits in JSON, version 1 (JC-2): its schema, and what a value of it means."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Kind = Literal["replace", "insert", "delete", "create", "rename"]

_TEXT_OR_NULL = {"type": ["string", "null"]}
SCHEMA: Mapping[str, Any] = MappingProxyType(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["version", "summary", "edits", "questions", "confidence", "done"],
        "properties": {
            "version": {"type": "integer", "enum": [1]},
            "summary": {"type": "string", "description": "What changes, in one sentence."},
            "edits": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["path", "kind", "old", "anchor", "new", "why"],
                    "properties": {
                        "path": {"type": "string", "description": "The file, as it was given."},
                        "kind": {"type": "string", "enum": list(get_args(Kind))},
                        "old": {
                            **_TEXT_OR_NULL,
                            "description": "replace, delete: the lines as the file has them, with"
                            " so many lines around them that they occur once. Else null.",
                        },
                        "anchor": {
                            **_TEXT_OR_NULL,
                            "description": "insert: the lines right above the new ones, empty for"
                            " the top of the file. Else null.",
                        },
                        "new": {
                            **_TEXT_OR_NULL,
                            "description": "replace, insert, create: the new lines. rename: the"
                            " new path. delete: null.",
                        },
                        "why": {"type": "string"},
                    },
                },
            },
            "questions": {"type": "array", "items": {"type": "string"}},
            "confidence": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
            "done": {"type": "boolean", "description": "Whether these are all the edits."},
        },
    }
)
"""A JSON schema within the limits of the vendors' strict modes: every property is required."""

_ALIASES = {
    "path": "path file filename file_name filePath file_path filepath fileName target_file uri",
    "kind": "kind type action op operation",
    "old": "old oldString old_string old_str oldText old_text search find before original old_code"
    " oldCode",
    "anchor": "anchor after insert_after insertAfter",
    "new": "new newString new_string new_str newText new_text replace replacement content"
    " new_code newCode updated file_text new_path newPath insert text",
    "why": "why reason explanation description instruction",
}
_NAMES = {alias: name for name, words in _ALIASES.items() for alias in words.split()}
_LISTS = ("edits", "changes", "replacements", "operations", "modifications")
_KINDS = {
    "replace": "replace edit update modify str_replace change search_replace",
    "insert": "insert add insert_after append",
    "delete": "delete remove",
    "create": "create new_file write add_file",
    "rename": "rename move",
}
_BY_WORD = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_MOST_EDITS = 1_000


@dataclass(frozen=True, slots=True)
class JsonEdit:
    """One edit.

    Attributes:
        path: as the reply names the file; empty when it names none.
        old: what is replaced or deleted; None for a whole file.
        anchor: the lines above an insertion; empty for the top of the file.
        new: the new lines, or the new path of a file that is moved.
    """

    path: str
    kind: Kind
    old: str | None = None
    anchor: str = ""
    new: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    """What a reply in JSON says.

    Attributes:
        edits: in order.
        questions: what the model asks back.
        confidence: its own, from 0 to 1; None for none.
        done: whether these are all the edits.
    """

    summary: str = ""
    edits: tuple[JsonEdit, ...] = ()
    questions: tuple[str, ...] = ()
    confidence: float | None = None
    done: bool = True


def problems(value: Any) -> list[str]:
    """What keeps a value from being a contract, each with its place, what was expected and found."""
    return [found for found in _read(value) if isinstance(found, str)]


def contract_of(value: Any) -> Contract:
    """The contract that a value without `problems` is.

    Edits in the spellings of other tools count as well, a single one too, or a list of them.
    """
    edits = tuple(found for found in _read(value) if isinstance(found, JsonEdit))
    if not isinstance(value, dict):
        return Contract(edits=edits)
    questions = value.get("questions")
    sure = value.get("confidence")
    return Contract(
        summary=_text(value, "summary") or _text(value, "explanation"),
        edits=edits,
        questions=tuple(one for one in questions if isinstance(one, str))
        if isinstance(questions, list)
        else (),
        confidence=float(sure) if isinstance(sure, int | float) and 0 <= sure <= 1 else None,
        done=value.get("done") is not False,
    )


def edits_of(values: Sequence[Any], path: str = "") -> Iterator[JsonEdit | str]:
    """The edits of a list, or what is wrong with them."""
    if len(values) > _MOST_EDITS:
        yield f"`edits`: expected at most {_MOST_EDITS} edits, got {len(values)}."
        return
    for number, value in enumerate(values):
        yield _edit(value, f"edits[{number}]", path)


def edits_so_far(root: Any, opened: Sequence[Any]) -> tuple[JsonEdit, ...]:
    """The edits that are complete in a value which is still being written.

    Args:
        root: the value.
        opened: its parts that are not closed yet.
    """
    values, path = root, ""
    if isinstance(root, dict):
        values, path = _list_in(root), _text(_canonical(root), "path")
    if not isinstance(values, list):
        return ()
    complete = [one for one in values if not any(one is part for part in opened)]
    found = list(edits_of(complete, path))
    return tuple(one for one in found if isinstance(one, JsonEdit)) if complete else ()


def _read(value: Any) -> Iterator[JsonEdit | str]:
    if isinstance(value, list) and value:
        yield from edits_of(value)
    elif not isinstance(value, dict):
        yield f"expected an object with `edits`, got {_kind_of(value)}."
    elif (values := _list_in(value)) is not None:
        yield from edits_of(values, _text(_canonical(value), "path"))
    elif {"old", "new", "anchor"} & set(_canonical(value)):
        yield _edit(value, "", "")
    elif not (isinstance(value.get("questions"), list) and value["questions"]):
        yield "`edits`: expected an array, got nothing."


def _list_in(value: Mapping[str, Any]) -> list[Any] | None:
    return next((value[name] for name in _LISTS if isinstance(value.get(name), list)), None)


def _edit(value: Any, place: str, path: str) -> JsonEdit | str:
    if not isinstance(value, dict):
        return f"`{place}`: expected an object, got {_kind_of(value)}."
    found = _canonical(value)
    path = _text(found, "path") or path
    kind = _kind(found)
    if wrong := _wrong(found, kind, path):
        name, expected, got = wrong
        return f"`{f'{place}.{name}'.lstrip('.')}`: expected {expected}, got {got}."
    return JsonEdit(
        path,
        kind or "replace",
        found.get("old") if kind in {"replace", "delete"} else None,
        _text(found, "anchor"),
        _text(found, "new"),
        _text(found, "why"),
    )


def _wrong(found: Mapping[str, Any], kind: Kind | None, path: str) -> tuple[str, str, str] | None:
    """The member that is wrong, what was expected, and what is there; None when all is right."""
    for name in ("path", "old", "anchor", "new"):
        if not isinstance(found.get(name), str | None):
            return name, "a string", _kind_of(found[name])
    if any(char < " " for char in path):
        return "path", "a path", repr(path[:60])
    if kind is None:
        return "kind", f"one of {', '.join(_KINDS)}", repr(found.get("kind"))
    if kind == "delete" and _text(found, "new").strip():
        return "new", "nothing for `delete`", "a text"
    lacking = _lacking(kind, found, path)
    return (lacking, f"a string for `{kind}`", "nothing") if lacking else None


def _canonical(value: Mapping[str, Any]) -> dict[str, Any]:
    """The members under our names; the first spelling counts."""
    found: dict[str, Any] = {}
    for key, item in value.items():
        name = _NAMES.get(key)
        if name is not None and found.get(name) is None:
            found[name] = item
    return found


def _kind(found: Mapping[str, Any]) -> Kind | None:
    word = found.get("kind")
    if isinstance(word, str) and word.lower() in _BY_WORD:
        return next(kind for kind in get_args(Kind) if kind == _BY_WORD[word.lower()])
    if word is not None:
        return None
    if isinstance(found.get("old"), str):
        return "replace"
    if isinstance(found.get("anchor"), str):
        return "insert"
    return None


def _lacking(kind: Kind, found: Mapping[str, Any], path: str) -> str:
    """The member that an edit of a kind can't do without; empty when all are there."""
    needed = {
        "replace": ("old", "new"),
        "insert": ("anchor", "new"),
        "create": ("new",),
        "rename": ("new",),
        "delete": (),
    }[kind]
    for name in needed:
        if not isinstance(found.get(name), str):
            return name
    return "path" if kind in {"create", "rename"} and not path else ""


def _text(value: Mapping[str, Any], key: str) -> str:
    found = value.get(key)
    return found if isinstance(found, str) else ""


def _kind_of(value: Any) -> str:
    names = {dict: "an object", list: "an array", str: "a string", bool: "a boolean"}
    return "null" if value is None else names.get(type(value), "a number")
