"""What may stand in a fragment: its keys, the slots of a prompt, and the variables."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

KEYS: Mapping[str, str] = MappingProxyType(
    {
        "id": "its name; a fragment of yours with the id of a built-in one takes its place",
        "version": "counts your changes of meaning",
        "purpose": "a sentence for people",
        "slot": "where in the prompt it stands; without one it is only included by others",
        "when": "when it is taken: each key below must hold",
        "order": "within its slot, lower numbers first; 100 without",
        "rank": "what is left out first when there is too little room: higher numbers; 0 never is",
        "requires": "ids of fragments that are taken along",
        "conflicts": "ids of fragments beside which it is not taken",
        "maxTokens": "how many tokens it may have",
        "cache": "`stable` when its text is the same in the next request, else `volatile`",
    }
)
WHEN: Mapping[str, str] = MappingProxyType(
    {
        "asks": "what is asked for: `fix` (a problem), `change` (a wish), `words`",
        "role": "the model role that serves the task, such as `refactoring`",
        "taskKind": "the task, such as `fix` or `explain`",
        "language": "the document's language id, such as `python`",
        "model": "the model's id, with `*` for anything",
        "family": "the first word of the model's name, such as `claude`",
        "capability": "what the model can do, such as `reasoning`; of several, all",
        "provider": "who serves the model",
        "editFormat": "how the answer is to be written, such as `region`",
        "hasDiagnostics": "`true` when problems are reported, else `false`",
        "strategy": "how it is asked once more after a failure, such as `show_finding`",
        "has": "variables that hold something; of several, all",
    }
)


ALL_OF = frozenset({"capability", "has"})
"""Keys of which every value must hold, and not one of them."""
GIVEN_FOR: Mapping[str, frozenset[str]] = MappingProxyType(
    {"problem": frozenset({"fix"}), "problems": frozenset({"words"})}
)
"""Variables that hold something only where one of these is asked for."""
CHOSEN_BY: Mapping[str, str] = MappingProxyType(
    {
        **{name: name for name in ("asks", "language", "model", "family", "editFormat")},
        "taskKind": "task",
        "strategy": "strategy",
    }
)
"""Keys whose value is that of a variable as well, with its name."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the prompt.

    Attributes:
        role: whose turn it is in.
        most: tokens that its fragments may have together; None for no limit.
    """

    role: Literal["system", "user"]
    about: str
    most: int | None = None


SLOTS: Mapping[str, Slot] = MappingProxyType(
    {
        "role": Slot("system", "who the model is and what counts", 1_000),
        "project": Slot("system", "the project's own rules", 3_000),
        "conventions": Slot("user", "how things are done in this project", 3_000),
        "definitions": Slot("user", "definitions of what the code names"),
        "examples": Slot("user", "similar code"),
        "target": Slot("user", "the document, and the lines in question"),
        "problem": Slot("user", "what is reported there"),
        "task": Slot("user", "what to do", 4_000),
        "tried": Slot("user", "earlier attempts", 6_000),
        "format": Slot("user", "how to answer", 4_000),
    }
)
"""In the order of the prompt: from what stays the same for long to what changes each time."""

Kind = Literal["text", "number", "flag", "quoted", "snippet", "parts", "list"]


@dataclass(frozen=True, slots=True)
class Known:
    """A variable.

    Attributes:
        kind: `quoted` stands in a fence of its own, `snippet` between backticks; `parts` and `list`
            hold the variables in `parts`.
        is_always: whether it has a value in every prompt.
        sample: what a preview shows; empty for a made-up one.
    """

    kind: Kind
    about: str
    is_always: bool = False
    parts: Mapping[str, Known] = field(default_factory=lambda: MappingProxyType({}))
    sample: str = ""


def _parts(**parts: Known) -> Mapping[str, Known]:
    return MappingProxyType(parts)


def _number(about: str, sample: str = "7") -> Known:
    return Known("number", about, is_always=True, sample=sample)


def _text(about: str, sample: str, *, is_always: bool = True) -> Known:
    return Known("text", about, is_always=is_always, sample=sample)


def _quoted(about: str, sample: str) -> Known:
    return Known("quoted", about, is_always=True, sample=sample)


_CODE = "def total(items):\n    return sum(item.price for item in items)\n"
_LINES = _parts(
    first=_number("the first line, counted from 1"),
    last=_number("the last line", "8"),
    text=_quoted("the lines", _CODE),
)
_FILE = _parts(
    name=_text("the path below the workspace folder", "shop/basket.py"),
    text=_quoted("what is shown of it", _CODE),
)
_PROBLEM = _parts(
    line=_number("its line, counted from 1"),
    column=_number("its column, counted from 1", "12"),
    source=_text("the tool that reports it", "ruff"),
    code=_text("the tool's code for it", "F821", is_always=False),
    message=_quoted("what the tool says", "Undefined name `price`"),
    marked=Known("snippet", "the text that it marks", sample="price"),
)
_FINDING = _parts(
    line=_number("its line in the attempt, counted from 1"),
    source=_text("the tool that reports it", "ruff"),
    code=_text("the tool's code for it", "F821", is_always=False),
    message=_quoted("what the tool says, whole", "Undefined name `price`"),
    first=_number("the first of the lines that are shown", "6"),
    last=_number("the last of them", "8"),
    excerpt=_quoted("the lines of the attempt that it is about", _CODE),
)

VARIABLES: Mapping[str, Known] = MappingProxyType(
    {
        "file": Known(
            "parts",
            "the document",
            is_always=True,
            parts=_parts(
                name=_text("its path below the workspace folder", "shop/basket.py"),
                language=_text("its language id", "python"),
            ),
        ),
        "asks": _text("what is asked for: `fix`, `change` or `words`", "fix"),
        "task": _text("the id of the task", "fix"),
        "language": _text("the document's language id", "python"),
        "model": _text("the model's id", "acme/large", is_always=False),
        "family": _text("the first word of the model's name", "large", is_always=False),
        "head": Known(
            "parts", "the top of the file, where the region is further down", parts=_LINES
        ),
        "near": Known("list", "the lines next to the region, above and below", parts=_LINES),
        "far": Known("list", "the lines around those", parts=_LINES),
        "region": Known(
            "parts",
            "the lines in question",
            is_always=True,
            parts=_parts(
                **_LINES,
                stays=Known("flag", "whether they must stay as they are", is_always=True),
            ),
        ),
        "files": Known("list", "other documents that may be changed", parts=_FILE),
        "samples": Known("list", "documents that show how things are done here", parts=_FILE),
        "conventions": Known("list", "pieces of files that show how things are done", parts=_FILE),
        "definitions": Known("list", "definitions of what the code names, by file", parts=_FILE),
        "examples": Known("list", "pieces of similar code, by file", parts=_FILE),
        "elsewhere": Known("list", "further pieces of the document", parts=_FILE),
        "project": Known("list", "the project's own rules, such as `AGENTS.md`", parts=_FILE),
        "lessons": Known(
            "list",
            "what went wrong before, in words of ours or of the user",
            parts=_parts(text=_text("what to do about it", "Import what you use.")),
        ),
        "notes": Known(
            "list",
            "the same in words of others, which the user accepted",
            parts=_parts(text=_quoted("what they say", "Import what you use.")),
        ),
        "defined": Known(
            "list", "definitions of the names in question, where a lesson wants them", parts=_FILE
        ),
        "problem": Known("parts", "the problem that must go", parts=_PROBLEM),
        "problems": Known("list", "problems that are reported there", parts=_PROBLEM),
        "others": Known(
            "list",
            "further problems in the region",
            parts=_parts(
                line=_number("its line, counted from 1"),
                message=_text("the first line of what the tool says", "Unused import `os`"),
            ),
        ),
        "wish": _text("what the user wants, or what the task says", "Simplify.", is_always=False),
        "selected": Known(
            "parts",
            "the lines that the user selected",
            parts=_parts(
                first=_number("the first line, counted from 1"),
                last=_number("the last line", "8"),
            ),
        ),
        "tried": Known(
            "list",
            "earlier attempts, oldest first",
            parts=_parts(
                what=_quoted("the edit, or what the reply held instead", "-old\n+new\n"),
                why=_text("why it did not do", "The problem is still there."),
            ),
        ),
        "strategy": _text(
            "how it is asked once more after a failure", "show_finding", is_always=False
        ),
        "finding": Known("parts", "what a checker said about the last attempt", parts=_FINDING),
        "named": Known("list", "definitions of the names in the finding, by file", parts=_FILE),
        "rules": _text(
            "how to answer, as the edit format says it", "Answer in one block.", is_always=False
        ),
        "schema": _text("the JSON Schema of the answer", "{}", is_always=False),
        "editFormat": _text("how the answer is to be written", "region", is_always=False),
    }
)
