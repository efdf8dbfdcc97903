"""The labelled replies of `tests/corpus/replies`; the format of the files is told there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from understudy.config.policy import Policy
from understudy.edit_formats import Region
from understudy.engine.reader import read_reply
from understudy.reading import UnreadableError
from understudy.workspace.view import View

if TYPE_CHECKING:
    from understudy.reading import Risk

FOLDER = Path(__file__).parent / "corpus" / "replies"
ROOT = Path("/shop")
"""The folder of all documents. Nothing looks whether it is there."""

Verdict = Literal["right", "wrong", "rejected"]

_HEADER = re.compile(
    r"^=== (?P<kind>case|before|reply|after)(?P<flags>(?: \([a-z ]+\))*)\n", re.MULTILINE
)
_FLAGS = frozenset({" (crlf)", " (no last line end)", " (escapes)"})
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_KEYS = frozenset({"kind", "language", "path", "format", "range", "named", "asked", "outcome"})


@dataclass(frozen=True, slots=True)
class ReplyCase:
    """A reply, and what must come of it.

    Attributes:
        name: of its file.
        about: what it is a case of.
        before: the document.
        after: the only text that may come out; the document itself where nothing may change.
        outcomes: the refusals that are right instead; empty where the reply must be read.
        edit_format: the one that the reply is written in.
        lines: what it may rewrite, from 0; None for all of the document.
        is_doubtful: whether `after` may come out with a repair of high risk alone, or not at all.
        named: whether the case is about names of files, and needs the document's own.
        asked: whether the case is only about a reply in the format that was asked for.
    """

    name: str
    about: str
    language: str
    path: str
    before: str
    reply: str
    after: str
    outcomes: frozenset[str]
    edit_format: str
    is_doubtful: bool = False
    lines: range | None = None
    named: bool = False
    asked: bool = False

    @property
    def is_safe(self) -> bool:
        """Whether the reply must give exactly `after`."""
        return not self.outcomes and not self.is_doubtful

    def region(self, text: str | None = None, *, named: bool = True) -> Region:
        """What the reply may rewrite, in the document or another text in its place."""
        before = self.before if text is None else text
        path = ROOT / self.path
        uri = f"file://{path.as_posix()}" if named else "untitled:reply"
        place, root = (path, ROOT) if named else (None, None)
        view = View(uri, before, Policy(), language=self.language, path=place, root=root)
        return Region(view, range(len(view.index)) if self.lines is None else self.lines)

    def ways(self) -> list[tuple[Region, str]]:
        """Every way in which the reply can be handed over: file named or not, format told or not."""
        regions = [self.region()] if self.named else [self.region(), self.region(named=False)]
        formats = [self.edit_format] if self.asked else [self.edit_format, ""]
        return [(region, one) for region in regions for one in formats]


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of a reply: a text or the name of a refusal."""

    after: str | None
    outcome: str
    risk: Risk = "none"

    def verdict(self, case: ReplyCase) -> Verdict:
        """Whether the text is the one that the case wants, another one, or none."""
        if self.after is None:
            return "rejected"
        return "right" if self.after == case.after else "wrong"


def seen(reply: str, region: Region, edit_format: str = "") -> Seen:
    """The text that a reply leads to, or why there is none."""
    try:
        read = read_reply(reply, region, edit_format).reading
    except UnreadableError as error:
        return Seen(None, error.refusal.value)
    is_edit = read.after != region.view.text or read.others
    return Seen(read.after, "edit" if is_edit else "unchanged", read.risk)


@cache
def reply_cases() -> tuple[ReplyCase, ...]:
    """All cases, in the order of their files' names."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.txt")))


def _read(path: Path) -> ReplyCase:
    about, *pieces = _HEADER.split(path.read_bytes().decode("utf-8"))
    kinds = pieces[::3]
    if len(set(kinds)) != len(kinds) or not {"case", "before", "reply"} <= set(kinds):
        raise ValueError(f"{path.name}: a section is missing, or there twice.")
    parts = dict(zip(kinds, map(_content, pieces[1::3], pieces[2::3]), strict=True))
    told = dict(line.split(": ", 1) for line in parts["case"].splitlines())
    unknown = told.keys() - _KEYS
    is_unsafe = told["kind"] == "unsafe"
    if unknown or is_unsafe != ("outcome" in told) or is_unsafe == ("after" in parts):
        raise ValueError(f"{path.name}: {unknown or 'either `outcome` or `=== after` is told'}")
    return ReplyCase(
        path.stem,
        about.strip(),
        told["language"],
        told["path"],
        parts["before"],
        parts["reply"],
        parts.get("after", parts["before"]),
        frozenset(filter(None, told.get("outcome", "").split(", "))),
        told["format"],
        told["kind"] == "doubtful",
        _lines(told.get("range")),
        told.get("named") == "only",
        told.get("asked") == "only",
    )


def _content(flags: str, body: str) -> str:
    """The text that is meant: escapes spelt out, its own line ends, the last one as said."""
    found = set(re.findall(r" \([a-z ]+\)", flags))
    if not found <= _FLAGS:
        raise ValueError(f"Unknown: {found - _FLAGS}.")
    if " (no last line end)" in found:
        body = body.removesuffix("\n")
    if " (crlf)" in found:
        body = body.replace("\n", "\r\n")
    if " (escapes)" in found:
        body = _ESCAPE.sub(lambda one: chr(int(one[1], 16)), body)
    return body


def _lines(told: str | None) -> range | None:
    if told is None:
        return None
    first, last = map(int, told.split(":"))
    return range(first - 1, last)
