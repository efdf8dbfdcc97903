"""The labelled patches of `tests/corpus/patches`; the format of the files is told there."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

FOLDER = Path(__file__).parent / "corpus" / "patches"
LANGUAGES = ("go", "python", "rust", "typescript")

Label = Literal["right", "wrong"]
Part = Literal["tuning", "held-out"]

RIGHT_KINDS = frozenset({"minimal", "larger", "refactor", "tool"})
WRONG_KINDS = frozenset(
    {
        *("assert", "deleted", "elsewhere", "escape", "invented", "new", "off-by-one", "parse"),
        *("placeholder", "remains", "suppressed", "swallowed", "swapped", "tool", "truncated"),
        *("unrelated", "value"),
    }
)

_HEADER = re.compile(
    r"^=== (?P<what>base|before|oracle|reply|right|wrong)(?:: (?P<kind>[a-z-]+))?\n", re.MULTILINE
)
_KEYS = frozenset({"code", "syntax", "keeps", "diagnostic"})


@dataclass(frozen=True, slots=True)
class PatchBase:
    """A text with a real diagnostic, and what a repair of it has to do.

    Attributes:
        code: of the diagnostic; empty where the text does not parse.
        keeps: what has to stand in every repaired text.
        oracle: code in the same language that fails where the repaired text does the wrong thing.
        diagnostic: as the real tool words it, with line and column from 1; empty before
            `tests.corpus.patches.make` has asked it.
    """

    name: str
    language: str
    about: str
    code: str
    keeps: tuple[str, ...]
    before: str
    oracle: str
    diagnostic: dict[str, Any] = field(hash=False)

    @property
    def part(self) -> Part:
        """The half of the corpus; all patches of one text are in the same."""
        digest = hashlib.sha256(f"{self.language}/{self.name}".encode()).digest()
        return "tuning" if digest[0] % 2 else "held-out"


@dataclass(frozen=True, slots=True)
class Patch:
    """A candidate for a base.

    Attributes:
        kind: a word of `RIGHT_KINDS` or `WRONG_KINDS`.
        reply: what a model wrote with it; empty for most.
    """

    base: PatchBase
    number: int
    label: Label
    kind: str
    after: str
    reply: str = ""

    @property
    def id(self) -> str:
        """Unique in the corpus."""
        return f"{self.base.language}/{self.base.name}/{self.number}"

    @property
    def line(self) -> dict[str, Any]:
        """The patch as a line for `understudy gate --jsonl`."""
        return {
            "id": self.id,
            "language": self.base.language,
            "before": self.base.before,
            "after": self.after,
            "diagnostics": [self.base.diagnostic],
            "reply": self.reply,
        }


@dataclass(frozen=True, slots=True)
class Fault:
    """What makes a patch wrong.

    Attributes:
        by: a `tool` of the language, the `oracle`, or a `rule` of the corpus.
    """

    by: Literal["tool", "oracle", "rule"]
    text: str


@cache
def patches(language: str) -> tuple[Patch, ...]:
    """All patches of a language, in the order of their files."""
    files = sorted((FOLDER / language).glob("*.txt"))
    return tuple(patch for file in files for patch in read_patches(file))


def read_patches(file: Path) -> list[Patch]:
    """The patches of one file.

    Raises:
        ValueError: where the file is not written as the format wants it.
    """
    about, *pieces = _HEADER.split(file.read_bytes().decode("utf-8"))
    parts = list(zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True))
    single = {what: body for what, _, body in parts if what in {"base", "before", "oracle"}}
    base = _base(file, about.strip(), single)
    found: list[Patch] = []
    for what, kind, body in parts:
        if what == "reply":
            last = found.pop()
            found.append(Patch(base, last.number, last.label, last.kind, last.after, body))
        elif what in {"right", "wrong"}:
            label: Label = "right" if what == "right" else "wrong"
            _check_kind(file, label, kind)
            after = _applied(base.before, body, file)
            found.append(Patch(base, len(found) + 1, label, kind, after))
    return found


def _base(file: Path, about: str, parts: dict[str, str]) -> PatchBase:
    told = [line.split(": ", 1) for line in parts["base"].splitlines()]
    single = {key: value for key, value in told if key != "keeps"}
    keeps = tuple(value for key, value in told if key == "keeps")
    if not {key for key, _ in told} <= _KEYS or ("code" in single) == ("syntax" in single):
        raise ValueError(f"{file.name}: either `code` or `syntax` is told, and what is known")
    diagnostic = json.loads(single.get("diagnostic", "{}"))
    return PatchBase(
        file.stem,
        file.parent.name,
        about,
        single.get("code", ""),
        keeps,
        parts["before"],
        parts["oracle"],
        diagnostic,
    )


def _check_kind(file: Path, label: Label, kind: str) -> None:
    known = RIGHT_KINDS if label == "right" else WRONG_KINDS
    if kind not in known:
        raise ValueError(f"{file.name}: {kind} is no kind of {label} patch")


def _applied(before: str, diff: str, file: Path) -> str:
    """The text with every hunk carried out; each must fit at exactly one place."""
    lines = before.splitlines()
    for hunk in re.split(r"^@@\n", diff, flags=re.MULTILINE):
        told = [(line[:1] or " ", line[1:]) for line in hunk.splitlines()]
        old = [text for mark, text in told if mark in " -"]
        new = [text for mark, text in told if mark in " +"]
        places = [at for at in range(len(lines)) if lines[at : at + len(old)] == old]
        if len(places) != 1 or not old:
            raise ValueError(f"{file.name}: {len(places)} places for {old}")
        lines[places[0] : places[0] + len(old)] = new
    return "\n".join(lines) + "\n"
